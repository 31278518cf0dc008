"""Applications, tenancies and moves: all writes. A move hands the family over to those who receive it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from onestory.help.housing import policies
from onestory.help.housing.models import Home
from onestory.platform.access.facts import TeamAnswers
from onestory.platform.access.guarding import keys_for
from onestory.platform.access.keeping import keeping
from onestory.platform.access.models import User
from onestory.platform.access.policy import InfoClass
from onestory.platform.access.settling import begin_ties
from onestory.platform.agencies.models import Team
from onestory.platform.history.actions import record_entry
from onestory.platform.history.dates import day
from onestory.platform.history.models import Entry
from onestory.platform.notices.actions import send_notice
from onestory.platform.people.models import AgencyRecord
from onestory.platform.ui.wording import day_words


@transaction.atomic
def record_home(
    record: AgencyRecord,
    *,
    sort: str,
    since_on: dt.date,
    for_the_child: str,
    insecure: bool,
    children: Sequence[AgencyRecord] = (),
    team: Team,
    by: User,
    at: dt.datetime,
) -> Home:
    """Say that somebody has applied for a home, or is a tenant (T4.7). What stood there before ends the same day.

    ``insecure``: the home may be lost or there is none; rules read it as a need. Raises CannotKeep.
    """
    today = timezone.localdate(at)
    policies.check_home(sort=sort, since_on=since_on, for_the_child=for_the_child, today=today)
    with keeping():
        before = Home.objects.select_for_update().filter(record__person=record.person_id, team=team, until_on=None)
        placed: dict[str, Any] = dict(before.values("placed", "placed_on").first() or {})
        before.update(until_on=today)
        about = [record, *children]
        text = f"{Home.Sort(sort).label} ({team}) since {day_words(since_on)}. {for_the_child}"
        factors = frozenset({"housing_insecurity"} if insecure else ())
        return Home.objects.create(
            record=record,
            sort=sort,
            team=team,
            since_on=since_on,
            for_the_child=for_the_child,
            entry=_entry("observation", about, {}, text, team, today, by, at, factors=factors),
            by=by,
            recorded_at=at,
            info=InfoClass.PLANS.number,
            agency_id=team.agency_id,
            keys=keys_for([record.id]),
            **placed,
        )


@transaction.atomic
def record_move(
    *,
    about: Sequence[AgencyRecord],
    on: dt.date,
    outside: bool,
    area: str,
    words: str,
    teams: Sequence[Team],
    why_nobody: str,
    team: Team,
    by: User,
    at: dt.datetime,
) -> Entry:
    """Say that these people have moved, and hand them over to the teams that receive them (P6; T3.3, T3.5).

    ``area``: where to, in words; it is kept as a place, which few may see. Raises CannotKeep.
    """
    today = timezone.localdate(at)
    policies.check_move(on=on, today=today, outside=outside, area=area, teams=teams, why_nobody=why_nobody)
    with keeping():
        own = {"to_area": area} if outside else {}
        said = "Moved out of the area." if outside else "Moved within the area."
        nobody = f" Nobody can be told yet: {why_nobody}" if not teams else ""
        move = _entry("move", about, own, f"{said} {words}{nobody}".strip(), team, on, by, at, weight="key")
        where = Home.Placed.OUTSIDE if outside else Home.Placed.INSIDE
        people = [one.person_id for one in about]
        Home.objects.filter(record__person__in=people, until_on=None).update(placed=where, placed_on=on)
        if teams:
            _hand_over(move, about, teams, words, team, by=by, at=at)
    return move


@transaction.atomic
def hand_over_move(
    move: Entry,
    *,
    about: Sequence[AgencyRecord],
    teams: Sequence[Team],
    words: str,
    team: Team,
    by: User,
    at: dt.datetime,
) -> Entry:
    """Hand over a family that moved earlier, once it is known who receives it (P6). Raises CannotKeep."""
    if not teams:
        raise policies.CannotKeep("teams", "Select who takes over")
    with keeping():
        return _hand_over(move, about, teams, words, team, by=by, at=at)


def _hand_over(
    move: Entry,
    about: Sequence[AgencyRecord],
    teams: Sequence[Team],
    words: str,
    team: Team,
    *,
    by: User,
    at: dt.datetime,
) -> Entry:
    """The notice in the chronology, one in each team's inbox, and the teams' access: they answer for the family now."""
    agencies = tuple(dict.fromkeys(str(one.agency_id) for one in teams))
    own = {"to": agencies, "stage": "sent", "of": f"move {move.id}"}
    text = f"Handed over to {', '.join(map(str, teams))}. {words}".strip()
    entry = _entry("notice", about, own, text, team, timezone.localdate(at), by, at)
    people = [str(one.person_id) for one in about]
    for receiving in teams:
        begin_ties(facts=[TeamAnswers(since=at, team=str(receiving.id), person=one) for one in people], by=by, at=at)
        child = next((one for one in about if one.person.is_child), about[0])
        send_notice(
            to_team=receiving,
            from_team=team,
            about=about,
            kind="move",
            words=words or "They have moved, and you answer for them now.",
            address=f"/children/{child.person_id}",
            entry=entry,
            by=by,
            at=at,
        )
    return entry


def _entry(
    kind: str,
    about: Sequence[AgencyRecord],
    own: dict[str, Any],
    text: str,
    team: Team,
    on: dt.date,
    by: User,
    at: dt.datetime,
    **more: Any,
) -> Entry:
    return record_entry(
        agency=team.agency_id,
        kind=kind,
        happened=day(on),
        known=day(timezone.localdate(at)),
        about=tuple(one.id for one in about),
        own=own,
        text=text,
        by=by,
        at=at,
        **more,
    )
