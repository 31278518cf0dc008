from itertools import batched

from django.db import migrations

from onestory.arrive.matching.searching.keys import VERSION, Stated, keys_of
from onestory.arrive.matching.searching.name_tokens import name_words
from onestory.platform.database.own_sql import OwnSql

RECORDS = """
SELECT r.id, r.label, r.given_name, r.family_name, r.born, r.nhs_number, r.upn, r.number
FROM people_agencyrecord r LEFT JOIN matching_recordinsearch s ON s.record_id = r.id WHERE s.record_id IS NULL
"""
TAKEN_IN = """
INSERT INTO matching_recordinsearch (record_id, info, agency_id, keys, version, keyed_at, matched_at)
SELECT r.id, 1, r.agency_id,
  CASE WHEN p.is_child THEN ARRAY['=' || m.mark, m.mark::text] ELSE ARRAY['=' || m.mark] END, %s, now(), NULL
FROM people_agencyrecord r JOIN people_person p ON p.id = r.person_id
JOIN access_recordmark m ON m.record_id = r.id ON CONFLICT DO NOTHING
"""


def give_keys(_table_of, schema_editor):
    """Records that were there before have keys too. Each of them waits to be compared (the sweep finds them)."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL onestory.owner_reads = 'yes'")
        cursor.execute(RECORDS)
        for rows in batched(cursor.fetchall(), 2_000):
            keys = [
                (one.number, row[0], one.kind)
                for row in rows
                for one in keys_of(Stated((name_words(row[2], row[3], row[1]),), *row[4:]))
            ]
            cursor.executemany(
                "INSERT INTO matching_searchkey (key, record_id, kind) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", keys
            )
        cursor.execute(TAKEN_IN, [VERSION])
        cursor.execute("SET LOCAL onestory.owner_reads = 'no'")


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_guards_and_finding")]
    operations = [OwnSql(give_keys)]
