"""Recording or proposing a relationship, a change in the home, a person's sex or death."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestory.arrive.chronology.narrowing import Family, as_known_on
from onestory.arrive.chronology.queries import family_for
from onestory.platform.history.vocabulary import RELATIONS
from onestory.platform.ui.requests import SignedInRequest
from onestory.web.asking.asking import ask
from onestory.web.family_changes import actions, presenters
from onestory.web.family_changes.forms import HomeForm, PersonForm, TieForm
from onestory.web.family_changes.policies import may_propose, may_record
from onestory.web.family_changes.queries import found_person

FORM = "family_changes/form.html"
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class _Here:
    """Whose family it is, and what this reader does here: record, or propose."""

    request: SignedInRequest
    family: Family
    child: UUID
    records: bool
    today: dt.date

    @property
    def by(self) -> dict[str, Any]:
        """Who writes, for the actions."""
        request = self.request
        said = {"child_id": self.child, "sight": request.sight, "agency": request.membership.team.agency}
        return {**said, "by": request.user, "at": timezone.now()}

    @property
    def words(self) -> dict[str, Any]:
        """What every page's question needs to know."""
        return {"records": self.records, "back": self.back(), "today": self.today}

    def back(self) -> str:
        """The family's page, where it is drawn."""
        return f"{reverse('family', args=[self.child])}#who"

    def propose(self, words: str, people: list[UUID], source: str) -> str:
        """Propose it, and go to the entry."""
        entry = actions.propose(words, people=people, source=source, **self.by)
        return f"{reverse('chronology', args=[self.child])}?entry={entry.id}#entry-{entry.id}"


def _here(request: SignedInRequest, child_id: UUID) -> _Here:
    if not may_propose(request.sight):
        raise Http404
    found = family_for(request, child_id)
    family = Family(found.child, as_known_on(found.history, None), found.circle, found.children)
    return _Here(request, family, child_id, may_record(request.sight, child_id), timezone.localdate())


def _asked_for(request: SignedInRequest, name: str) -> UUID | None:
    """A person whom the address names; None where it names nobody."""
    try:
        return UUID(request.GET[name]) if request.GET.get(name) else None
    except ValueError as error:
        raise Http404 from error


@GET_AND_POST
def relationship(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """One relationship: a new one of somebody found, named or new, or another word on one that is on record."""
    person, of, relation = _asked_for(request, "person"), _asked_for(request, "of"), request.GET.get("relation", "")
    found = found_person(request, person) if person else None
    here = _here(request, child_id)
    people = here.family.history.people
    known = people[str(person)].label if person and str(person) in here.family.circle else ""
    name = known or (found.label if found else "")
    if person and not name:
        raise Http404
    tie = presenters.standing_tie(here.family.history, str(person), relation, str(of)) if relation and of else None
    if relation and (relation not in RELATIONS or tie is None):
        raise Http404
    others = [one for one in presenters.people_of(here.family) if one.id != str(person)]
    make = partial(
        TieForm,
        today=here.today,
        of=presenters.choices_of(others, here.today),
        standing=tie is not None,
        new=person is None,
    )

    def act(said: dict[str, Any]) -> str:
        what, whom = relation or said["relation"], str(of or said["of"])
        if not here.records:
            names = name or said["new_name"], people[whom].label
            involved = [one for one in (person, UUID(whom)) if one and str(one) in here.family.circle]
            return here.propose(presenters.tie_words(said, names[0], what, names[1]), involved, said["source"])
        somebody = person or actions.NewPerson(
            said["new_name"], said["new_born"], said["new_sex"], said["new_child"] == "yes"
        )
        kept = {one: said[one] for one in ("status", "since", "until", "source", "rows_seen")}
        actions.record_tie(actions.TieSaid(person=somebody, relation=what, of=UUID(whom), **kept), **here.by)
        return here.back()

    initial = {"of": str(child_id), "rows_seen": len(tie.rows) if tie else 0}
    find = f"{reverse('people:find')}?then={request.path}" if person is None else ""
    question = presenters.tie_question(here.family, name, tie, **here.words)
    return ask(request, make, question, act, initial=initial, template=FORM, also={"find": find})


@GET_AND_POST
def home(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """Somebody came to live with the children, or left."""
    here = _here(request, child_id)
    people = presenters.people_of(here.family)
    everybody = presenters.choices_of(people, here.today)
    children = presenters.choices_of([one for one in people if one.is_child], here.today)
    make = partial(HomeForm, today=here.today, people=everybody, children=children)

    def act(said: dict[str, Any]) -> str:
        person, home_of = UUID(said["person"]), [UUID(one) for one in said["children"]]
        if not here.records:
            return here.propose(presenters.home_words(said, here.family), [person, *home_of], said["source"])
        actions.record_home(
            children=home_of,
            person=person,
            step=said["step"],
            happened=said["happened"],
            source=said["source"],
            **here.by,
        )
        return f"{reverse('family', args=[child_id])}#home"

    question = presenters.home_question(here.family, **here.words)
    return ask(request, make, question, act, initial={"children": [str(child_id)]}, template=FORM)


@GET_AND_POST
def person(request: SignedInRequest, child_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody's sex, and that they died."""
    here = _here(request, child_id)
    if str(person_id) not in here.family.circle:
        raise Http404
    one = here.family.history.people[str(person_id)]
    make = partial(PersonForm, today=here.today)

    def act(said: dict[str, Any]) -> str:
        if not here.records:
            return here.propose(presenters.person_words(said, one.label), [person_id], said["source"])
        given = {name: said[name] for name in ("sex", "died", "source")}
        actions.record_person(person=person_id, born=one.born, **given, **here.by)
        return here.back()

    question = presenters.person_question(here.family, one.label, **here.words)
    return ask(request, make, question, act, initial={"sex": one.sex}, template=FORM)
