import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onestory.platform.access.guarding import CLASSES, without_triggers
from onestory.platform.access.row_level import functions

# The keys of what an agency holds about one person are made before the record, with the number that it will have.
OF_RECORDS = """
CREATE OR REPLACE FUNCTION guard_people_agencyrecord() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE mark text := nextval(pg_get_serial_sequence('access_recordmark', 'mark'))::text;
BEGIN
  NEW.info := 1;
  NEW.keys := CASE WHEN (SELECT is_child FROM people_person WHERE id = NEW.person_id)
    THEN ARRAY[mark, '=' || mark] ELSE ARRAY['=' || mark] END;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER guard_by_row BEFORE INSERT ON people_agencyrecord
  FOR EACH ROW EXECUTE FUNCTION guard_people_agencyrecord();
"""
OF_RELATIONSHIPS = """
CREATE OR REPLACE FUNCTION guard_people_relationship() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM set_config('onestory.owner_reads', 'yes', true);
  NEW.info := 1;
  NEW.held_by_id := coalesce(NEW.by_id, (SELECT agency_id FROM people_agencyrecord WHERE id = NEW.person_id));
  NEW.keys := access_keys_for(ARRAY[NEW.person_id, NEW.of_id]);
  PERFORM set_config('onestory.owner_reads', 'no', true);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER guard_by_row BEFORE INSERT ON people_relationship
  FOR EACH ROW EXECUTE FUNCTION guard_people_relationship();
"""
FILL_IN = (
    *without_triggers(
        "people_agencyrecord",
        "UPDATE people_agencyrecord r SET info = 1,"
        " keys = CASE WHEN p.is_child THEN ARRAY[m.mark::text, '=' || m.mark] ELSE ARRAY['=' || m.mark] END"
        " FROM access_recordmark m, people_person p WHERE m.record_id = r.id AND p.id = r.person_id",
        "INSERT INTO access_tie (id, person_id, agency_id, kind, because, since_at)"
        " SELECT gen_random_uuid(), person_id, agency_id, 'agency', 'known', least(min(recorded_at), now())"
        " FROM people_agencyrecord GROUP BY person_id, agency_id ON CONFLICT DO NOTHING",
    ),
    *without_triggers(
        "people_relationship",
        "UPDATE people_relationship t SET info = 1, keys = access_keys_for(ARRAY[t.person_id, t.of_id]),"
        " held_by_id = coalesce(t.by_id, r.agency_id) FROM people_agencyrecord r WHERE r.id = t.person_id",
    ),
)
INFO = models.PositiveSmallIntegerField(choices=CLASSES, default=0, editable=False)
KEYS = django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False, size=None)
HELD_BY = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    editable=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    to="agencies.agency",
)


class Migration(migrations.Migration):
    """What agencies hold about people, and who belongs to whom, knows its class and keys. The guard is in history."""

    dependencies = [("people", "0003_couples"), ("access", "0007_keeper")]
    operations = [
        migrations.AddField(
            "agencyrecord", "info", models.PositiveSmallIntegerField(choices=CLASSES, default=1, editable=False)
        ),
        migrations.AddField("agencyrecord", "keys", KEYS),
        *(
            migrations.AddField(model, name, field)
            for model in ("relationship", "householdmember")
            for name, field in (("info", INFO), ("keys", KEYS), ("held_by", HELD_BY))
        ),
        migrations.RunSQL(functions() + OF_RECORDS + OF_RELATIONSHIPS, migrations.RunSQL.noop),
        migrations.RunSQL([(statement, None) for statement in FILL_IN], migrations.RunSQL.noop),
    ]
