from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An agreement can end before its day: when, why, and who said so."""

    dependencies = [("plans", "0003_known_as"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            model_name="agreement",
            name="ended_on",
            field=models.DateField(
                help_text="Ended before its day, with a reason; else it stands until then.", null=True
            ),
        ),
        migrations.AddField(
            "agreement", "ended_because", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            model_name="agreement",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    models.Q(models.Q(("ended_because", ""), _negated=True), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="ended_agreement_says_why_and_who",
            ),
        ),
    ]
