"""
Titles and summaries in languages that a card is not in.

Added by a statement of our own: Django would copy the table on SQLite, which loses its triggers.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0008_nothing_of_when_a_card_was_written")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE search_card ADD COLUMN headings text DEFAULT '' NOT NULL",
                    "ALTER TABLE search_card DROP COLUMN headings",
                )
            ],
            [
                migrations.AddField(
                    "card", "headings", models.TextField(blank=True, db_default="")
                )
            ],
        )
    ]
