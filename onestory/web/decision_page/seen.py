"""When each child was last seen and by whom, and which contacts with them did not take place (F5.44). Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestory.arrive.chronology.rows import MISSED
from onestory.arrive.chronology.saying import headline, kind_words
from onestory.arrive.chronology.sightings import sightings
from onestory.platform.history.record import Entry
from onestory.platform.ui.wording import listed, sentence
from onestory.web.decision_page.known import Known, newest_first
from onestory.web.family.presenters import SeenRow, seen_row

SINCE = dt.timedelta(days=2 * 365)
AT_MOST = 6


@dataclass(frozen=True, slots=True)
class MissedShown:
    """A visit or an appointment that did not take place."""

    entry: str
    when: str
    words: str
    agency: str
    whom: str


def seen_shown(known: Known) -> tuple[SeenRow, ...]:
    """One row for each child that is born."""
    all_of_them = sightings(known.history, known.today, known.family.children)
    return tuple(seen_row(one, known.names, known.today) for one in all_of_them)


def missed_shown(known: Known) -> tuple[MissedShown, ...]:
    """What did not take place with the family in the last two years, and was not made up for since, latest first."""
    missed = [entry for entry in known.entries if _was_missed(entry) and known.today - entry.happened.last <= SINCE]
    still = newest_first([entry for entry in missed if not _made_up(entry, known)])
    return tuple(
        MissedShown(
            entry=entry.id,
            when=entry.happened.words(),
            words=sentence(headline(entry) or kind_words(entry.kind)),
            agency=known.names.party(entry.by),
            whom=listed(known.names.each(entry.about)),
        )
        for entry in still[:AT_MOST]
    )


def _was_missed(entry: Entry) -> bool:
    return entry.kind in ("visit", "appointment") and entry.own.get("outcome") in MISSED


def _made_up(entry: Entry, known: Known) -> bool:
    """The same agency met the same people later: the same service kept, or a visit with access."""
    return any(
        later.by == entry.by
        and later.own.get("outcome") in ("kept", "seen")
        and later.own.get("service") == entry.own.get("service")
        and not set(later.about).isdisjoint(entry.about)
        for later in known.story.after(entry, entry.kind)
    )
