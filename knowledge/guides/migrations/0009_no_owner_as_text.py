"""The text that was an owner goes; its name stays, in the owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0008_texts_become_owners")]

    operations = [
        # Undone, it is filled from the owners: see the migration before.
        migrations.AlterField("guidepage", "owner_unit", models.CharField(default="", max_length=200)),
        migrations.RemoveField("guidepage", "owner_unit"),
    ]
