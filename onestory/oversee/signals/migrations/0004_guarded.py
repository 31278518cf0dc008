import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from onestory.oversee.signals import guards
from onestory.platform.access.guarding import (
    CLASSES,
    guard_by_entry,
    guard_by_row,
    guard_table,
    only_for_keeper,
    without_triggers,
)

INFO = models.PositiveSmallIntegerField(choices=CLASSES, default=0, editable=False)
KEYS = django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, editable=False)
HELD_BY = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    editable=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    to="agencies.agency",
)
HOLDER = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "agencies.agency",
    "help_text": "Who holds it.",
}
OF_ALERT = ("alertchild", "asking", "askingreason", "askingentry", "answer")
# Alerts that are there already get the strictest class of what any of their asks rests on.
FILL_IN = without_triggers(
    "signals_alert",
    "UPDATE signals_alert a SET agency_id = t.agency_id FROM agencies_team t WHERE t.id = a.team_id",
    "UPDATE signals_alert a SET is_over = c.is_over FROM signals_circle c WHERE c.id = a.circle_id",
    "UPDATE signals_alert a SET info = coalesce((SELECT max(CASE WHEN h.entry_id IS NOT NULL THEN greatest(5, e.info)"
    " WHEN e.info = 3 THEN 2 ELSE e.info END) FROM signals_asking k JOIN signals_askingentry x ON x.asking_id = k.id"
    " JOIN history_entry e ON e.id = x.entry_id LEFT JOIN history_entrycarehistory h ON h.entry_id = e.id"
    " WHERE k.alert_id = a.id), 2), keys = ARRAY(SELECT DISTINCT key FROM signals_alertchild c"
    " JOIN access_recordmark m ON m.person_id = c.child_id, unnest(ARRAY[m.mark::text]) AS key"
    " WHERE c.alert_id = a.id)",
)


class Migration(migrations.Migration):
    """An alert is known only to those who may know of what it rests on, and shows each reader what that reader may see."""

    dependencies = [("signals", "0003_histories_that_are_over"), ("history", "0004_guarded")]
    operations = [
        migrations.AddField(
            "alert",
            "is_over",
            models.BooleanField(default=False, help_text="Its circle's history is over: nobody owes an answer."),
        ),
        migrations.AddField(
            "alert",
            "info",
            models.PositiveSmallIntegerField(
                choices=CLASSES, default=2, editable=False, help_text="Class of information."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "alert",
            "keys",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False, help_text="Whom it is about, by mark."
            ),
        ),
        migrations.AddField("alert", "agency", models.ForeignKey(null=True, **HOLDER)),
        *(
            migrations.AddField(model, name, field)
            for model in OF_ALERT
            for name, field in (("info", INFO), ("keys", KEYS), ("held_by", HELD_BY))
        ),
        migrations.RunSQL([(statement, None) for statement in FILL_IN], migrations.RunSQL.noop),
        migrations.AlterField("alert", "agency", models.ForeignKey(**HOLDER)),
        guard_table(guards.ALERT),
        guard_by_row(guards.CHILD, column="alert_id", of="signals_alert", holder="agency_id"),
        guard_by_row(guards.ASKING, column="alert_id", of="signals_alert", holder="agency_id"),
        guard_by_row(guards.REASON, column="asking_id", of="signals_asking"),
        guard_by_row(guards.ANSWER, column="asking_id", of="signals_asking"),
        guard_by_entry(guards.CITED),
        only_for_keeper("signals_circle"),
        only_for_keeper("signals_circlechild"),
    ]
