"""A child's whole history put in order once, so that the story on any day is a view and not a copy."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from onestory.platform.history.answers import WARY_FOR, Answer, Evidence, Ground, answers_to
from onestory.platform.history.circle import START, Circle, circle_of
from onestory.platform.history.evidence import source_of, weigh
from onestory.platform.history.facets import ANSWER, EVIDENCE, ONCE, SIGHTING, facet
from onestory.platform.history.plans import Plan, episodes
from onestory.platform.history.record import Agency, Entry, History

HEALTH_SECTORS = frozenset(
    {"general_practice", "acute_health", "paediatrics", "community_health", "urgent_care", "health_visiting"}
)
Listed = tuple[list[int], tuple[Entry, ...]]


class StoryIndex:
    """Everything that will ever be known about one child's circle, by the day on which it becomes known.

    It holds the future too, so nothing outside Story reads it: a Story hands out only what its day allows.
    """

    def __init__(self, history: History, child: str) -> None:
        self.child = child
        self.area = history.area
        self.people = history.people
        self.agencies = history.agencies
        self.circle: Circle = circle_of(history, child)
        placed = self._placed(history)
        self.days: list[dt.date] = [day for day, _ in placed]
        self.placed: tuple[tuple[dt.date, Entry], ...] = tuple(placed)
        self.entries: tuple[Entry, ...] = tuple(entry for _, entry in placed)
        self.position: dict[str, int] = {entry.id: place for place, entry in enumerate(self.entries)}
        self.superseded = self._superseded()
        self._listed: dict[tuple[str, ...], Listed] = {}
        self._naming: dict[int, tuple[frozenset[str], Listed]] = {}
        self._kinds = self._first_of_kinds()
        self.evidence = self._evidence()
        self.evidence_positions = [item.position for item in self.evidence]
        self._answers: dict[int, tuple[Answer, ...]] = {}
        self._plans: dict[tuple[int, bool], tuple[Plan, ...]] = {}
        self.turning_days = self._turning_days()
        self.facets: tuple[tuple[int, int], dict[Any, Any]] = ((-1, -1), {})

    def __getstate__(self) -> dict[str, Any]:
        """What travels to another process: all but what was worked out on the way, which is worked out anew there."""
        fresh: dict[str, Any] = {"_listed": {}, "_naming": {}, "_answers": {}, "_plans": {}, "facets": ((-1, -1), {})}
        return {**self.__dict__, **fresh}

    def _placed(self, history: History) -> list[tuple[dt.date, Entry]]:
        joined = self.circle.joined
        placed = []
        for entry in history.entries:
            days = [joined[person] for person in (*entry.about, *entry.seen, *entry.together) if person in joined]
            if entry.known is not None and days and entry.weight != "system":
                placed.append((max(entry.known.last, min(days)), entry))
        placed.sort(key=lambda pair: pair[0])
        return placed

    def _superseded(self) -> dict[int, int]:
        """Place of an entry that was corrected or withdrawn, and from which place on it no longer counts."""
        return {
            self.position[entry.supersedes]: place
            for place, entry in enumerate(self.entries)
            if entry.supersedes in self.position
        }

    def _first_of_kinds(self) -> tuple[list[int], list[frozenset[str]]]:
        """Places at which a kind comes for the first time, and the kinds known from there on."""
        places, kinds = [-1], [frozenset[str]()]
        for place, entry in enumerate(self.entries):
            if entry.kind not in kinds[-1]:
                places.append(place)
                kinds.append(kinds[-1] | {entry.kind})
        return places, kinds

    def kinds_among(self, known: int) -> frozenset[str]:
        """The kinds of the first ``known`` entries."""
        places, kinds = self._kinds
        return kinds[bisect_right(places, known - 1) - 1]

    def sorts_between(self, before: int, known: int) -> tuple[set[str], set[str]]:
        """What the entries between two places are: their kinds, and whether there is evidence, an answer or a sight of
        the child among them; and the factors that they name."""
        new = self.entries[before:known]
        sorts = {entry.kind for entry in new}
        factors = {factor for entry in new for factor in entry.factors}
        if any(self.child in entry.seen or self.child in entry.seen_alone for entry in new):
            sorts.add(SIGHTING)
        if any(before <= place < known for place in self.evidence_positions):
            sorts.add(EVIDENCE)
        if any(before <= place < known for place in self.answering):
            sorts.add(ANSWER)
        return sorts, factors

    @cached_property
    def answering(self) -> frozenset[int]:
        """The places of all entries that answer evidence."""
        return frozenset(answer.position for item in self.evidence for answer in self.answers(item))

    def carried_on(self, known: int, turned: int) -> dict[Any, Any]:
        """What was read of the story last and cannot have changed with the entries that are new; nothing where somebody
        was born or linked, or where entries are corrected."""
        (before, turned_before), facets = self.facets
        if self.superseded or turned != turned_before or known < before:
            return {}
        sorts, factors = self.sorts_between(before, known)
        return {name: value for name, value in facets.items() if self._is_the_same(name, sorts, factors)}

    def _is_the_same(self, name: Any, sorts: set[str], factors: set[str]) -> bool:
        if isinstance(name, str):
            return name in facet.carried and sorts.isdisjoint(facet.carried[name])
        if isinstance(name, int):
            return factors.isdisjoint(self._naming[-name][0]) if name < 0 else ANSWER not in sorts
        return name[0] != ONCE and sorts.isdisjoint(name)

    def of(self, kinds: tuple[str, ...]) -> Listed:
        """Places and entries of these kinds, in order."""
        if kinds not in self._listed:
            self._listed[kinds] = self._list(entry.kind in kinds for entry in self.entries)
        return self._listed[kinds]

    def naming(self, factors: frozenset[str]) -> Listed:
        """Places and entries that name any of these factors, in order."""
        key = id(factors)
        if key not in self._naming:
            self._naming[key] = (factors, self._list(bool(entry.factors & factors) for entry in self.entries))
        return self._naming[key][1]

    def _list(self, wanted: Iterable[bool]) -> Listed:
        places = [place for place, want in enumerate(wanted) if want and not self.entries[place].withdraws]
        return places, tuple([self.entries[place] for place in places])

    def _evidence(self) -> tuple[Evidence, ...]:
        children = self.circle.children
        nobody = Agency("", "", "")
        found = []
        for place, (day, entry) in enumerate(self.placed):
            weight = None
            if not entry.withdraws:
                weight = weigh(entry, children, self.agencies.get(entry.by, nobody).sector)
            if weight is not None:
                named = frozenset(person for person in entry.about if person in children)
                found.append(Evidence(entry, place, day, weight, source_of(entry), named))
        return tuple(found)

    def _turning_days(self) -> tuple[dt.date, ...]:
        """Days on which the story changes though no entry is new: a relationship came on record, the child was born."""
        days = {day for day, _ in self.circle.relationships if day != START}
        person = self.people.get(self.child)
        if person is not None and person.born is not None:
            days.add(person.born.last)
        return tuple(sorted(days))

    def known_by(self, today: dt.date) -> int:
        """How many of the entries are known at the end of the day."""
        return bisect_right(self.days, today)

    def plans(self, known: int, family: bool = False) -> tuple[Plan, ...]:
        """Episodes of plans that concern the child, or any child of the circle, after the first ``known`` entries."""
        places, entries = self.of(("plan",))
        count = bisect_right(places, known - 1)
        key = (known if self.superseded else count, family)
        if key not in self._plans:
            children = self.circle.children
            chosen = [
                (place, self.days[place], entry)
                for place, entry in zip(places[:count], entries, strict=False)
                if (family or self.child in entry.about or children.isdisjoint(entry.about))
                and self.stands(place, known)
            ]
            self._plans[key] = episodes(chosen)
        return self._plans[key]

    def stands(self, place: int, known: int) -> bool:
        """Whether the entry at this place still counts: no known entry has corrected or withdrawn it."""
        return self.superseded.get(place, known) >= known

    def answers(self, item: Evidence) -> tuple[Answer, ...]:
        """Every answer that will ever be known; a Story cuts them to its day."""
        if item.position not in self._answers:
            self._answers[item.position] = answers_to(item, self.placed, self.evidence, self._ground(item))
        return self._answers[item.position]

    def _ground(self, item: Evidence) -> Ground:
        plans = [plan for plan in self.plans(item.position) if plan.open_before(item.position)]
        return Ground(
            child=self.child,
            wary=self._wary(item),
            under_protection=any(plan.type == "child_protection" for plan in plans),
            health=frozenset(agency.id for agency in self.agencies.values() if agency.sector in HEALTH_SECTORS),
        )

    def _calls_for_care(self, entry: Entry) -> bool:
        """A breach, a strategy discussion, or that this child was taken out of a school, surgery or service."""
        if entry.kind == "withdrawal":
            return self.child in entry.about
        return entry.kind == "breach" or entry.own.get("type") == "strategy"

    def _wary(self, item: Evidence) -> bool:
        """Whether soft answers do not count for it: a plan was open, or something came before that calls for care."""
        if any(plan.is_wary and plan.open_before(item.position) for plan in self.plans(item.position)):
            return True
        return any(
            self._calls_for_care(self.entries[place])
            for place in self.of(("breach", "meeting", "withdrawal"))[0]
            if place < item.position and item.day - self.days[place] <= WARY_FOR
        )
