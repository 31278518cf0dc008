"""Finding a person in a register of 100,000 (`FIND_RECORDS` sets another size), beside the bare look-up in the index.

Questions are a name with a birth date, a postcode or an NHS number, in either order of the name, with no error and with
two. Asked is what a page asks: `find_people`, by somebody at the front door, row-level security and all. After them the
pages that somebody opens every day whose agency knows a twentieth of all these people.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Iterable, Iterator
from uuid import UUID

from tests.bench._database import own_database, processor_seconds, spread
from tests.bench._invented_register import SETS, Held, held, question
from tests.unit.arrive.matching.register import Register

MANY = int(os.environ.get("FIND_RECORDS", "100000"))
QUESTIONS = int(os.environ.get("FIND_QUESTIONS", "300"))
KEPT_IN = os.environ.get("FIND_FOLDER", "")
"""A folder whose database is kept: the first run loads it, later ones with as many records only ask."""
AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
AGENCIES = 20
_SEED = 20260302


# What is done for each record one by one in earnest, done here for all at once.
_AS_THE_TRIGGERS_WOULD = (
    "INSERT INTO access_recordmark (record_id, person_id, home_id, grants_follow_id, was_adult)"
    " SELECT r.id, p.id, p.id, p.id, NOT p.is_child"
    " FROM people_agencyrecord r JOIN people_person p ON p.id = r.person_id",
    "UPDATE people_agencyrecord r SET keys = CASE WHEN p.is_child THEN ARRAY[m.mark::text, '=' || m.mark]"
    " ELSE ARRAY['=' || m.mark] END FROM access_recordmark m, people_person p"
    " WHERE m.record_id = r.id AND p.id = r.person_id",
    "INSERT INTO access_tie (id, person_id, agency_id, kind, because, since_at)"
    " SELECT gen_random_uuid(), person_id, agency_id, 'agency', 'known', recorded_at FROM people_agencyrecord",
)


def _ids(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 64) + number)


def _load(people: Iterable[Held], owner: object, agencies: list[UUID]) -> None:
    """Straight into the tables, as a bulk load does, with the triggers that the tables have."""
    from psycopg import Connection

    from onestory.arrive.matching.searching.keys import VERSION

    assert isinstance(owner, Connection)
    for table in ("people_agencyrecord", "matching_searchkey", "matching_recordinsearch"):
        # Rows cannot be copied under row-level security; this database is thrown away afterwards.
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    owner.execute("ALTER TABLE people_agencyrecord DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE matching_searchkey DROP CONSTRAINT matching_searchkey_pkey")
    started = time.perf_counter()
    with owner.cursor() as cursor:
        people = list(people)
        with cursor.copy("COPY people_person (id, is_child, since_at) FROM STDIN") as rows:
            for one in people:
                rows.write_row((_ids(1, one.number), one.who.born.year > 2007, AT))
        with cursor.copy(
            "COPY people_agencyrecord (id, person_id, agency_id, number, label, given_name, family_name, born, sex,"
            " nhs_number, upn, recorded_at, info, keys) FROM STDIN"
        ) as rows:
            for one in people:
                rows.write_row(
                    (
                        _ids(2, one.number), _ids(1, one.number), agencies[one.number % AGENCIES], str(one.number),
                        "", one.who.given, one.who.surname, one.who.born.isoformat(), one.who.sex, one.who.nhs_number,
                        "", AT, 1, [],
                    )
                )  # fmt: skip
        for statement in _AS_THE_TRIGGERS_WOULD:
            owner.execute(statement)
        written = time.perf_counter()
        keys = 0
        with cursor.copy("COPY matching_searchkey (key, record_id, kind) FROM STDIN") as rows:
            for one in people:
                for key in _keys(one):
                    rows.write_row((key.number, _ids(2, one.number), int(key.kind)))
                    keys += 1
        owner.execute(
            "INSERT INTO matching_recordinsearch (record_id, info, agency_id, keys, version, keyed_at, matched_at)"
            " SELECT id, 1, agency_id, keys, %s, recorded_at, recorded_at FROM people_agencyrecord",
            [VERSION],
        )
        owner.execute("ALTER TABLE matching_searchkey ADD PRIMARY KEY (key, record_id)")
        owner.execute("ALTER TABLE people_agencyrecord ENABLE TRIGGER USER")
        owner.execute("ANALYZE")
        sizes = (
            "pg_size_pretty(pg_table_size('matching_searchkey')), pg_size_pretty(pg_indexes_size('matching_searchkey'))"
        )
        table, indexes = owner.execute(f"SELECT {sizes}").fetchone() or ("", "")
        print(f"Find: keys take {table}, their index {indexes}")
    print(
        f"Find: {len(people):,} records, {keys:,} keys ({keys / len(people):.1f} each); records written in"
        f" {written - started:.0f} s, keys in {time.perf_counter() - written:.0f} s",
        flush=True,
    )


def _keys(one: Held) -> Iterator:
    from onestory.arrive.matching.searching.keys import Stated, keys_of
    from onestory.arrive.matching.searching.name_tokens import name_words

    yield from keys_of(
        Stated(
            (name_words(one.who.given, one.who.surname),),
            one.who.born.isoformat(),
            one.who.nhs_number,
            local_number=str(one.number),
            postcodes=tuple(home.postcode for home in one.homes),
            phones=(one.homes[0].phone,),
        )
    )


def _agencies() -> list[UUID]:
    from onestory.platform.agencies.models import Agency, Team

    made = [Agency.objects.create(name=f"Agency {number}", sector="health") for number in range(AGENCIES)]
    for agency in made:
        Team.objects.create(agency=agency, name="Duty", answers_for_agency=True)
    return [agency.id for agency in made]


def _post(agency: UUID):
    from onestory.platform.access.models import User
    from onestory.platform.agencies.models import Membership, Team

    user = User.objects.create(username="amina", display_name="Amina")
    team = Team.objects.get(agency=agency)
    return Membership.objects.create(user=user, team=team, role="duty_social_worker", since_on=AT.date())


def _ask(post, people: list[Held], which: str, errors: int) -> None:
    from django.db import connection, transaction

    from onestory.arrive.matching.finding import find_people
    from onestory.arrive.matching.searching.sought import keys_to_look_up, read_question
    from onestory.platform.access.reading_as import read_as

    pick = random.Random(f"{which} {errors}")
    asked = [(one, question(one, which, errors, pick)) for one in pick.choices(people, k=QUESTIONS)]
    whole, busy, bare, first, ten = [], [], [], 0, 0
    for one, text in asked:
        with transaction.atomic():
            sight = read_as(post, at=AT, purpose="Deciding a new concern")
            started, used = time.perf_counter(), processor_seconds()
            found = [answer.person_id for answer in find_people(sight, text)]
            whole.append(time.perf_counter() - started)
            busy.append(processor_seconds() - used)
        first, ten = first + (found[:1] == [_ids(1, one.number)]), ten + (_ids(1, one.number) in found[:10])
        numbers = [key.key.number for key in keys_to_look_up(read_question(text))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE onestory_keeper")
            started = time.perf_counter()
            cursor.execute("SELECT count(*) FROM matching_searchkey WHERE key = ANY(%s)", [numbers])
            cursor.fetchall()
            bare.append(time.perf_counter() - started)
    said = f"name and {which}" if which != "name alone" else which
    print(f"  {said}, {errors} errors: first {first / len(asked):.3f}, in the first ten {ten / len(asked):.3f}")
    print(f"      asked and answered  {spread(whole)}   busy {sum(busy) / len(busy) * 1000:.0f} ms on average")
    print(f"      bare index look-up  {spread(bare)}", flush=True)


def _pages(post) -> None:
    """Lists of somebody whose agency knows very many people; each page ten times, the first time not counted."""
    from django.test import Client, override_settings

    known = MANY // AGENCIES
    with override_settings(DEMO=True, ALLOWED_HOSTS=["testserver"]):  # signed in without a second proof
        client = Client()
        client.force_login(post.user)
        for path in ("/", "/duty", "/families", "/families?name=nobody"):
            times = []
            for _ in range(11):
                started = time.perf_counter()
                assert client.get(path).status_code == 200
                times.append(time.perf_counter() - started)
            print(f"  {path}, the agency knows {known:,} people: {spread(times[1:])}", flush=True)


def _measure() -> None:
    from django.db import connections

    from onestory.platform.agencies.models import Membership
    from onestory.platform.database.roles import OWNER

    people = list(held(Register(_SEED), MANY))
    post = Membership.objects.first()
    if post is None:
        agencies = _agencies()
        post = _post(agencies[0])
        with connections["owner"].cursor() as cursor:
            assert cursor.connection.info.user == OWNER
            _load(people, cursor.connection, agencies)
    for errors in (0, 2):
        for which in SETS:
            _ask(post, people, which, errors)
    _pages(post)


if __name__ == "__main__":
    with own_database(kept_in=KEPT_IN):
        _measure()
