"""Story: one child's circle as it was known at the end of one day. Frozen, pure, picklable.

What became known later cannot be reached from here. Answers given to alerts and the program's own
notes about lapsed promises are no entries of a Story: lapses are derived from the promises themselves.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Hashable
from typing import Any

from onestory.platform.history.answers import Answer, Answered, Evidence, firmest
from onestory.platform.history.circle import PARENT_OR_STEP
from onestory.platform.history.evidence import Weight
from onestory.platform.history.facets import ABOUT, BY_ANSWERS, BY_EVIDENCE, ONCE, SIGHTING, TIE, facet, facet_by
from onestory.platform.history.index import StoryIndex
from onestory.platform.history.picked import Picked, PickedEvidence
from onestory.platform.history.plans import Plan
from onestory.platform.history.record import Entry, History, Person, Relationship

CLOSING = frozenset({"no_further_action", "information_only", "advice", "accepted_explanation", "malicious"})
CLOSING |= {"threshold_not_met", "withdrawn", "closed"}
"""Outcomes of a decision that end the matter."""


def build_story(history: History, child: str, today: dt.date) -> Story:
    """The child's story at the end of ``today``. For many days of one history build a StoryIndex once."""
    return story_on(StoryIndex(history, child), today)


def story_on(index: StoryIndex, today: dt.date) -> Story:
    """The view of one day; days on which nothing became known share what was worked out."""
    known = index.known_by(today)
    turned = bisect_right(index.turning_days, today)
    if index.facets[0] != (known, turned):
        index.facets = ((known, turned), index.carried_on((known, turned)))
    return Story(index, today, known, index.facets[1])


class Story:
    """One child's circle as known at the end of ``today``. Read-only."""

    __slots__ = ("_facets", "_index", "_known", "child", "today")
    _facets: dict[Any, Any]
    _index: StoryIndex
    _known: int
    child: str
    today: dt.date

    def __init__(self, index: StoryIndex, today: dt.date, known: int, facets: dict[str, Any]) -> None:
        object.__setattr__(self, "_index", index)
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "_facets", facets)
        object.__setattr__(self, "child", index.child)
        object.__setattr__(self, "today", today)

    def __reduce__(self) -> tuple[type[Story], tuple[StoryIndex, dt.date, int, dict[Any, Any]]]:
        return Story, (self._index, self.today, self._known, {})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Story cannot be changed")

    def once[T](self, name: Hashable, read: Callable[[Story], T]) -> T:
        """What ``read`` makes of the story, kept for as long as nothing new is known. It must not read the day."""
        made = self._facets.setdefault(ONCE, {})
        if name not in made:
            made[name] = read(self)
        return made[name]

    @property
    def version(self) -> tuple[int, int]:
        """Changes when something became known, and not by the mere passing of days."""
        return self._known, bisect_right(self._index.turning_days, self.today)

    @facet
    def entries(self) -> tuple[Entry, ...]:
        """All entries known, in the order in which they became known; corrected and withdrawn ones left out."""
        index, known = self._index, self._known
        if not index.superseded:
            return index.entries[:known]
        return tuple(
            entry
            for place, entry in enumerate(index.entries[:known])
            if not entry.withdraws and index.stands(place, known)
        )

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        """Known entries of these kinds, in order."""
        facets = self._facets
        if kinds not in facets:
            facets[kinds] = self._cut(*self._index.of(kinds))
        return facets[kinds]

    def naming(self, factors: frozenset[str]) -> tuple[Entry, ...]:
        """Known entries that name any of these needs or risks, in order."""
        facets, key = self._facets, -id(factors)  # a set's hash is worked out anew each time; the index keeps the set
        if key not in facets:
            facets[key] = self._cut(*self._index.naming(factors))
        return facets[key]

    def about(self, person: str) -> tuple[Entry, ...]:
        """Known entries about a person, in order."""
        facets, key = self._facets, (ABOUT, person)
        if key not in facets:
            facets[key] = self._cut(*self._index.about(person))
        return facets[key]

    def picked(self, choice: Picked) -> tuple[Entry, ...]:
        """Known entries of a choice, in order."""
        facets = self._facets
        if choice not in facets:
            facets[choice] = self._cut(*self._index.picked(choice))
        return facets[choice]

    def _cut(self, places: list[int], entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """What is known of a list of entries that stands in order, corrected ones left out."""
        known, index = self._known, self._index
        chosen = entries[: bisect_right(places, known - 1)]
        if index.superseded:
            return tuple(e for e in chosen if index.stands(index.position[e.id], known))
        return chosen

    @facet
    def kinds(self) -> frozenset[str]:
        """The kinds of entry that are known, and ``evidence`` where there is any."""
        known = self._index.kinds_among(self._known)
        return known | {"evidence"} if self.evidence else known

    def entry(self, entry_id: str) -> Entry | None:
        """The known entry with this id; None where there is none or it is not known yet."""
        place = self._index.position.get(entry_id)
        return None if place is None or place >= self._known else self._index.entries[place]

    def position(self, entry: Entry) -> int:
        """The entry's place in the order in which things became known."""
        return self._index.position[entry.id]

    def day(self, entry: Entry) -> dt.date:
        """The day from which the entry counts in this story."""
        return self._index.days[self._index.position[entry.id]]

    def since(self, day: dt.date | None) -> tuple[Entry, ...]:
        """Entries that became known after the day; all of them for None."""
        before = 0 if day is None else self._index.known_by(day)
        return tuple(e for e in self._index.entries[before : self._known] if not e.withdraws)

    def after(self, entry: Entry, *kinds: str) -> list[Entry]:
        """Entries (of these kinds, where given) that became known after the entry."""
        position, those = self._index.position, self.of(*kinds) if kinds else self.entries
        return list(those[bisect_right(those, position[entry.id], key=lambda other: position[other.id]) :])

    @facet_by(TIE)
    def ties(self) -> tuple[tuple[dt.date, Relationship], ...]:
        """Relationships within the circle that are on record and have begun, each with the day from which it is."""
        return tuple([tie for tie in self._index.circle.relationships if tie[0] <= self.today])

    @facet_by(TIE)
    def relationships(self) -> tuple[Relationship, ...]:
        """The relationships alone."""
        return tuple([row for _, row in self.ties])

    @property
    def person(self) -> Person:
        """The child whose story this is."""
        return self._index.people[self.child]

    def label(self, person: str) -> str:
        """A person's name on this record."""
        return self._index.people[person].label if person in self._index.people else person

    @facet_by(TIE)
    def parents(self) -> frozenset[str]:
        """Mother, father, step-parents, alleged and denied ones included."""
        return frozenset(
            row.person for row in self.relationships if row.of == self.child and row.relation in PARENT_OR_STEP
        )

    @property
    def children(self) -> frozenset[str]:
        """The child with brothers and sisters, half and step included."""
        return self._index.circle.children

    def names_a_child(self, entry: Entry) -> bool:
        """Whether the entry is about a child of the circle rather than about adults only."""
        return not self.children.isdisjoint(entry.about)

    def bears_on_child(self, entry: Entry) -> bool:
        """Whether the entry is about this child, or about adults only and so about every child in their care."""
        return self.child in entry.about or self.children.isdisjoint(entry.about)

    @facet_by("birth")
    def born_on(self) -> dt.date | None:
        """Last day on which the child can have been born: from the record of birth, else from the birth itself."""
        born = self.person.born
        if born is not None:
            return born.last
        births = [entry for entry in self.of("birth") if self.child in entry.about]
        return births[0].happened.last if births else None

    @property
    def is_unborn(self) -> bool:
        """Expected and not yet born: a birth on record ends it."""
        if any(self.child in entry.about for entry in self.of("birth")):
            return False
        return self.born_on is not None and self.today < self.born_on

    @facet
    def first_named_on(self) -> dt.date | None:
        """The day on which the first entry about this child became known."""
        return next((self.day(entry) for entry in self.about(self.child)), None)

    @property
    def exists_since(self) -> dt.date | None:
        """The day from which somebody could know of the child: named in an entry, or born; None before it."""
        days = [day for day in (self.first_named_on, self.born(self.child)) if day is not None]
        first = min(days, default=None)
        return first if first is not None and first <= self.today else None

    def born(self, person: str) -> dt.date | None:
        """Last day on which a person can have been born; None where no record says."""
        found = self._index.people.get(person)
        return found.born.last if found is not None and found.born is not None else None

    def bears_on_household(self, entry: Entry) -> bool:
        """Whether a move or a change in the household concerns the child, or a parent of the child."""
        return self.child in entry.about or not self.parents.isdisjoint(entry.about)

    @property
    def exists(self) -> bool:
        """Whether anybody can know of the child yet."""
        return self.exists_since is not None

    @facet_by("harm")
    def died_or_harmed(self) -> Entry | None:
        """The death or serious harm of this child, where it is on record: the story ends there."""
        return next((entry for entry in self.of("harm") if self.child in entry.about), None)

    def age_in_days(self, on: dt.date | None = None) -> int | None:
        """The youngest that the child can be on the day, in days; None where the birth is on no record."""
        return None if self.born_on is None else ((on or self.today) - self.born_on).days

    def sector(self, entry: Entry) -> str:
        """Sector of the agency that holds the record."""
        agency = self._index.agencies.get(entry.by)
        return agency.sector if agency else ""

    def sector_of(self, agency: str) -> str:
        """Sector of an agency."""
        found = self._index.agencies.get(agency)
        return found.sector if found else ""

    def agency_name(self, agency: str) -> str:
        """An agency's or, where it is a person, that person's name."""
        found = self._index.agencies.get(agency)
        return found.name if found else self.label(agency)

    @property
    def area(self) -> str:
        """The authority whose front door is meant."""
        return self._index.area

    @property
    def social_care(self) -> frozenset[str]:
        """Agencies of children's social care."""
        return self._index.social_care

    def reached_social_care(self, entry: Entry) -> bool:
        """Whether children's social care recorded it, was told, or took a decision on it."""
        care = self.social_care
        return entry.by in care or not care.isdisjoint(entry.told) or bool(self.decisions_on(entry.id))

    @facet_by(*BY_EVIDENCE)
    def evidence(self) -> tuple[Evidence, ...]:
        """Evidence of harm that bears on this child; of a brother or sister reports and injuries, no mere signs."""
        return self._cut_evidence(*self._index.bearing)

    def picked_evidence(self, choice: PickedEvidence) -> tuple[Evidence, ...]:
        """What is known of a choice among the evidence."""
        facets = self._facets
        if choice not in facets:
            facets[choice] = self._cut_evidence(*self._index.picked_evidence(choice))
        return facets[choice]

    def _cut_evidence(self, places: list[int], items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        known, index = self._known, self._index
        chosen = items[: bisect_right(places, known - 1)]
        if index.superseded:
            return tuple(item for item in chosen if index.stands(item.position, known))
        return chosen

    def evidence_in(self, entry: Entry) -> Evidence | None:
        """The evidence that a known entry is; None where it is none or does not bear on this child."""
        return self._index.evidence_at.get(self._index.position[entry.id])

    def answer(self, item: Evidence) -> Answer | None:
        """The firmest answer that the evidence has had so far; None while it stands open."""
        facets, key = self._facets, item.position
        if key in facets:
            return facets[key]
        answers = self._index.answers(item)
        if self._index.superseded:
            answers = tuple(a for a in answers if self._index.stands(a.position, self._known))
        answer = firmest(answers, self._known)
        if key in self._index.evidence_at:
            facets[key] = answer
        return answer

    def answered(self, item: Evidence) -> Answered:
        """How firmly the evidence has been answered so far."""
        answer = self.answer(item)
        return Answered.OPEN if answer is None else answer.firmness

    @facet_by(*BY_ANSWERS)
    def _with_answers(self) -> list[tuple[Evidence, Answer | None]]:
        facets, answer = self._facets, self.answer
        return [(item, facets[item.position] if item.position in facets else answer(item)) for item in self.evidence]

    @facet_by(*BY_ANSWERS)
    def unanswered(self) -> tuple[Evidence, ...]:
        """Evidence that nobody has answered."""
        return tuple([item for item, answer in self._with_answers if answer is None])

    @facet_by(*BY_ANSWERS)
    def not_settled(self) -> tuple[Evidence, ...]:
        """Evidence without a firm answer: it counts as history, also where the child was seen."""
        firm = Answered.FIRM
        return tuple([item for item, answer in self._with_answers if answer is None or answer.firmness is not firm])

    @facet_by(*BY_ANSWERS)
    def open_reports(self) -> tuple[Evidence, ...]:
        """What somebody reported, or that hurt a child, and nobody has answered; mere signs left out."""
        return tuple([item for item in self.unanswered if item.weight > Weight.SIGN])

    @facet_by(*BY_ANSWERS)
    def unsettled_reports(self) -> tuple[Evidence, ...]:
        """Reports and harm without a firm answer."""
        return tuple([item for item in self.not_settled if item.weight > Weight.SIGN])

    def decisions_on(self, entry_id: str) -> tuple[Entry, ...]:
        """Decisions that name the entry."""
        return self._decisions_by_entry.get(entry_id, ())

    @facet_by("decision")
    def _decisions_by_entry(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, tuple[Entry, ...]] = {}
        for decision in self.of("decision"):
            for entry_id in decision.own.get("on_entries", ()):
                found[entry_id] = (*found.get(entry_id, ()), decision)
        return found

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Plans that concern the child, in the order in which they were opened."""
        return self._index.plans(self._known)

    @property
    def family_plans(self) -> tuple[Plan, ...]:
        """Plans of any child of the circle: what was tried with this family before."""
        return self._index.plans(self._known, family=True)

    @facet_by("plan")
    def open_plan(self) -> Plan | None:
        """The strongest plan that is open now."""
        standing = [plan for plan in self.plans if plan.closed is None]
        return max(standing, key=lambda plan: (plan.rank, plan.position), default=None)

    @property
    def serious_plan(self) -> Plan | None:
        """The open child in need or child protection plan."""
        plan = self.open_plan
        return plan if plan is not None and plan.is_serious else None

    @facet_by("decision")
    def closings(self) -> tuple[Entry, ...]:
        """Decisions that ended a matter, whatever they rest on."""
        return tuple(e for e in self.of("decision") if e.own.get("outcome") in CLOSING and self.bears_on_child(e))

    @facet_by(SIGHTING)
    def _sightings(self) -> tuple[Entry, ...]:
        child = self.child
        return tuple(e for e in self.entries if child in e.seen or child in e.seen_alone)

    @facet_by(SIGHTING)
    def last_seen(self) -> Entry | None:
        """The entry that records the last time on which a professional saw this child."""
        return max(self._sightings, key=lambda entry: (entry.happened.last, self.position(entry)), default=None)

    @facet_by(SIGHTING)
    def last_seen_alone(self) -> Entry | None:
        """The entry that records the last time on which a professional saw this child alone."""
        alone = [entry for entry in self._sightings if self.child in entry.seen_alone]
        return max(alone, key=lambda entry: (entry.happened.last, self.position(entry)), default=None)

    def seen_since(self, day: dt.date, alone: bool = False) -> bool:
        """Whether a professional is on record as having seen the child after the day (alone, where asked)."""
        last = self.last_seen_alone if alone else self.last_seen
        return last is not None and last.happened.last > day
