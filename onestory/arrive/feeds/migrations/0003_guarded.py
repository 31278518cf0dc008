from django.db import migrations

from onestory.arrive.feeds.incoming.guards import guards


class Migration(migrations.Migration):
    """Who sees what of a feed."""

    dependencies = [("feeds", "0002_feeds_of_agencies"), ("access", "0007_keeper"), ("notices", "0002_guarded")]
    operations = guards()
