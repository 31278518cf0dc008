"""At which level a reader sees an item: the reviewed table and the order of its rules. Pure Python.

Rules are asked in the order that the table lays down. The first three can only deny, the fourth
grants, the others can only take away, so a later rule never gives back what an earlier one refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from onestory.platform.access.policy import (
    CAPPED,
    Clause,
    InfoClass,
    Level,
    Policy,
    Tie,
    load_policy,
)
from onestory.platform.access.reading import EVERYONE, Decision, Item, PersonIn, Reader

PRIVACY_OFFICER = "privacy_officer"
MASKED_BY_ADVERSE_TIE = frozenset({InfoClass.REPORTER, InfoClass.LOCATION})


@dataclass(frozen=True, slots=True)
class Case:
    """One question: this reader, this item, under this table."""

    reader: Reader
    item: Item
    policy: Policy


Step = Callable[[Case, Decision | None], Decision | None]
policy_in_force = cache(load_policy)


def decide(
    reader: Reader,
    item: Item,
    policy: Policy | None = None,
    steps: Mapping[str, Step] | None = None,
) -> Decision:
    """At which level ``reader`` sees ``item``, and why. Level.NOTHING looks exactly like absent.

    ``policy`` is the table in force unless another is given; ``steps`` lets a test plant a fault.
    """
    case = Case(reader, item, policy or policy_in_force())
    so_far: Decision | None = None
    for name in case.policy.order:
        so_far = (steps or STEPS)[name](case, so_far) or so_far
        if so_far is not None and so_far.level is Level.NOTHING:
            return so_far
    return so_far or Decision(Level.NOTHING, "best_tie", "No tie to anybody in it.")


def refuse_conflict(case: Case, _: Decision | None) -> Decision | None:
    """Self, relative or colleague: nothing, before anything else, and the privacy officer is told."""
    if any(person.identities & case.reader.conflicts for person in case.item.people):
        return Decision(
            Level.NOTHING,
            "conflict",
            case.policy.order["conflict"],
            tells=(PRIVACY_OFFICER,),
        )
    return None


def refuse_sealed(case: Case, _: Decision | None) -> Decision | None:
    """Sealed records and legal advice are closed to everyone whom their own list does not name.

    Being let in opens no more than the item's own class does.
    """
    sealed = [person for person in case.item.people if person.sealed]
    lists = (_best(case, info) for info in _lists_over(case.item))
    if any(one.level is Level.NOTHING for one in (*lists, *(_past_seal(case, person) for person in sealed))):
        return Decision(Level.NOTHING, "seal", case.policy.order["seal"])
    return None


def refuse_adverse(case: Case, _: Decision | None) -> Decision | None:
    """A tie to an alleged perpetrator hides referrer and location, whatever other tie there is."""
    if case.item.info in MASKED_BY_ADVERSE_TIE and tied_to_alleged(case) and not _listed_against_adverse(case):
        return Decision(Level.NOTHING, "adverse", case.policy.order["adverse"], Tie.ADVERSE)
    return None


def grant_by_best_tie(case: Case, _: Decision | None) -> Decision | None:
    """The tie that shows most; police asked for a welfare check hold the address until they have answered."""
    if _holds_for_welfare_check(case):
        return Decision(
            Level.FULL,
            "best_tie",
            "Police hold the address until they have answered the welfare check.",
        )
    return _best(case, case.item.info)


def cap_by_role(case: Case, so_far: Decision | None) -> Decision | None:
    """The most that the reader's role may see of this class, whatever the tie."""
    groups = case.reader.role.groups & set(CAPPED)
    over = _lists_over(case.item) | ({InfoClass.SEALED} if any(one.sealed for one in case.item.people) else set())
    caps = [case.policy.caps[info, group] for group in groups for info in {case.item.info, *over}]
    return _lower(case, so_far, min(caps, default=Level.FULL), "role_caps")


def cut_by_share_decision(case: Case, so_far: Decision | None) -> Decision | None:
    """What the source agency, or the person whose care history it is, has withheld from this agency."""
    item, agency = case.item, case.reader.agency
    if agency == item.agency:
        return so_far
    at_most = item.shared_at_most.get(agency, item.shared_at_most.get(EVERYONE, Level.FULL))
    refused = bool({agency, EVERYONE} & item.refused) and agency not in item.bases
    if item.info is InfoClass.CARE_HISTORY and refused:
        at_most = Level.NOTHING
    return _lower(case, so_far, at_most, "share_decision")


def mask_location(case: Case, so_far: Decision | None) -> Decision | None:
    """Words that would tell a location are cut to a summary for whoever may not see the location."""
    item = case.item
    if not item.tells_location or item.info is InfoClass.LOCATION:
        return so_far
    location = replace(item, info=InfoClass.LOCATION, tells_location=False)
    allowed = decide(case.reader, location, case.policy).level is Level.FULL
    return so_far if allowed else _lower(case, so_far, Level.SUMMARY, "location_mask")


STEPS: dict[str, Step] = {
    "conflict": refuse_conflict,
    "seal": refuse_sealed,
    "adverse": refuse_adverse,
    "best_tie": grant_by_best_tie,
    "role_caps": cap_by_role,
    "share_decision": cut_by_share_decision,
    "location_mask": mask_location,
}


def tied_to_alleged(case: Case) -> bool:
    """Whether the reader has any tie to an alleged perpetrator as regards the people of the item.

    A join of people that nobody has confirmed counts here at once, since it can only deny.
    """
    return bool(_kept_safe_from_a_tie(case)) or any(
        person.alleged and _tied(case, person.identities) for person in case.item.people
    )


def _kept_safe_from_a_tie(case: Case) -> list[PersonIn]:
    """Those in the item who are to be kept safe from somebody to whom the reader is tied."""
    return [
        person
        for person in case.item.people
        if _tied(case, person.threatened_by)
        or any(Tie.ADVERSE in case.reader.ties.get(one, frozenset()) for one in person.identities)
    ]


def _tied(case: Case, people: Iterable[str]) -> bool:
    return any(case.reader.ties.get(one, frozenset()) - {Tie.NONE} for one in people)


def _listed_against_adverse(case: Case) -> bool:
    kept_safe = _kept_safe_from_a_tie(case)
    return bool(kept_safe) and all(person.listed & case.reader.names for person in kept_safe)


def _holds_for_welfare_check(case: Case) -> bool:
    return (
        case.item.info is InfoClass.LOCATION
        and "police" in case.reader.role.groups
        and case.reader.agency in case.item.asked_to_check
    )


def _lists_over(item: Item) -> set[InfoClass]:
    """The classes with a list of their own under which the item lies, besides or as its own class."""
    own = {item.info} & {InfoClass.SEALED, InfoClass.LEGAL}
    return own | ({InfoClass.LEGAL} if item.privileged else set())


def _past_seal(case: Case, person: PersonIn) -> Decision:
    """What the reader's own tie to a sealed person, and the seal's list, open of the person's record."""
    alone = Item(InfoClass.SEALED, case.item.agency, (PersonIn(person.id, child=True),), named=person.named)
    return _best(replace(case, item=alone), InfoClass.SEALED)


def _best(case: Case, info: InfoClass) -> Decision:
    shown = [_shown(case, info, *tie) for tie in _ties(case)]
    return max(shown, key=lambda decision: decision.level)


def _ties(case: Case) -> Iterator[tuple[Tie, PersonIn | None, Level]]:
    """Each tie by which the item may be shown, to whom, and the most that it can show.

    Whoever has a better tie sees no less than somebody tied only to an alleged perpetrator, or to nobody.
    """
    people, alone = case.item.people, len(case.item.people) == 1
    for person in people:
        if person.alleged and not (person.child and alone):
            continue
        at_most = Level.FULL if person.child or alone else Level.SUMMARY
        for tie in sorted(case.reader.ties.get(person.id, frozenset()) - {Tie.NONE, Tie.ADVERSE}):
            yield tie, person, at_most
    if tied_to_alleged(case):
        yield Tie.ADVERSE, None, Level.FULL
    yield Tie.NONE, None, Level.FULL


def _shown(case: Case, info: InfoClass, tie: Tie, person: PersonIn | None, at_most: Level) -> Decision:
    level = max(
        (clause.level for clause in case.policy.cells[info, tie] if _holds(case, clause, person)),
        default=Level.NOTHING,
    )
    why = f"{case.policy.words[info]}: tie '{tie}' shows {level.mark}."
    return Decision(_at_most(level, at_most, info), "best_tie", why, tie)


def _holds(case: Case, clause: Clause, person: PersonIn | None) -> bool:
    return all(CONDITIONS[word](case, person) for word in clause.when)


def _listed(case: Case) -> bool:
    return all(person.listed & case.reader.names for person in case.item.people if person.protected)


Condition = Callable[[Case, PersonIn | None], bool]
CONDITIONS: dict[str, Condition] = {
    # the reader's own agency holds the item
    "own": lambda case, _: case.item.agency == case.reader.agency,
    # a basis on which the reader's agency may see it is recorded
    "basis": lambda case, _: case.reader.agency in case.item.bases,
    # the action is owed by the reader's agency
    "owner": lambda case, _: case.item.owner == case.reader.agency,
    # the lead of everybody in it whose location is protected lists the reader
    "listed": lambda case, _: _listed(case),
    # the sealed record's, or the advice's, own list names the reader
    "named": lambda case, _: bool(case.item.named & case.reader.names),
    # a second person approved the break-glass for that person
    "second_person": lambda case, person: person is not None and person.id in case.reader.approved,
    # a purpose was chosen for the search
    "purpose": lambda case, _: case.reader.purpose,
    "front_door_role": lambda case, _: "front_door_role" in case.reader.role.groups,
    "social_care": lambda case, _: "social_care" in case.reader.role.groups,
    "emergency": lambda case, _: "emergency" in case.reader.role.groups,
}


def _lower(case: Case, so_far: Decision | None, at_most: Level, rule: str) -> Decision | None:
    if so_far is None or so_far.level <= at_most:
        return so_far
    level = _at_most(so_far.level, at_most, case.item.info)
    return replace(so_far, level=level, rule=rule, why=case.policy.order[rule])


def _at_most(level: Level, at_most: Level, info: InfoClass) -> Level:
    """A location has no summary: less than all of it is only the word that it is protected."""
    lowered = min(level, at_most)
    return min(lowered, Level.MASKED) if info is InfoClass.LOCATION and lowered < Level.FULL else lowered
