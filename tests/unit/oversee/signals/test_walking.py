"""The walk over days: where it goes on, what it catches up, and what it says of a question that has ended."""

from __future__ import annotations

import datetime as dt

from onestory.oversee.replay import replay
from onestory.oversee.signals.asking import Memory
from onestory.oversee.signals.looking import Look, indexes_of, look, stories_on
from onestory.oversee.signals.rules.new_adult_after_concern import new_partners
from onestory.oversee.signals.walking import walk
from onestory.platform.history.dates import parse_when
from onestory.platform.history.record import Entry, Relationship
from onestory.platform.history.story import story_on
from tests.unit.oversee.signals.family import TIES, day_of, e, history

ASKED = e("r", "2021-03-01", "request", type="welfare_check", of="police", stage="asked")
NOTES = tuple(e(f"n{n}", f"2021-03-2{n}", "note", by="hv") for n in range(3))


def looks(*entries: Entry, after: str | None, end: str, again: str | None = None) -> list[tuple[dt.date, Look]]:
    """The walk of a circle of two children."""
    indexes = indexes_of(history(entries))
    start, due = (day_of(one) if one else None for one in (after, again))
    return list(walk(indexes, Memory(), after=start, end=day_of(end), look_again_on=due))


def days(*entries: Entry, after: str | None, end: str, again: str | None = None) -> list[str]:
    return [on.isoformat() for on, _ in looks(*entries, after=after, end=end, again=again)]


def test_it_begins_on_the_first_day_and_looks_where_news_came_or_time_ran_out() -> None:
    walked = days(ASKED, *NOTES, after=None, end="2021-03-22")
    assert walked[0] == "2014-02-02"  # the elder child's birth
    assert [day for day in walked if day > "2021"] == [
        "2021-03-01",
        "2021-03-04",
        "2021-03-20",
        "2021-03-21",
        "2021-03-22",
    ]


def test_it_goes_on_after_the_day_of_the_last_look() -> None:
    assert days(ASKED, *NOTES, after="2021-03-20", end="2021-03-22") == ["2021-03-21", "2021-03-22"]


def test_a_day_to_look_again_that_was_missed_is_taken_up_on_the_next() -> None:
    assert days(ASKED, *NOTES, after="2021-03-10", end="2021-03-19", again="2021-03-04") == ["2021-03-11"]
    assert days(ASKED, *NOTES, after="2021-03-10", end="2021-03-19", again="2021-03-15") == ["2021-03-15"]


def test_a_question_that_ended_says_what_came_in_since_the_last_look_three_at_most() -> None:
    answered = tuple(e(f"v{n}", "2021-03-20", "visit", by="police", outcome="seen", seen="c") for n in range(4))
    (ended,) = (end for alert in replay(history((ASKED, *answered))).alerts for end in alert.ended)
    assert ended.on == day_of("2021-03-20")
    assert ended.why == (
        "No longer found since visit (POLICE, 20 March 2021), visit (POLICE, 20 March 2021) and visit (POLICE, "
        "20 March 2021)."
    )


def test_a_question_that_only_grew_old_says_so() -> None:
    late = e("z", "2022-03-01", "note", by="hv")
    ends = [end for alert in replay(history((ASKED, late))).alerts for end in alert.ended]
    assert [(end.on.isoformat(), end.why) for end in ends] == [("2021-09-01", "No longer found: its time has passed.")]


def test_a_look_reads_with_what_a_partnership_has_set() -> None:
    told = history((e("n", "2021-06-12", "notice", stage="sent", to="hv"),))
    today = day_of("2021-06-20")

    def asked(settings: dict[str, dict[str, int]]) -> int:
        return len(look(stories_on(indexes_of(told), today), Memory(), today, settings=settings).asks)

    assert asked({}) == 0
    assert asked({"closure_not_acknowledged": {"acknowledge": 8}}) == 1
    assert asked({"closure_not_acknowledged": {"acknowledge": 9}}) == 0


def known(*entries: Entry, on: str, without: str = "") -> list[str]:
    """What is known of the circle on a day; ``without`` somebody's ties."""
    ties = tuple(row for row in TIES if without not in (row.person, row.of))
    index = indexes_of(history(entries, ties=ties))[0]
    return [entry.id for entry in story_on(index, day_of(on)).entries]


def test_whoever_comes_to_live_in_the_home_is_read_of_from_that_day_on_with_what_was_known_before() -> None:
    before = e("x", "2021-01-01", "incident", by="police", about="p")
    comes = e("h", "2021-02-01", "household", about="c m p", joined="p")
    after = e("y", "2021-03-01", "incident", by="police", about="p")
    assert known(before, comes, after, on="2021-01-31", without="p") == []
    assert known(before, comes, after, on="2021-02-01", without="p") == ["x", "h"]
    assert known(before, comes, after, on="2021-03-01", without="p") == ["x", "h", "y"]


def test_whoever_moves_into_another_home_is_not_read_of() -> None:
    strangers = e("h", "2021-02-01", "household", about="p", joined="p")
    assert (
        known(strangers, e("y", "2021-03-01", "incident", by="police", about="p"), on="2021-03-02", without="p") == []
    )


def test_a_partner_who_marries_is_not_new_and_one_who_comes_is() -> None:
    rows = (
        *TIES[:5],
        Relationship("p", "partner", "m", known=parse_when("2021-01-01")),
        Relationship("p", "spouse", "m", known=parse_when("2021-06-01")),
    )
    index = indexes_of(history((e("n", "2021-01-02", "note"),), ties=rows))[0]
    assert new_partners(story_on(index, day_of("2020-12-31"))) == []
    assert new_partners(story_on(index, day_of("2021-07-01"))) == [("p", day_of("2021-01-01"))]


def test_the_strongest_open_plan_counts_and_the_child_seen_alone_last() -> None:
    told = history(
        (
            e("p", "2021-01-01", "plan", type="child_protection", stage="opened"),
            e("q", "2021-02-01", "plan", type="early_help", stage="opened"),
            e("v", "2021-03-01", "visit", outcome="seen", seen="c", seen_alone="c"),
            e("w", "2021-02-15", "visit", outcome="seen", seen="c", seen_alone="c", known="2021-03-05"),
        )
    )
    story = story_on(indexes_of(told)[0], day_of("2021-03-10"))
    assert story.open_plan is not None
    assert story.open_plan.opened.id == "p"
    assert story.last_seen_alone is not None
    assert story.last_seen_alone.id == "v"
