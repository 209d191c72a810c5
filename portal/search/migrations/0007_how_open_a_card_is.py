"""
How open a card is, so that it is new again when it is opened.

The column is added by a statement of our own: Django would copy the table on SQLite, which loses
its triggers and takes minutes.
"""

from django.db import migrations, models
from django.db.models import F


def say_how_open_they_are(apps, schema_editor):
    """As `cards.py` does, from what the sets of facets say."""
    cards = apps.get_model("search", "Card").objects
    cards.filter(facet_set__visible_to="public").update(openness=2)
    sets = apps.get_model("search", "FacetSet").objects.values_list("pk", "terms")
    for pk in [pk for pk, terms in sets if "open" in terms.get("phase", ())]:
        cards.filter(facet_set=pk).update(openness=F("openness") + 1)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_when_words_were_counted")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE search_card ADD COLUMN openness smallint DEFAULT 0 NOT NULL",
                    "ALTER TABLE search_card DROP COLUMN openness",
                )
            ],
            [migrations.AddField("card", "openness", models.SmallIntegerField(db_default=0))],
        ),
        migrations.RunPython(say_how_open_they_are, migrations.RunPython.noop),
    ]
