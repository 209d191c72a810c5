"""
By what staff may find a response: kept beside each version, in letters that compare.

It is a copy of what the version says, and is erased with it. The search of the public pages has
another (`portal.search`), which knows nothing of what is not published.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Func, Q, Value

from consultations.questionnaires.schema import Answer
from portal.text import folded

# So many characters of a response are found: PostgreSQL takes no more than a megabyte.
MOST = 250_000
# How PostgreSQL would come to read the texts themselves; and what it would compile of dear plans.
OTHER_PLANS = ("enable_seqscan", "enable_indexscan", "enable_nestloop", "jit")


def says_word(word: str) -> Q:
    """
    Return the condition that a version says a word, or one that begins with it, `folded`.

    SQLite finds parts of words too. PostgreSQL keeps long texts compressed, so there an index finds
    them, whose words are not stemmed (`responses/migrations`, 0015).
    """
    return Q(_SaysWord("findable_words", Value(word.replace("\\", " "))))


@contextmanager
def by_index() -> Iterator[None]:
    """
    Have PostgreSQL find words by their index, in all that is asked within.

    Where nearly all texts have a word, such as "the", it reckons that reading them is as quick; but
    parting them all into words takes it ten seconds.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {plan} = off" for plan in OTHER_PLANS))
        yield
        cursor.execute("; ".join(f"SET LOCAL {plan} = DEFAULT" for plan in OTHER_PLANS))


class _SaysWord(Func):
    arity = 2
    output_field = BooleanField()
    conditional = True
    template = "INSTR(%(expressions)s) > 0"  # twice as quick as LIKE where a word is frequent

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="(to_tsvector('simple'::regconfig, %(expressions)s::text) || ':*'))",
            arg_joiner=") @@ to_tsquery('simple'::regconfig, quote_literal(",
        )


def words_to_find(answers: dict[str, Any]) -> str:
    """
    Return the words by which staff may find a response: what nobody must be cleared to read.

    Of an answer for officials only it is the public version. Keys of what was chosen say nothing.
    """
    kept = map(Answer.of, answers.values())
    said = [each.public_version or "" if each.is_for_officials else each.value for each in kept]
    return folded("\n".join(_texts(said)))[:MOST]


def names_to_find(*names: str) -> str:
    """Return the names by which staff may find a response that is not without a name."""
    return folded("\n".join(filter(None, names)))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, but what is the key of an option or a file."""
    if isinstance(value, str):
        if not _is_key(value):
            yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
