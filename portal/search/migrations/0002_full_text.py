"""
The full-text index over cards, in the database's own kind.

SQLite: an FTS5 table that keeps only the index and reads texts from the cards ("external
content"), maintained by triggers. `porter unicode61` stems English and takes any script;
`remove_diacritics 2` makes "prejudice" find "préjudice". No prefix index: it would make writing a
card five times dearer, to save 4 ms on the rare search by a beginning. Django rebuilds a SQLite
table to alter it, which loses its triggers: a migration that alters Card must run `SQLITE` anew.

PostgreSQL: a stored `tsvector`, weighted by field and stemmed by the card's language, under a GIN
index. The vector names the language too ("=fr"), so that one condition that the index answers by
itself asks for each language's stems among the cards of that language. Each configuration is PostgreSQL's own with `unaccent` before the stemmer. ASCII punctuation
becomes space first, so that "end-use", a file name or an address is found by each of its words,
as on SQLite.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_card_fts USING fts5(
        title, summary, body,
        content='search_card', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER search_card_fts_insert AFTER INSERT ON search_card BEGIN
        INSERT INTO search_card_fts(rowid, title, summary, body)
        VALUES (new.id, new.title, new.summary, new.body);
    END
    """,
    """
    CREATE TRIGGER search_card_fts_delete AFTER DELETE ON search_card BEGIN
        INSERT INTO search_card_fts(search_card_fts, rowid, title, summary, body)
        VALUES ('delete', old.id, old.title, old.summary, old.body);
    END
    """,
    # Writing a card again with the same texts, as rebuilding the index does, costs nothing here.
    """
    CREATE TRIGGER search_card_fts_update AFTER UPDATE ON search_card
    WHEN old.id <> new.id OR old.title <> new.title
        OR old.summary <> new.summary OR old.body <> new.body
    BEGIN
        INSERT INTO search_card_fts(search_card_fts, rowid, title, summary, body)
        VALUES ('delete', old.id, old.title, old.summary, old.body);
        INSERT INTO search_card_fts(rowid, title, summary, body)
        VALUES (new.id, new.title, new.summary, new.body);
    END
    """,
    "INSERT INTO search_card_fts(search_card_fts) VALUES ('rebuild')",
]
SQLITE_REVERSE = [
    "DROP TRIGGER IF EXISTS search_card_fts_insert",
    "DROP TRIGGER IF EXISTS search_card_fts_delete",
    "DROP TRIGGER IF EXISTS search_card_fts_update",
    "DROP TABLE IF EXISTS search_card_fts",
]

CONFIGURATIONS = {
    "en": ("portal_en", "english"),
    "fr": ("portal_fr", "french"),
    "es": ("portal_es", "spanish"),
    "ru": ("portal_ru", "russian"),
    "ar": ("portal_ar", "arabic"),
    None: ("portal_any", "simple"),
}


def postgresql():
    """The statements that make the index on PostgreSQL."""
    yield "CREATE EXTENSION IF NOT EXISTS unaccent"
    for name, original in CONFIGURATIONS.values():
        dictionary = "simple" if original == "simple" else f"{original}_stem"
        yield f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = pg_catalog.{original})"
        yield (
            f"ALTER TEXT SEARCH CONFIGURATION {name}"
            f" ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary}"
        )
    yield (
        "ALTER TABLE search_card ADD COLUMN vector tsvector GENERATED ALWAYS AS"
        f" (CASE language {' '.join(_branches())} END) STORED"
    )
    yield "CREATE INDEX search_card_vector ON search_card USING gin (vector)"
    # The model's own index puts cards without a date first, as PostgreSQL reads DESC.
    yield (
        "CREATE INDEX search_card_newest_dated"
        " ON search_card (date DESC NULLS LAST, id DESC, facet_set_id)"
    )


def _branches():
    for language, (name, _) in CONFIGURATIONS.items():
        vector = " || ".join(
            f"setweight(to_tsvector('{name}'::regconfig, {_words(column)}), '{weight}')"
            for column, weight in (("title", "A"), ("summary", "B"), ("body", "C"))
        )
        mark = f"array_to_tsvector(ARRAY['={language or 'other'}'])"
        case = f"WHEN '{language}' THEN" if language else "ELSE"
        yield f"{case} {vector} || {mark}"


def _words(column):
    punctuation = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
    return f"translate({column}, '{punctuation}', repeat(' ', {len(punctuation) - 1}))"


def postgresql_reverse():
    yield "DROP INDEX search_card_newest_dated"
    yield "ALTER TABLE search_card DROP COLUMN vector"
    for name, _ in CONFIGURATIONS.values():
        yield f"DROP TEXT SEARCH CONFIGURATION {name}"


def create_full_text(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": postgresql()}.get(vendor, []):
        schema_editor.execute(statement, params=None)  # a literal % stands in some


def drop_full_text(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    statements = {"sqlite": SQLITE_REVERSE, "postgresql": postgresql_reverse()}
    for statement in statements.get(vendor, []):
        schema_editor.execute(statement, params=None)  # a literal % stands in some


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_cards")]

    operations = [migrations.RunPython(create_full_text, drop_full_text)]
