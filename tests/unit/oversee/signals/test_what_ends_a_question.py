"""What ends a question and what does not, rule by rule: the same history with one more entry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onestory.platform.history.record import Entry
from tests.unit.oversee.signals.family import Case, day_of, e

BABY = {"c": "2021-01-02"}
UNBORN = {"c": "2021-09-30"}
REPORT = e("r", "2021-02-01", "concern", told_by="public:neighbour", factors="neglect")
HURT = e("r", "2021-02-01", "concern", told_by="public:neighbour", factors="bruising")
UNWELL = (
    e("n", "2021-02-01", "note", by="gp", about="m", factors="mental_health_parent"),
    e("x", "2021-03-01", "appointment", by="amh", about="m", outcome="missed", factors="mental_health_parent"),
)
NEEDS = (
    e("n1", "2021-02-01", "note", by="gp", about="m", factors="smoking"),
    e("n2", "2021-02-01", "note", by="hv", about="m", factors="isolation"),
    e("n3", "2021-02-01", "note", by="housing", about="m", factors="housing_insecurity"),
    e("n4", "2021-02-02", "note", by="amh", about="m", factors="mental_health_parent"),
)
SIGNS = (
    e("n1", "2021-01-10", "observation", by="school", factors="hygiene"),
    e("n2", "2021-02-10", "observation", by="school", factors="punctuality"),
    e("n3", "2021-03-10", "observation", by="school", factors="hunger"),
)
ARRIVED = e("h", "2021-03-10", "household", about="c m p", joined="p")
WELFARE = e("y", "2021-03-04", "request", type="welfare_check", of="police", stage="asked", request="w1")
ORDER = e("o", "2019-01-01", "order", about="s", type="care", stage="made")
EXPECTED = e("w", "2021-03-01", "pregnancy", by="mw", about="m c")
RELIED_ON = (
    e("k", "2021-01-05", "protective", about="g", evidence="for"),
    REPORT,
    e("d", "2021-02-03", "decision", outcome="no_further_action", on_entries="r"),
)
DIED = e("z", "2021-03-01", "harm", by="hosp")
REVIEW = e("x", "2021-03-01", "appointment", by="hv", service="two_year_review", outcome="not_brought")


def a(kind: str, when: str = "2021-03-20", **said: str) -> Entry:
    """The one more entry."""
    return e("end", when, kind, **said)


def kinds(kind: str, key: str, values: str, **said: str) -> list[Entry]:
    """The same entry with one key different each time."""
    return [a(kind, **{key: value}, **said) for value in values.split()]


ROWS: tuple[tuple[str, tuple[Entry, ...], str, dict[str, str], list[Entry], list[Entry]], ...] = (
    (
        "assessment_not_made",
        (REPORT, e("d", "2021-02-01", "decision", outcome="section_47", on_entries="r")),
        "2021-04-12",
        {},
        [
            a("plan", type="early_help", stage="opened"),
            a("meeting", type="conference"),
            *kinds("assessment", "stage", "started completed", type="child_and_family"),
        ],
        [a("meeting", type="strategy"), a("plan", about="s", type="early_help", stage="opened"), a("visit")],
    ),
    (
        "assessment_not_made",
        (e("b", "2021-02-01", "assessment", type="child_and_family", stage="started"),),
        "2021-04-12",
        {},
        [a("assessment", type="child_and_family", stage="completed"), a("plan", type="early_help", stage="opened")],
        [a("assessment", type="child_and_family", stage="started")],
    ),
    (
        "moved_after_concern",
        (REPORT, e("m", "2021-03-01", "move", by="housing", about="m c", told="housing csc")),
        "2021-03-29",
        {},
        [
            a("notice", stage="sent", by="csc"),
            a("meeting", type="taf"),
            a("check", asked="hv"),
            a("visit", outcome="seen"),
        ],
        [a("visit", outcome="no_access"), a("note", by="hv")],
    ),
    (
        "enquiry_without_outcome",
        (HURT, e("s", "2021-02-02", "meeting", type="strategy")),
        "2021-04-06",
        {},
        [
            a("assessment", type="medical"),
            a("plan", type="early_help", stage="opened"),
            a("decision", outcome="advice"),
            a("meeting", type="conference"),
            a("order", type="care"),
        ],
        [a("visit", outcome="seen"), a("decision", about="s", outcome="advice")],
    ),
    (
        "parent_unwell_with_baby",
        UNWELL,
        "2021-03-21",
        BABY,
        [
            a("plan", type="early_help", stage="opened"),
            a("assessment", about="m", type="parenting", stage="completed"),
            *kinds("meeting", "type", "strategy conference taf"),
            a("appointment", about="m", by="amh", outcome="kept", factors="mental_health_parent"),
        ],
        [
            a("assessment", about="m", type="parenting", stage="started"),
            a("meeting", type="cin_review"),
            a("appointment", about="m", by="gp", outcome="kept"),
        ],
    ),
    (
        "request_unanswered",
        (WELFARE,),
        "2021-03-22",
        {},
        [
            a("visit", by="police", outcome="seen"),
            a("appointment", by="police", outcome="kept"),
            a("check", by="police"),
            a("assessment", by="police", type="medical"),
            a("meeting", by="police", type="strategy"),
            a("request", by="csc", request="w1", stage="answered"),
            a("request", by="csc", request="w1", stage="withdrawn"),
        ],
        [a("visit", by="hv", outcome="seen"), a("note", by="police"), a("request", request="w2", stage="answered")],
    ),
    (
        "no_lead_professional",
        NEEDS,
        "2021-03-20",
        {},
        [
            *kinds("meeting", "type", "taf cin_review core_group conference mapping"),
            a("plan", type="early_help", stage="opened"),
            a("assessment", type="early_help", stage="completed"),
        ],
        [a("meeting", type="strategy"), a("assessment", type="early_help", stage="started")],
    ),
    (
        "injury_to_baby_not_mobile",
        (e("i", "2021-03-01", "injury", by="hv", site="arm"),),
        "2021-03-21",
        BABY,
        [a("assessment", by="hosp", type="medical"), a("assessment", type="section_47", stage="started")],
        [a("assessment", type="child_and_family", stage="started"), a("assessment", about="s", type="medical")],
    ),
    (
        "mandated_review_missed",
        (REPORT, REVIEW),
        "2021-03-29",
        {},
        [
            a("appointment", by="hv", service="home_visit", outcome="kept"),
            a("appointment", by="gp", service="two_year_review", outcome="kept"),
        ],
        [
            a("appointment", by="gp", service="flu", outcome="kept"),
            a("appointment", by="hv", service="two_year_review", outcome="kept", about="s"),
            a("appointment", by="hv", service="two_year_review", outcome="cancelled"),
        ],
    ),
    (
        "unborn_child_at_risk",
        (ORDER, EXPECTED),
        "2021-04-12",
        UNBORN,
        [
            *kinds("assessment", "type", "pre_birth child_and_family parenting"),
            *kinds("plan", "type", "child_in_need child_protection", stage="opened"),
            *kinds("meeting", "type", "strategy conference"),
        ],
        [a("assessment", type="medical"), a("meeting", type="taf"), a("assessment", about="s", type="parenting")],
    ),
    (
        "neglect_signs_without_tool",
        SIGNS,
        "2021-03-21",
        {},
        [a("tool", tool="neglect"), a("assessment", type="child_and_family", stage="completed", tools="neglect")],
        [a("tool", tool="neglect", about="s"), a("assessment", type="child_and_family", stage="started")],
    ),
    (
        "after_grave_harm",
        (DIED,),
        "2021-03-21",
        {},
        [a("decision", outcome="section_47"), *kinds("meeting", "type", "strategy conference")],
        [a("meeting", type="taf"), a("decision", outcome="section_47", about="s"), a("visit", outcome="seen")],
    ),
    (
        "new_adult_after_concern",
        (REPORT, ARRIVED),
        "2021-03-24",
        {},
        [a("check", about="p", asked="police", answered="police", result="nothing_adverse")],
        [
            a("check", about="p", asked="police"),
            a("check", about="f", asked="police", answered="police", result="nothing_adverse"),
            a("check", about="p", asked="police", answered="police", result="adverse"),
        ],
    ),
    (
        "protection_untested",
        RELIED_ON,
        "2021-03-21",
        {},
        [a("protective", about="g", tested=True)],  # type: ignore[arg-type]
        [a("protective", about="f", tested=True), a("protective", about="g", tested=False), a("visit")],  # type: ignore[arg-type]
    ),
)


def _cases() -> Iterator[tuple[Case, str, bool]]:
    for rule, entries, day, born, ends, not_ends in ROWS:
        yield Case(rule, "as it stands", entries, born=born), day, False
        for end in ends:
            yield Case(rule, f"ended by {_words(end)}", (*entries, end), born=born), day, True
        for end in not_ends:
            yield Case(rule, f"not ended by {_words(end)}", (*entries, end), born=born), day, False


def _words(entry: Entry) -> str:
    said = " ".join(str(value) for value in entry.own.values())
    return f"{entry.kind} by {entry.by} about {' '.join(entry.about)} {said}"


@pytest.mark.parametrize(
    ("case", "day", "ended"), list(_cases()), ids=lambda one: f"{one.rule} {one.says}" if isinstance(one, Case) else ""
)
def test_a_question_ends_by_what_answers_it_and_by_nothing_else(case: Case, day: str, ended: bool) -> None:
    assert day_of(day) >= max(entry.known_on for entry in case.entries)
    assert bool(case.found(day)) is not ended
