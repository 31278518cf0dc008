from django.db import migrations, models

ADMITTED = """
GRANT SELECT ON feeds_feedrow, sharing_protocol, sharing_admits TO onestory_detector;
DROP POLICY IF EXISTS detected ON feeds_feedrow;
CREATE POLICY detected ON feeds_feedrow FOR SELECT TO onestory_detector USING (true);
DROP POLICY IF EXISTS admitted ON history_entry;
CREATE POLICY admitted ON history_entry AS RESTRICTIVE FOR SELECT TO onestory_detector USING (
  NOT EXISTS (SELECT FROM feeds_feedrow r WHERE r.entry_id = history_entry.id)
  OR EXISTS (
    SELECT FROM sharing_protocol p JOIN sharing_admits a ON a.protocol_id = p.id,
      LATERAL (SELECT (history_entry.recorded_at AT TIME ZONE 'Europe/London')::date AS day) AS recorded
    WHERE p.agency_id = history_entry.agency_id AND a.kind = history_entry.kind AND a.info = 2
      AND p.approved_at IS NOT NULL AND p.from_on <= day AND (p.until_on IS NULL OR p.until_on >= day)
      AND (p.ended_on IS NULL OR p.ended_on > day)))
"""


class Migration(migrations.Migration):
    """The rules of the signals read an entry of a feed only where a protocol admitted its summary on that day."""

    dependencies = [
        ("feeds", "0004_titles_for_the_program_alone"),
        ("history", "0006_detection"),
        ("sharing", "0002_disclosures"),
    ]
    operations = [
        migrations.AddIndex("feedrow", models.Index(fields=["entry_id"], name="feed_row_of_entry")),
        migrations.RunSQL(ADMITTED, "DROP POLICY IF EXISTS admitted ON history_entry"),
    ]
