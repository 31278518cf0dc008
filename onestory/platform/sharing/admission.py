"""Whether something an agency has may come in: asked by every feed and before every entry that is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from onestory.platform.access.decision import policy_in_force
from onestory.platform.access.policy import InfoClass
from onestory.platform.agencies.models import Agency
from onestory.platform.history.models import (
    EntryCareHistory,
    EntryLegalAdvice,
    EntryLocation,
    EntryPart,
    EntryReporter,
    EntrySourceDetail,
    EntryText,
)
from onestory.platform.history.new_entry import NewEntry
from onestory.platform.history.splitting import CARE_FACTORS, WORDS_OF, table_of_key
from onestory.platform.history.vocabulary import KINDS, Shape
from onestory.platform.sharing.queries import admits_of

CLASS_OF: dict[type[EntryPart], InfoClass] = {
    EntryText: InfoClass.CHRONOLOGY,
    EntrySourceDetail: InfoClass.SOURCE_DETAIL,
    EntryCareHistory: InfoClass.CARE_HISTORY,
    EntryReporter: InfoClass.REPORTER,
    EntryLocation: InfoClass.LOCATION,
    EntryLegalAdvice: InfoClass.LEGAL,
}


class NotAdmitted(ValueError):
    """No protocol admits it; the message names the agency, the kind and what is allowed, and can be shown."""


def admitted(agency_id: UUID, kind: str, info: InfoClass, on: dt.date) -> bool:
    """Whether a protocol of the agency admits this kind of entry in this class on the day on which it is shared."""
    return (kind, info.number) in admits_of(agency_id, on)


def check_admitted(agency_id: UUID, kind: str, info: InfoClass, on: dt.date) -> None:
    """Raises NotAdmitted with what the agency's protocols allow instead."""
    _check(agency_id, [(kind, info)], on)


def check_entry(entry: NewEntry, on: dt.date) -> None:
    """Whether all of an entry may come in: its summary, and each class that its words and its own keys go into.

    Raises NotAdmitted for the first that may not.
    """
    _check(entry.agency, [(entry.kind, info) for info in sorted(classes_of(entry), key=lambda one: one.number)], on)


def classes_of(entry: NewEntry) -> set[InfoClass]:
    """The classes of information that an entry brings with it, by the tables that keep its parts."""
    keys = KINDS[entry.kind].by_name
    tables = {table_of_key(keys[name].shape, value, entry.restricted) for name, value in entry.own.items()}
    if entry.text:
        tables.add(WORDS_OF.get(entry.restricted, EntryText))
    if entry.reporter:
        tables.add(EntryReporter)
    covered = [set(value) for name, value in entry.own.items() if keys[name].shape is Shape.FACTORS]
    if CARE_FACTORS & set(entry.factors).union(*covered):
        tables.add(EntryCareHistory)
    return {CLASS_OF[table] for table in tables if table is not None} | {InfoClass.CHRONOLOGY}


def _check(agency_id: UUID, wanted: Iterable[tuple[str, InfoClass]], on: dt.date) -> None:
    admits = admits_of(agency_id, on)
    for kind, info in wanted:
        if (kind, info.number) not in admits:
            agency = Agency.objects.get(pk=agency_id)
            raise NotAdmitted(_refusal(agency.name, kind, info, admits, on))


def _refusal(agency: str, kind: str, info: InfoClass, admits: set[tuple[str, int]], on: dt.date) -> str:
    day = f"{on.day} {on:%B %Y}"
    if not admits:
        return f"{agency} has no information-sharing protocol in force on {day}, so nothing of it can be taken in."
    label, words = KINDS[kind].label, class_words(info)
    here = [one.number for one in InfoClass if (kind, one.number) in admits]
    if here:
        allowed = f"of this kind it allows: {_listed(class_words(list(InfoClass)[number - 1]) for number in here)}"
    else:
        allowed = f"it allows: {_listed(sorted({KINDS[one].label for one, _ in admits}))}"
    return f"The protocol of {agency} in force on {day} does not admit “{label}” with “{words}”; {allowed}."


def class_words(info: InfoClass) -> str:
    """A class of information as the reviewed table calls it."""
    return policy_in_force().words[info]


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)
