"""
The full-text index of SQLite made anew, with a fourth column: the stems of `stemming.py`.

Empty for English, it costs those cards nothing. Cards already there get theirs when they are next
written, or all at once by `manage.py rebuild_search`.
"""

from importlib import import_module

from django.db import migrations

full_text = import_module("portal.search.migrations.0002_full_text")

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_card_fts USING fts5(
        title, summary, body, stems,
        content='search_card', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER search_card_fts_insert AFTER INSERT ON search_card BEGIN
        INSERT INTO search_card_fts(rowid, title, summary, body, stems)
        VALUES (new.id, new.title, new.summary, new.body, new.stems);
    END
    """,
    """
    CREATE TRIGGER search_card_fts_delete AFTER DELETE ON search_card BEGIN
        INSERT INTO search_card_fts(search_card_fts, rowid, title, summary, body, stems)
        VALUES ('delete', old.id, old.title, old.summary, old.body, old.stems);
    END
    """,
    """
    CREATE TRIGGER search_card_fts_update AFTER UPDATE ON search_card
    WHEN old.id <> new.id OR old.title <> new.title OR old.summary <> new.summary
        OR old.body <> new.body OR old.stems <> new.stems
    BEGIN
        INSERT INTO search_card_fts(search_card_fts, rowid, title, summary, body, stems)
        VALUES ('delete', old.id, old.title, old.summary, old.body, old.stems);
        INSERT INTO search_card_fts(rowid, title, summary, body, stems)
        VALUES (new.id, new.title, new.summary, new.body, new.stems);
    END
    """,
    "INSERT INTO search_card_fts(search_card_fts) VALUES ('rebuild')",
]


def _replacing(statements):
    def replace_full_text(apps, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            for statement in (*full_text.SQLITE_REVERSE, *statements):
                schema_editor.execute(statement, params=None)

    return replace_full_text


class Migration(migrations.Migration):
    dependencies = [("search", "0003_outbox_and_words")]

    operations = [migrations.RunPython(_replacing(SQLITE), _replacing(full_text.SQLITE))]
