import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from onestory.platform.access.guarding import guard_by_entry, guard_table, without_triggers
from onestory.platform.access.policy import InfoClass
from onestory.platform.append_only import revoke_changes
from onestory.platform.history import guards
from onestory.platform.history.classes import OF_RESTRICTION, PLANS_AND_DUTIES
from onestory.platform.people.guards import HOUSEHOLD_MEMBER, RECORD, RELATIONSHIP

_PLANS = ", ".join(f"'{kind}'" for kind in sorted(PLANS_AND_DUTIES))
_RESTRICTED = " ".join(f"WHEN '{code}' THEN {info.number}" for code, info in OF_RESTRICTION.items())
FILL_IN = (
    *without_triggers(
        "history_entry",
        f"UPDATE history_entry e SET info = CASE e.restricted {_RESTRICTED} ELSE"
        f" CASE WHEN e.kind IN ({_PLANS}) THEN 3 ELSE 2 END END, keys = access_keys_for("
        "ARRAY(SELECT DISTINCT p.record_id FROM history_entryperson p WHERE p.entry_id = e.id))",
    ),
    *without_triggers(
        "history_entryperson",
        "UPDATE history_entryperson p SET known_on = e.known_on, position = e.position"
        " FROM history_entry e WHERE e.id = p.entry_id",
    ),
    "INSERT INTO history_entrylocationheld (entry_id, info, keys) SELECT entry_id, 7, '{}' FROM history_entrylocation",
    # Restrictions that would tell by themselves what they hide are kept beside what they hide.
    *without_triggers(
        "history_entrylocation",
        "UPDATE history_entrylocation t SET restricted = true"
        " FROM history_entry e WHERE e.id = t.entry_id AND e.restricted = 'address'",
    ),
    *without_triggers(
        "history_entryreporter",
        "UPDATE history_entryreporter t SET restricted = true"
        " FROM history_entry e WHERE e.id = t.entry_id AND e.restricted = 'reporter_identity'",
    ),
    *without_triggers(
        "history_entry",
        "UPDATE history_entry SET restricted = '' WHERE restricted IN ('address', 'reporter_identity')",
    ),
)


class Migration(migrations.Migration):
    """Entries, what belongs to them and whom they name: under row-level security."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("history", "0003_from_the_start"),
        ("people", "0004_guarded"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryLocationHeld",
            fields=[
                (
                    "info",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "index"),
                            (2, "chronology"),
                            (3, "plans"),
                            (4, "source_detail"),
                            (5, "care_history"),
                            (6, "reporter"),
                            (7, "location"),
                            (8, "sealed"),
                            (9, "legal"),
                        ],
                        default=0,
                        editable=False,
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, editable=False
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="location_held",
                        serialize=False,
                        to="history.entry",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=2,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrycarehistory",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrycarehistory",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrycarehistory",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrycarehistory",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entrylegaladvice",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrylegaladvice",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrylegaladvice",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrylegaladvice",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entrylocation",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrylocation",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrylocation",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrylocation",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entryperson",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entryperson",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entryperson",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entryperson",
            name="known_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="entryperson",
            name="position",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entryreporter",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entryreporter",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entryreporter",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entryreporter",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entrysourcedetail",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrysourcedetail",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrysourcedetail",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrysourcedetail",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entrytext",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrytext",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrytext",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AddField(
            model_name="entrytext",
            name="restricted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="entrytold",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.AddField(
            model_name="entrytold",
            name="info",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "index"),
                    (2, "chronology"),
                    (3, "plans"),
                    (4, "source_detail"),
                    (5, "care_history"),
                    (6, "reporter"),
                    (7, "location"),
                    (8, "sealed"),
                    (9, "legal"),
                ],
                default=0,
                editable=False,
            ),
        ),
        migrations.AddField(
            model_name="entrytold",
            name="keys",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="restricted",
            field=models.CharField(
                blank=True,
                choices=[
                    ("care_history", "care_history"),
                    ("adult_mental_health", "adult_mental_health"),
                    ("reporter_identity", "reporter_identity"),
                    ("address", "address"),
                    ("legal", "legal"),
                ],
                help_text="Only where the class of the entry hides it too; else the part says so that holds the words.",
                max_length=30,
            ),
        ),
        migrations.AddIndex(
            model_name="entryperson",
            index=models.Index(fields=["record", "-known_on", "-position"], name="latest_entries_of_a_record"),
        ),
        migrations.AddField(
            model_name="entrylocationheld",
            name="held_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entrylocationheld",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="91d48069111d0b0cc220242317b68d685ef14de6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6dd86",
                    table="history_entrylocationheld",
                    when="BEFORE",
                ),
            ),
        ),
        revoke_changes("history.EntryLocationHeld"),
        migrations.RunSQL([(statement, None) for statement in FILL_IN], migrations.RunSQL.noop),
        guard_table(guards.ENTRY),
        guard_by_entry(guards.PERSON),
        guard_by_entry(guards.TOLD),
        guard_by_entry(guards.TEXT),
        guard_by_entry(guards.LOCATION_HELD, InfoClass.LOCATION),
        *(guard_by_entry(guarded, info) for info, guarded in guards.PARTS.items()),
        guard_by_entry(HOUSEHOLD_MEMBER),
        guard_table(RELATIONSHIP),
        guard_table(RECORD),
    ]
