"""Faults that somebody might make in the table or in its reading, planted one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from onestory.platform.access.decision import STEPS, Case, Step, decide
from onestory.platform.access.policy import Clause, InfoClass, Level, Policy, Tie, load_policy
from onestory.platform.access.reading import Decision, Item, Reader

TABLE = load_policy()
Question = tuple[Reader, Item]


def as_it_is(question: Question) -> Question:
    return question


@dataclass(frozen=True)
class Fault:
    """A wrong table, a wrong step or a wrong look at the facts."""

    name: str
    policy: Policy = TABLE
    steps: dict[str, Step] = field(default_factory=dict)
    look: Callable[[Question], Question] = as_it_is

    def decide(self, question: Question) -> Decision:
        reader, item = self.look(question)
        return decide(reader, item, self.policy, {**STEPS, **self.steps})


def cell(name: str, info: InfoClass, tie: Tie, *clauses: Clause) -> Fault:
    return Fault(name, policy=replace(TABLE, cells={**TABLE.cells, (info, tie): clauses}))


def cap(name: str, info: InfoClass, group: str) -> Fault:
    return Fault(name, policy=replace(TABLE, caps={**TABLE.caps, (info, group): Level.FULL}))


def no_step(name: str, step: str) -> Fault:
    return Fault(name, steps={step: lambda _, so_far: so_far})


def people(name: str, **changes: object) -> Fault:
    """The facts about every person in the item are overlooked."""

    def look(question: Question) -> Question:
        reader, item = question
        return reader, replace(item, people=tuple(replace(one, **changes) for one in item.people))  # type: ignore[arg-type]

    return Fault(name, look=look)


def items(name: str, **changes: object) -> Fault:
    return Fault(name, look=lambda question: (question[0], replace(question[1], **changes)))  # type: ignore[arg-type]


def one_tie_for_the_family(question: Question) -> Question:
    reader, item = question
    everything = frozenset[Tie]().union(*(reader.ties.get(one.id, frozenset()) for one in item.people))
    return replace(reader, ties={one.id: everything for one in item.people}), item


def joins_grant_at_once(question: Question) -> Question:
    reader, item = question
    ties = {
        one.id: frozenset[Tie]().union(*(reader.ties.get(who, frozenset()) for who in one.identities))
        for one in item.people
    }
    return replace(reader, ties={**reader.ties, **ties}), item


def another_tie_outweighs_the_adverse_one(question: Question) -> Question:
    reader, item = question
    children = {one.id for one in item.people if one.child}
    better = {who: some for who, some in reader.ties.items() if who in children}
    return (replace(reader, ties=better) if better else reader), item


def one_listing_does_for_all(question: Question) -> Question:
    reader, item = question
    listed = frozenset[str]().union(*(one.listed for one in item.people))
    return reader, replace(item, people=tuple(replace(one, listed=listed) for one in item.people))


def an_answered_check_still_opens(question: Question) -> Question:
    reader, item = question
    return reader, replace(item, asked_to_check=item.asked_to_check | {reader.agency})


def deny_in_silence(case: Case, so_far: Decision | None) -> Decision | None:
    found = STEPS["conflict"](case, so_far)
    return replace(found, tells=()) if found else None


FULL, SUMMARY = Clause(Level.FULL), Clause(Level.SUMMARY)
FAULTS = (
    cell("whoever knows the person reads summaries", InfoClass.CHRONOLOGY, Tie.AGENCY, SUMMARY),
    cell("the team on duty reads words", InfoClass.CHRONOLOGY, Tie.TEAM, FULL),
    cell("a named worker sees who told", InfoClass.REPORTER, Tie.WORKER, FULL),
    cell("a named worker sees a location unlisted", InfoClass.LOCATION, Tie.WORKER, FULL),
    cell("the team on duty sees a location", InfoClass.LOCATION, Tie.TEAM, FULL),
    cell("an adverse tie learns that there is a chronology", InfoClass.CHRONOLOGY, Tie.ADVERSE, SUMMARY),
    cell("an adverse tie sees every action", InfoClass.PLANS, Tie.ADVERSE, FULL),
    cell("break-glass opens care history", InfoClass.CARE_HISTORY, Tie.BREAK_GLASS, FULL),
    cell("one person alone opens a sealed record", InfoClass.SEALED, Tie.BREAK_GLASS, FULL),
    cell("one person alone finds a protected location", InfoClass.LOCATION, Tie.BREAK_GLASS, FULL),
    cell("care history without a basis", InfoClass.CARE_HISTORY, Tie.FRONT_DOOR, SUMMARY),
    cell("any lead sees who told", InfoClass.REPORTER, Tie.LEAD, FULL),
    cell("another agency's detail in full", InfoClass.SOURCE_DETAIL, Tie.WORKER, FULL),
    cell("legal advice for a lead who is not named", InfoClass.LEGAL, Tie.LEAD, FULL),
    cell("a search without a purpose", InfoClass.INDEX, Tie.NONE, Clause(Level.INDEX, frozenset({"front_door_role"}))),
    cell("anybody searches", InfoClass.INDEX, Tie.NONE, Clause(Level.INDEX, frozenset({"purpose"}))),
    cap("housing reads words", InfoClass.CHRONOLOGY, "housing"),
    cap("probation reads words", InfoClass.CHRONOLOGY, "probation"),
    cap("a school reads therapy", InfoClass.SOURCE_DETAIL, "school"),
    cap("a school reads care history", InfoClass.CARE_HISTORY, "school"),
    cap("housing reads care history", InfoClass.CARE_HISTORY, "housing"),
    cap("administrators find people", InfoClass.INDEX, "no_case_content"),
    cap("administrators read the chronology", InfoClass.CHRONOLOGY, "no_case_content"),
    no_step("conflicts are not asked about", "conflict"),
    Fault(
        "nobody hears of a conflict",
        steps={
            "conflict": lambda case, _: replace(found, tells=()) if (found := STEPS["conflict"](case, None)) else None
        },
    ),
    no_step("the adverse tie does not mask", "adverse"),
    no_step("roles are not capped", "role_caps"),
    no_step("share decisions are not asked", "share_decision"),
    no_step("words may tell a location", "location_mask"),
    people("seals are overlooked", sealed=False),
    items("privilege is overlooked", privileged=False),
    items("the wish of the person is overlooked", refused=frozenset()),
    people("a threat outside the item is overlooked", threatened_by=frozenset()),
    people("a join that is not confirmed denies nothing", joined=frozenset()),
    people("protection is overlooked", protected=False),
    people("a tie to an adult counts like one to a child", child=True),
    people("a tie to a child counts like one to an adult", child=False),
    people("an alleged perpetrator is anybody", alleged=False),
    Fault("ties hold for the whole family", look=one_tie_for_the_family),
    Fault("a join grants before it is confirmed", look=joins_grant_at_once),
    Fault("another tie outweighs the adverse one", look=another_tie_outweighs_the_adverse_one),
    Fault("one listing does for all", look=one_listing_does_for_all),
    Fault("an answered welfare check still opens", look=an_answered_check_still_opens),
    Fault(
        "caps come before the tie is known",
        policy=replace(TABLE, order=dict(sorted(TABLE.order.items(), key=lambda step: step[0] != "role_caps"))),
    ),
)
