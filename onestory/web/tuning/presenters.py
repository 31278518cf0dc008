"""What is set of the rules, in words. Pure, given the rows that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from onestory.oversee.signals.rules import BY_SIGNAL
from onestory.oversee.signals.tuned import LEVEL, OWNER, PARAMETER, Setting, shipped_value
from onestory.oversee.tuning.models import Proposal
from onestory.oversee.tuning.queries import as_setting
from onestory.platform.agencies.sectors import sector_words
from onestory.platform.ui.wording import day_words, moment_words

LEVELS = {"note": "note", "review": "review", "act": "act now"}


@dataclass(frozen=True, slots=True)
class SettableRow:
    """One thing that may be set of a rule: what it means, as shipped, as it is here, and its address's parts."""

    meaning: str
    shipped: str
    here: str
    sort: str
    name: str

    @property
    def differs(self) -> bool:
        """Whether the partnership has set it."""
        return self.here != self.shipped


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as a line, with what became of it."""

    id: UUID
    signal: str
    title: str
    words: str
    why: str
    by: str
    decided: str


def settable(signal: str, here: Iterable[Setting]) -> Iterator[SettableRow]:
    """Everything that may be set of a rule: parameters in their order, then level and owner."""
    chosen = {setting.key: setting.value for setting in here}
    for sort, name, meaning in _things(signal):
        shipped = shipped_value(signal, sort, name)
        value = chosen.get((signal, sort, name), shipped)
        yield SettableRow(
            meaning, value_words(signal, sort, name, shipped), value_words(signal, sort, name, value), sort, name
        )


def _things(signal: str) -> list[tuple[str, str, str]]:
    """What may be set of a rule: what sort of thing, its name, what it means."""
    parameters = [(PARAMETER, one.name, one.meaning) for one in BY_SIGNAL[signal].parameters]
    return [*parameters, (LEVEL, "", "how urgent its question is"), (OWNER, "", "who is asked")]


def value_words(signal: str, sort: str, name: str, value: str) -> str:
    """A value in words; an empty one is what is shipped."""
    if not value:
        return f"as shipped ({value_words(signal, sort, name, shipped_value(signal, sort, name))})"
    if sort == LEVEL:
        return LEVELS.get(value, value)
    if sort == OWNER:
        return sector_words(value)
    unit = next((one.unit for one in BY_SIGNAL[signal].parameters if one.name == name), "")
    return f"{value} {unit}"


def proposal_row(proposal: Proposal) -> ProposalRow:
    """One proposal in a line. A rule that a new version no longer has is called by its signal."""
    setting = as_setting(proposal)
    rule = BY_SIGNAL.get(setting.signal)
    known = rule is not None and (setting.sort != PARAMETER or setting.name in rule.defaults)
    value = value_words(*setting.key, setting.value) if known else setting.value
    meanings = {(sort, name): meaning for sort, name, meaning in _things(setting.signal)} if known else {}
    what = meanings.get((setting.sort, setting.name), setting.name or setting.sort)
    return ProposalRow(
        id=proposal.pk,
        signal=setting.signal,
        title=rule.title if rule else setting.signal,
        words=f"{what[:1].upper()}{what[1:]}: {value}, from {day_words(proposal.from_on)} on",
        why=proposal.why,
        by=f"{proposal.by.display_name}, {moment_words(proposal.proposed_at)}",
        decided=_decided(proposal),
    )


def _decided(proposal: Proposal) -> str:
    ruling = getattr(proposal, "ruling", None)
    if ruling is None:
        return ""
    verb = "Approved" if ruling.is_approved else "Declined"
    return f"{verb} by {ruling.by.display_name}, {moment_words(ruling.decided_at)}: {ruling.words}"
