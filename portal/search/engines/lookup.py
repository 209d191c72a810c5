"""
The keys of one kind of card by their words, the newest first: for lists of the staff.

They ask the database's index, whichever engine the public pages have: it is kept beside each.
"""

from collections.abc import Sequence

from django.db import connection

from portal.search.engines.database import rows
from portal.search.engines.tsquery import CONFIGURATIONS

SQLITE = """
    SELECT c.key FROM search_card_fts CROSS JOIN search_card c ON c.id = search_card_fts.rowid
    WHERE search_card_fts MATCH %s AND c.kind = %s ORDER BY search_card_fts.rowid DESC LIMIT %s
"""
POSTGRESQL = (
    "SELECT c.key FROM search_card c WHERE c.kind = %s AND ({}) ORDER BY c.id DESC LIMIT %s"
)

# Stemmed as the cards are, and then the beginning of a word too.
BEGINS_WITH = "to_tsquery(%s::regconfig, quote_literal(%s) || ':*')"


def keys_with(kind: str, words: Sequence[str], limit: int) -> list[str]:
    """Return the keys of at most `limit` cards that have all the words, or begin with them."""
    if not words:
        return []
    if connection.vendor == "sqlite":
        wanted = " ".join('"{}"*'.format(word.replace('"', '""')) for word in words)
        found = rows(SQLITE, [f"{{title summary body}} : ({wanted})", kind, limit])
    else:
        said, params = [], list[str]()
        known = [code for code in CONFIGURATIONS if code]
        elsewhere = f"c.language NOT IN ({', '.join(['%s'] * len(known))})"
        for code, name in CONFIGURATIONS.items():
            where = "c.language = %s" if code else elsewhere
            said.append(f"{where} AND c.vector @@ ({' && '.join([BEGINS_WITH] * len(words))})")
            params += [code] if code else known
            params += [each for word in words for each in (name, word.replace("\\", " "))]
        found = rows(POSTGRESQL.format(" OR ".join(said)), [kind, *params, limit])
    return [key for (key,) in found]
