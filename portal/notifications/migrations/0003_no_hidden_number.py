"""SQLite's tables of mail lose the hidden running number of each row; elsewhere nothing changes."""

from django.db import migrations

import portal.keys


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_sealed_whole")]

    operations = [
        migrations.AlterField("confirmation", "id", portal.keys.RandomUUIDField(serialize=False)),
        migrations.AlterField("message", "id", portal.keys.RandomUUIDField(serialize=False)),
    ]
