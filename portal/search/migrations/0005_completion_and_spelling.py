"""
What completes a title as it is typed, and what finds the words that look like a misspelt one.

SQLite: two FTS5 tables that keep no texts, maintained by triggers. `search_title_fts` holds the
titles word by word, unstemmed, with an index of beginnings; a comment has no title, so its card
costs nothing here. `search_word_fts` holds the index's words in threes of letters.

PostgreSQL: a GIN index over the words of titles, for the cards that have one, and one of trigrams
over the index's words.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_title_fts USING fts5(
        title, content='search_card', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail='none'
    )
    """,
    """
    CREATE TRIGGER search_title_fts_insert AFTER INSERT ON search_card WHEN new.title <> '' BEGIN
        INSERT INTO search_title_fts(rowid, title) VALUES (new.id, new.title);
    END
    """,
    """
    CREATE TRIGGER search_title_fts_delete AFTER DELETE ON search_card WHEN old.title <> '' BEGIN
        INSERT INTO search_title_fts(search_title_fts, rowid, title)
        VALUES ('delete', old.id, old.title);
    END
    """,
    """
    CREATE TRIGGER search_title_fts_update AFTER UPDATE ON search_card
    WHEN old.title <> new.title
    BEGIN
        INSERT INTO search_title_fts(search_title_fts, rowid, title)
        SELECT 'delete', old.id, old.title WHERE old.title <> '';
        INSERT INTO search_title_fts(rowid, title)
        SELECT new.id, new.title WHERE new.title <> '';
    END
    """,
    "INSERT INTO search_title_fts(rowid, title) SELECT id, title FROM search_card WHERE title <> ''",
    """
    CREATE VIRTUAL TABLE search_word_fts USING fts5(
        word, content='', tokenize='trigram', detail='none'
    )
    """,
    # A space on either side makes the beginning and the end of a word count.
    """
    CREATE TRIGGER search_word_fts_insert AFTER INSERT ON search_word BEGIN
        INSERT INTO search_word_fts(rowid, word) VALUES (new.id, ' ' || new.word || ' ');
    END
    """,
    """
    CREATE TRIGGER search_word_fts_delete AFTER DELETE ON search_word BEGIN
        INSERT INTO search_word_fts(search_word_fts, rowid, word)
        VALUES ('delete', old.id, ' ' || old.word || ' ');
    END
    """,
]
SQLITE_REVERSE = [
    "DROP TRIGGER IF EXISTS search_title_fts_insert",
    "DROP TRIGGER IF EXISTS search_title_fts_delete",
    "DROP TRIGGER IF EXISTS search_title_fts_update",
    "DROP TABLE IF EXISTS search_title_fts",
    "DROP TRIGGER IF EXISTS search_word_fts_insert",
    "DROP TRIGGER IF EXISTS search_word_fts_delete",
    "DROP TABLE IF EXISTS search_word_fts",
]

# `TITLE_WORDS` of the engine asks by the same expression.
_PUNCTUATION = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops)",
    "CREATE INDEX search_card_title ON search_card USING gin (to_tsvector('portal_any'::regconfig,"
    f" translate(title, '{_PUNCTUATION}', repeat(' ', {len(_PUNCTUATION) - 1}))))"
    " WHERE title <> ''",
]
POSTGRESQL_REVERSE = ["DROP INDEX search_card_title", "DROP INDEX search_word_trigrams"]


def _executing(sqlite, postgresql):
    def execute(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for statement in {"sqlite": sqlite, "postgresql": postgresql}.get(vendor, []):
            schema_editor.execute(statement, params=None)  # a literal % stands in some

    return execute


class Migration(migrations.Migration):
    dependencies = [("search", "0004_stems")]

    operations = [
        migrations.RunPython(
            _executing(SQLITE, POSTGRESQL), _executing(SQLITE_REVERSE, POSTGRESQL_REVERSE)
        )
    ]
