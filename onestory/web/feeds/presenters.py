"""What the pages of feeds show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.arrive.feeds.extracts import Mapping, PersonInRow
from onestory.arrive.feeds.incoming.models import FeedRun
from onestory.arrive.feeds.incoming.queries import Wrong, file_name, problems_of
from onestory.arrive.feeds.incoming.reports import count_lines
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import moment_words, plural, when_words

MOST_SHOWN = 100
TONES = {"refused": "act", "checked": "review", "done": "", "discarded": ""}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One file, in words."""

    id: str
    file: str
    state: str
    tone: str
    who: str
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """What checking a file found."""

    row: RunRow
    feed: str
    waits: bool
    count: str
    wrong: tuple[Wrong, ...]
    more: str


def run_row(run: FeedRun) -> RunRow:
    """One file as a row of its feed's page."""
    who = run.by.display_name if run.by else "by the command"
    when = moment_words(run.brought_in_at or run.checked_at)
    lines = tuple(count_lines(run.counts))
    return RunRow(str(run.id), file_name(run), FeedRun.State(run.state).label, TONES[run.state], who, when, lines)


def run_page(run: FeedRun) -> RunPage:
    """What checking one file found: the counts, or every row in error."""
    count, wrong = problems_of(run)
    shown = wrong[:MOST_SHOWN]
    more = f"{count - len(shown):,} more are in the list that you can save" if count > len(shown) else ""
    return RunPage(
        row=run_row(run),
        feed=run.feed.name,
        waits=run.state == FeedRun.State.CHECKED,
        count=plural(count, "thing is wrong", "things are wrong") if count else "",
        wrong=tuple(shown),
        more=more,
    )


def person_words(person: PersonInRow) -> list[tuple[str, str]]:
    """What an extract tells of somebody."""
    told = (
        ("Name", person.label),
        ("Born", when_words(person.born)),
        ("Your number", person.number),
        ("NHS number", person.nhs_number),
        ("UPN", person.upn),
    )
    return [(label, value) for label, value in told if value]


def candidate_words(records: Iterable[AgencyRecord]) -> list[tuple[str, str]]:
    """The agency's own records that it may be, to choose from."""
    return [(str(one.id), _record_words(one)) for one in records]


def _record_words(record: AgencyRecord) -> str:
    born = f", born {when_words(record.born)}" if record.born else ", birth date not recorded"
    number = f", number {record.number}" if record.number else ", without a number"
    return f"{record.label}{born}{number}"


def mapping_rows(mapping: Mapping) -> list[tuple[str, str]]:
    """What each column of a mapping becomes, for whoever approves it."""
    fields = [(name.replace("_", " "), column) for name, column in mapping.fields.items()]
    fields += [("words", column) for column in mapping.words]
    rows = [(column.name, f"{name}{' (may be empty)' if column.optional else ''}") for name, column in fields]
    for codes in mapping.codes:
        said = "; ".join(f"{code} sets {_sets(sets)}" for code, sets in codes.values.items())
        rows.append((codes.column, said))
    for person in mapping.people:
        rows += [(column.name, f"{person.who}: {name.replace('_', ' ')}") for name, column in person.columns.items()]
        if person.seen:
            rows.append((person.seen.name, f"{person.who}: whether they were seen"))
    return rows


def _sets(sets: object) -> str:
    pairs = dict(sets) if isinstance(sets, dict) else {}
    if pairs.get("skip"):
        return "nothing: the row is left out"
    return ", ".join(f"{name} {_value(value)}" for name, value in pairs.items()) or "nothing"


def _value(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value).replace("_", " ")
