"""
The language of a response is told as its group is: without a name, where enough others share it.

Of what was published without a name before, none is told until the next publication or retirement
in its consultation reckons anew. Its entries in the record still cover the language.
"""

import portal.taxonomy.fields
from django.db import migrations, models


def tell_of_named(apps, schema_editor):
    copies = apps.get_model("publication", "PublicCopy").objects
    copies.exclude(display_name="").filter(retired_on=None).update(
        shown_language=models.F("language")
    )
    copies.filter(display_name="").exclude(record_leaf="").update(entry_has_language=True)


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_name_entries_by_leaf")]

    operations = [
        migrations.AddField(
            "publiccopy",
            "shown_language",
            portal.taxonomy.fields.TermField("language", blank=True, max_length=32),
        ),
        migrations.AddField(
            "publiccopy",
            "entry_has_language",
            models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(tell_of_named, migrations.RunPython.noop),
    ]
