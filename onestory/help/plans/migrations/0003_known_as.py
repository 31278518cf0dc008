from django.db import migrations, models

import onestory.platform.identifiers


class Migration(migrations.Migration):
    """Whose record it was: a team in the plan without a tie to the child sees no agency's record."""

    dependencies = [("plans", "0002_guarded")]
    operations = [
        migrations.AddField(
            model_name="planchild",
            name="known_as",
            field=models.UUIDField(
                default=onestory.platform.identifiers.new_id,
                help_text="The person whom the record was of when the plan was drawn up.",
            ),
            preserve_default=False,
        ),
    ]
