"""Keys of searches in vain are drawn by chance: they told the order of a day's searches."""

from django.db import migrations

import portal.keys
from portal.renumbering import renumber


def draw_keys(apps, schema_editor):
    renumber(schema_editor, "curation_missedsearch")


class Migration(migrations.Migration):
    dependencies = [("curation", "0001_synonyms_and_missed_searches")]

    operations = [
        migrations.AlterField("missedsearch", "id", portal.keys.RandomKeyField(serialize=False)),
        migrations.RunPython(draw_keys),
    ]
