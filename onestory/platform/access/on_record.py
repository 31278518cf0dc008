"""What is on record about one reader's reach: ties, denials and lists, read by one question at the beginning.

Plain SQL, since a page would otherwise wait for some twenty small questions before its first row. It asks none of the
database's own functions (reach.sql): the two readings of the table stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from onestory.platform.access.policy import Tie

_IN_FORCE = "made_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)"
_HOLDS = "since_at <= %(at)s AND (until_at IS NULL OR until_at > %(at)s)"
_MINE = "(user_id = %(user)s OR team_id = %(team)s)"
_QUESTION = f"""
WITH threat AS MATERIALIZED (
  SELECT h.person_id, h.alleged_id FROM access_threat h WHERE {_IN_FORCE}
), joined AS MATERIALIZED (
  SELECT person_id, grants_follow_id FROM access_recordmark WHERE person_id <> grants_follow_id
)
SELECT 'tie', person_id, NULL::uuid, kind::text, second_person_id IS NOT NULL FROM (
    SELECT * FROM access_tie WHERE user_id = %(user)s
    UNION ALL SELECT * FROM access_tie WHERE team_id = %(team)s
    UNION ALL SELECT * FROM access_tie WHERE agency_id = %(agency)s AND kind = ANY (%(kinds)s::text[])) AS t
  WHERE {_HOLDS} AND (%(among)s::uuid[] IS NULL OR person_id = ANY (%(among)s::uuid[]))
UNION ALL SELECT 'joined', person_id, grants_follow_id, '', false FROM joined
UNION ALL SELECT 'threat', h.person_id, h.alleged_id, '', false FROM threat h WHERE EXISTS (
  SELECT FROM access_tie t WHERE (t.user_id = %(user)s OR t.team_id = %(team)s OR t.agency_id = %(agency)s)
    AND t.since_at <= %(at)s AND (t.until_at IS NULL OR t.until_at > %(at)s)
    AND t.person_id IN (SELECT h.alleged_id
      UNION ALL SELECT j.person_id FROM joined j WHERE j.grants_follow_id = h.alleged_id
      UNION ALL SELECT j.grants_follow_id FROM joined j WHERE j.person_id = h.alleged_id))
UNION ALL SELECT 'listed', person_id, NULL, '', false FROM access_listing WHERE {_MINE} AND {_IN_FORCE}
UNION ALL SELECT 'protected', person_id, NULL, '', false FROM access_locationprotection WHERE {_IN_FORCE}
UNION ALL SELECT 'conflict', person_id, NULL, '', false FROM access_conflict
  WHERE user_id = %(user)s AND declared_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)
UNION ALL SELECT 'sealed', s.person_id, NULL, '', EXISTS (
    SELECT FROM access_sealname n WHERE n.seal_id = s.id AND {_MINE} AND {_IN_FORCE})
  FROM access_seal s WHERE {_IN_FORCE}
UNION ALL SELECT 'basis', person_id, NULL, '', false FROM access_carehistorybasis
  WHERE agency_id = %(agency)s AND {_IN_FORCE}
UNION ALL SELECT 'wish', person_id, NULL, '', false FROM access_carehistorywish
  WHERE (agency_id = %(agency)s OR agency_id IS NULL) AND {_IN_FORCE}
UNION ALL SELECT 'address_held', person_id, NULL, '', false FROM access_addressheld
  WHERE agency_id = %(agency)s AND {_IN_FORCE}
UNION ALL (SELECT DISTINCT ON (entry_id) 'shared', entry_id, NULL, at_most::text, false FROM access_sharedecision
  WHERE (to_agency_id = %(agency)s OR to_agency_id IS NULL) AND {_IN_FORCE}
  ORDER BY entry_id, to_agency_id IS NULL)
"""


class Held(NamedTuple):
    """One tie of the reader, their team or their agency: to whom, of which kind, and whether two people opened it."""

    person: UUID
    kind: str
    approved: bool


@dataclass(frozen=True)
class OnRecord:
    """What holds for one reader at one instant. ``of(name)`` : the people of a protection or a list.

    ``ties`` : all but that the agency holds a record, which is asked only where it opens something. ``threats`` : who
    is threatened by whom, of those by whom the reader has any tie to the alleged one. ``joined`` : pairs that a join
    which nobody has confirmed yet holds to be the same. ``at_most`` : by entry, the level to which its source lets the
    reader's agency see it.
    """

    ties: tuple[Held, ...]
    threats: tuple[tuple[UUID, UUID], ...]
    joined: tuple[tuple[UUID, UUID], ...]
    at_most: dict[UUID, int]
    people: dict[str, frozenset[UUID]]

    def of(self, name: str) -> frozenset[UUID]:
        """The people of: listed, protected, conflict, sealed, unsealed, basis, wish, address_held."""
        return self.people.get(name, frozenset())


KINDS = [tie.value for tie in Tie if tie not in (Tie.NONE, Tie.AGENCY)]


def on_record(
    *, user_id: UUID, team_id: UUID, agency_id: UUID, at: dt.datetime, among: frozenset[UUID] | None
) -> OnRecord:
    """Ask for all of it. ``among`` : ties to these people only; denials are never narrowed (ADR 0010)."""
    asked: dict[str, Any] = {"user": user_id, "team": team_id, "agency": agency_id, "at": at, "kinds": KINDS}
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, {**asked, "among": None if among is None else list(among)})
        found = defaultdict[str, list[Any]](list)
        for what, *row in cursor.fetchall():
            found[what].append(row)
    found["unsealed"] = [row for row in found["sealed"] if row[3]]
    return OnRecord(
        ties=tuple(Held(person, kind, approved) for person, _, kind, approved in found.pop("tie", ())),
        threats=tuple((person, alleged) for person, alleged, _, _ in found.pop("threat", ())),
        joined=tuple((one, other) for one, other, _, _ in found.pop("joined", ())),
        at_most={entry: int(level) for entry, _, level, _ in found.pop("shared", ())},
        people={name: frozenset(person for person, *_ in rows) for name, rows in found.items()},
    )
