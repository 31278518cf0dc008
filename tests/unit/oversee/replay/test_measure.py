"""Recall and burden on the histories that come with the program: floors below which a change of rules may not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from onestory.arrive.feeds.case_history import CaseFile, ExpectedPoint, read_case_history
from onestory.oversee.replay import measure
from onestory.oversee.signals.rules import ALL_RULES, BY_SIGNAL
from onestory.platform.history.dates import parse_when
from tests.unit.oversee.signals.family import e, history

HOUSE = Path(__file__).resolve().parents[4]
DEVELOPMENT = sorted((HOUSE / "tests" / "histories" / "development").glob("*.yaml"))
ENTRIES = (
    e("a", "2021-03-01", "concern", told_by="family:aunt", factors="bruising"),
    e("b", "2021-03-20", "concern", told_by="public:neighbour", factors="neglect"),
    e("y", "2021-12-01", "note"),
)


@pytest.fixture(scope="module")
def measured() -> dict[str, measure.Measured]:
    return {path.stem: measure.measure(read_case_history(path)) for path in DEVELOPMENT}


def case(*points: ExpectedPoint) -> CaseFile:
    return CaseFile(Path("invented.yaml"), history(ENTRIES), points)


def point(by: str, rests_on: str, about: str = "c") -> ExpectedPoint:
    return ExpectedPoint(parse_when(by), "a point", tuple(rests_on.split()), tuple(about.split()))


def test_child_f_is_caught_whole_with_at_most_forty_questions() -> None:
    told = measure.measure(read_case_history(HOUSE / "demonstration" / "child-f.yaml"))
    assert (told.caught, told.missed) == (25, ())
    assert told.burden.asks <= 40


def test_ordinary_families_are_left_in_peace(measured: dict[str, measure.Measured]) -> None:
    whole = measure.total([one for name, one in measured.items() if name.startswith("ordinary")])
    assert whole.ordinary_urgent == 0
    assert whole.ordinary_asks <= 0.5 * whole.ordinary_years


def test_serious_histories_are_caught_in_time(measured: dict[str, measure.Measured]) -> None:
    whole = measure.total([one for name, one in measured.items() if name.startswith("serious")])
    assert whole.points >= 80
    assert whole.caught >= 0.9 * whole.points
    assert whole.asks <= 12 * whole.years


@pytest.mark.parametrize("folder", ["first-sight", "second-sight"])
def test_what_was_reached_on_other_histories_is_not_lost(folder: str) -> None:
    paths = sorted((HOUSE / "tests" / "histories" / folder).glob("*.yaml"))
    whole = measure.total([measure.measure(read_case_history(path)) for path in paths])
    assert whole.caught >= 0.9 * whole.points
    assert whole.ordinary_asks <= 0.5 * whole.ordinary_years
    assert whole.ordinary_urgent == 0


def test_what_was_caught_at_first_sight_is_not_lost() -> None:
    folder = HOUSE / "tests" / "histories" / "unseen"
    at_first = (folder / "first-sight.txt").read_text(encoding="utf-8")
    whole = measure.total([measure.measure(read_case_history(path)) for path in sorted(folder.glob("*.yaml"))])
    assert "Points in time: 44 of 56" in at_first
    assert (whole.points, whole.ordinary_urgent) == (56, 0)
    assert whole.caught >= 44
    assert whole.ordinary_asks <= 0.5 * whole.ordinary_years


def test_a_point_needs_half_of_its_evidence_in_time_about_a_child_of_it() -> None:
    in_time = point("2021-04-01", "a b")
    too_early = point("2021-03-02", "a")
    other_child = point("2021-04-01", "a b", about="m")
    elsewhere = point("2021-04-01", "a n1 n2")
    told = measure.measure(case(in_time, too_early, other_child, elsewhere))
    assert told.missed == (too_early, other_child, elsewhere)


def test_points_are_never_seen_by_a_rule() -> None:
    assert measure.measure(case()).burden == measure.measure(case(point("2021-04-01", "a b"))).burden


def test_what_a_rule_buys_and_costs_is_what_is_lost_without_it() -> None:
    rules = [BY_SIGNAL["physical_harm_without_strategy_discussion"], BY_SIGNAL["request_unanswered"]]
    harm, request = measure.worth_of_each_rule([case(point("2021-03-10", "a"))], rules)
    assert (harm.points, harm.asks) == (1, 1)
    assert (request.points, request.asks) == (0, 0)
    table = list(measure.worth_lines([harm, request]))
    assert len(table) == 3


def test_the_figures_are_told_side_by_side() -> None:
    told = list(measure.lines([measure.measure(case(point("2021-03-02", "a"))), measure.measure(case())]))
    assert told[0].startswith("An invented family: 0 of 1 points in time;")
    assert "missed by 2 March 2021: a point" in told[1]
    assert any(line.startswith("Asks per family-year in ordinary families") for line in told)
    assert len(ALL_RULES) > 30
