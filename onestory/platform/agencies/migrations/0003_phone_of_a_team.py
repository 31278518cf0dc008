from django.db import migrations, models


class Migration(migrations.Migration):
    """A team's phone, which colleagues of other agencies ring."""

    dependencies = [("agencies", "0002_changes")]

    operations = [
        migrations.AddField(
            model_name="team",
            name="phone",
            field=models.CharField(blank=True, help_text="Of the team, never of one person alone.", max_length=40),
        ),
    ]
