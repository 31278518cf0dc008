"""A child's whole history put in order once, so that the story on any day is a view and not a copy."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any

from onestory.platform.history.answers import WARY_FOR, Answer, Evidence, Ground, answers_to, could_answer
from onestory.platform.history.changes import Changes, Version, said_by
from onestory.platform.history.circle import START, Circle, circle_of
from onestory.platform.history.evidence import Weight, source_of, weigh
from onestory.platform.history.facets import ABOUT, BY_EVIDENCE, lean, named
from onestory.platform.history.picked import Picked, PickedEvidence
from onestory.platform.history.plans import Plan, episodes
from onestory.platform.history.record import Agency, Entry, History

HEALTH_SECTORS = frozenset(
    {"general_practice", "acute_health", "paediatrics", "community_health", "urgent_care", "health_visiting"}
)
Listed = tuple[list[int], tuple[Entry, ...]]
_WORKED_OUT = ("_listed", "_naming", "_answers", "_plans", "_picked", "_picked_evidence")


class StoryIndex:
    """Everything that will ever be known about one child's circle, by the day on which it becomes known.

    It holds the future too, so nothing outside Story reads it: a Story hands out only what its day allows.
    """

    def __init__(self, history: History, child: str) -> None:
        self.child = child
        self.area = history.area
        self.people = history.people
        self.agencies = history.agencies
        self.social_care = frozenset(a.id for a in history.agencies.values() if a.sector == "childrens_social_care")
        self._health = frozenset(agency.id for agency in history.agencies.values() if agency.sector in HEALTH_SECTORS)
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
        self._everything = {item.position: item for item in self.evidence}
        self._answering = [place for place, entry in enumerate(self.entries) if could_answer(entry)]
        self.bearing = self._bearing()
        self.evidence_at: dict[int, Evidence] = {item.position: item for item in self.bearing[1]}
        self._picked: dict[Picked, Listed] = {}
        self._picked_evidence: dict[PickedEvidence, tuple[list[int], tuple[Evidence, ...]]] = {}
        self._answers: dict[int, tuple[Answer, ...]] = {}
        self._plans: dict[tuple[int, bool], tuple[Plan, ...]] = {}
        self.turning_days = self._turning_days()
        self.facets: tuple[Version, dict[Any, Any]] = ((-1, -1), {})

    def __getstate__(self) -> dict[str, Any]:
        """What travels to another process: all but what was worked out on the way, which is worked out anew there."""
        fresh: dict[str, Any] = {name: {} for name in _WORKED_OUT}
        kept = {name: value for name, value in self.__dict__.items() if name not in ("changes", "said", "_by_sort")}
        return {**kept, **fresh, "facets": ((-1, -1), {})}

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

    @cached_property
    def changes(self) -> Changes:
        """What can have changed between two versions of the story."""
        return Changes(self)

    def carried_on(self, now: Version) -> dict[Any, Any]:
        """What was read of the story last and cannot have changed since."""
        before, facets = self.facets
        if now[0] < before[0] or now[1] < before[1]:
            return {}
        touched = self.changes.touched(before, now)
        if touched is None:
            return {}
        carried = facets.copy()
        for name in carried.keys() & touched:
            del carried[name]
        return carried

    def of(self, kinds: tuple[str, ...]) -> Listed:
        """Places and entries of these kinds, in order."""
        if kinds not in self._listed:
            lean(kinds, kinds)
            self._listed[kinds] = self._list(self._standing_at(kinds))
        return self._listed[kinds]

    def naming(self, factors: frozenset[str]) -> Listed:
        """Places and entries that name any of these factors, in order."""
        key = id(factors)
        if key not in self._naming:
            sorts = [named(factor) for factor in factors]
            lean(-key, sorts, factors)
            self._naming[key] = (factors, self._list(self._standing_at(sorts)))
        return self._naming[key][1]

    def about(self, person: str) -> Listed:
        """Places and entries about a person, in order."""
        key = (ABOUT, person)
        if key not in self._listed:
            self._listed[key] = self._list(self._standing_at((key,)))
        return self._listed[key]

    def picked(self, choice: Picked) -> Listed:
        """Places and entries of a choice, in order."""
        if choice not in self._picked:
            sorts = (*choice.kinds, *map(named, choice.factors))
            lean(choice, sorts)
            places = self._standing_at(sorts)
            self._picked[choice] = self._list(
                place for place in places if choice.test(self.circle, self.entries[place])
            )
        return self._picked[choice]

    def picked_evidence(self, choice: PickedEvidence) -> tuple[list[int], tuple[Evidence, ...]]:
        """Places and items of a choice among the evidence that bears on the child, in order."""
        if choice not in self._picked_evidence:
            lean(choice, BY_EVIDENCE)
            chosen = tuple([item for item in self.bearing[1] if choice.test(self.circle, item)])
            self._picked_evidence[choice] = ([item.position for item in chosen], chosen)
        return self._picked_evidence[choice]

    def _bearing(self) -> tuple[list[int], tuple[Evidence, ...]]:
        """Evidence of harm that bears on the child; of a brother or sister reports and injuries, no mere signs."""
        chosen = [
            item
            for item in self.evidence
            if not item.children or self.child in item.children or item.weight > Weight.SIGN
        ]
        return [item.position for item in chosen], tuple(chosen)

    @cached_property
    def said(self) -> tuple[frozenset[Hashable], ...]:
        """The sorts of each entry that it says itself."""
        return tuple([frozenset(said_by(entry)) for entry in self.entries])

    @cached_property
    def _by_sort(self) -> Mapping[Hashable, list[int]]:
        """Places by kind, by factor and by person, in order."""
        found: dict[Hashable, list[int]] = defaultdict(list)
        for place, said in enumerate(self.said):
            for sort in said:
                found[sort].append(place)
        return found

    def _standing_at(self, sorts: Iterable[Hashable]) -> list[int]:
        """Places of the entries of any of these sorts, in order."""
        lists = [places for sort in sorts if (places := self._by_sort.get(sort)) is not None]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def _list(self, places: Iterable[int]) -> Listed:
        chosen = [place for place in places if not self.entries[place].withdraws]
        return chosen, tuple([self.entries[place] for place in chosen])

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
            self._answers[item.position] = answers_to(
                item, self.placed, self._answering, self._everything, self._ground(item)
            )
        return self._answers[item.position]

    def _ground(self, item: Evidence) -> Ground:
        plans = [plan for plan in self.plans(item.position) if plan.open_before(item.position)]
        return Ground(
            child=self.child,
            wary=self._wary(item),
            under_protection=any(plan.type == "child_protection" for plan in plans),
            health=self._health,
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
