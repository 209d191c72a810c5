"""
The full-text index made anew, with one column more: the stems of `stemming.py`.

Empty for English, it costs those cards nothing. Cards already there get theirs when they are next
written, or all at once by `manage.py rebuild_search`.

PostgreSQL: the vector names its language no more. Each card is held against what its own language
asks for, which costs less than looking the language up in the index beside every word.
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


def postgresql(vector):
    """The statements that generate the vector by another expression."""
    yield "ALTER TABLE search_card DROP COLUMN vector"  # and its index with it
    yield (
        f"ALTER TABLE search_card ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED"
    )
    yield "CREATE INDEX search_card_vector ON search_card USING gin (vector)"


def _without_stems():
    return f"CASE language {' '.join(full_text._branches())} END"


def _with_stems():
    whens = " ".join(
        f"{f'WHEN {language!r} THEN' if language else 'ELSE'} {_weighted(name)}"
        for language, (name, _) in full_text.CONFIGURATIONS.items()
    )
    return f"CASE language {whens} END || to_tsvector('simple'::regconfig, stems)"


def _weighted(configuration):
    return " || ".join(
        f"setweight(to_tsvector('{configuration}'::regconfig, {full_text._words(column)}),"
        f" '{weight}')"
        for column, weight in (("title", "A"), ("summary", "B"), ("body", "C"))
    )


def add_stems(apps, schema_editor):
    _execute(schema_editor, SQLITE, _with_stems())


def remove_stems(apps, schema_editor):
    _execute(schema_editor, full_text.SQLITE, _without_stems())


def _execute(schema_editor, sqlite, vector):
    statements = {
        "sqlite": [*full_text.SQLITE_REVERSE, *sqlite],
        "postgresql": postgresql(vector),
    }
    for statement in statements.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement, params=None)  # a literal % stands in some


class Migration(migrations.Migration):
    dependencies = [("search", "0003_outbox_and_words")]

    operations = [migrations.RunPython(add_stems, remove_stems)]
