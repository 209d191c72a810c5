"""
When a card was last written: nobody asks since rebuilding compares cards instead.

Dropped by a statement of our own: Django would copy the table on SQLite, which loses its triggers.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0007_how_open_a_card_is")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE search_card DROP COLUMN updated",
                    "ALTER TABLE search_card ADD COLUMN updated timestamp with time zone"
                    " DEFAULT '2026-01-01 00:00:00' NOT NULL",
                )
            ],
            [migrations.RemoveField("card", "updated")],
        )
    ]
