"""SQLite's table of files loses the hidden running number of each row; elsewhere nothing changes."""

from django.db import migrations

import portal.keys


class Migration(migrations.Migration):
    dependencies = [("files", "0002_text_and_notes")]

    operations = [
        migrations.AlterField("storedfile", "id", portal.keys.RandomUUIDField(serialize=False)),
    ]
