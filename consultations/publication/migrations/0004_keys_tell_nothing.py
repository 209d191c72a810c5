"""Keys of public copies are drawn by chance, instead of counting up."""

from django.db import migrations

import portal.keys
from portal.renumbering import renumber

WITH_KEYS = ("publiccopy", "answeredquestion")


def draw_keys(apps, schema_editor):
    for name in WITH_KEYS:
        renumber(schema_editor, f"publication_{name}")


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_languages_that_may_be_told")]

    operations = [
        *(
            migrations.AlterField(name, "id", portal.keys.RandomKeyField(serialize=False))
            for name in WITH_KEYS
        ),
        migrations.RunPython(draw_keys),
    ]
