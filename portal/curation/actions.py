"""What editors do for search, and what search counts for them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.curation.models import MissedSearch, SynonymEntry, SynonymGroup
from portal.curation.normalisation import key_of
from portal.curation.query_privacy import counted_as
from portal.keys import random_key

KEPT_DAYS = 90
# Fewer are missed on a busy day; whoever floods the search fills no more than these.
MOST_ROWS_A_DAY = 500
# So often a text is searched in one day before it is written down; on a second day, at once.
TOLD_FROM = 3
# How long a search waits for its count to be written, in milliseconds.
PATIENCE = 20

_COUNT = """
    INSERT INTO curation_missedsearch (id, day, digest, words, language, count)
    SELECT %(id)s, %(day)s, %(digest)s,
        CASE WHEN EXISTS (
            SELECT 1 FROM curation_missedsearch
            WHERE digest = %(digest)s AND language = %(language)s AND day <> %(day)s
        ) THEN %(text)s ELSE '' END,
        %(language)s, 1
    WHERE (SELECT count(*) FROM curation_missedsearch WHERE day = %(day)s) < %(most)s
        OR EXISTS (
            SELECT 1 FROM curation_missedsearch
            WHERE day = %(day)s AND digest = %(digest)s AND language = %(language)s
        )
    ON CONFLICT (day, digest, language) DO UPDATE SET
        count = curation_missedsearch.count + 1,
        words = CASE WHEN curation_missedsearch.count >= %(told_from)s - 1 THEN %(text)s
            ELSE curation_missedsearch.words END
"""


class SynonymTaken(Exception):  # noqa: N818 - what happened, not a fault
    """Another group got one of the words in the meantime."""


def save_synonyms(group: SynonymGroup, entries: Sequence[str]) -> SynonymGroup:
    """
    Write a group, new or changed, with these entries, and by which keys it is found.

    The entries are as `forms.SynonymGroupForm` accepts them. Raises SynonymTaken, and writes
    nothing, where one of them stands in another group.
    """
    group.words = "\n".join(entries)
    try:
        with transaction.atomic():
            group.save()
            group.entries.all().delete()
            SynonymEntry.objects.bulk_create(
                SynonymEntry(group=group, key=key_of(entry)) for entry in entries
            )
    except IntegrityError as error:
        raise SynonymTaken from error
    return group


def note_missed(text: str, language: str) -> None:
    """
    Count a search that found nothing; `language` is the code of the language it was asked in.

    Kept is the day, never the time, and nothing of who asked; the text itself only once it was
    searched on two days or three times, till then a keyed hash. What might tell of a person is not
    counted at all (`query_privacy.py`). One statement; where the database is locked, read-only or
    away the count is lost and nobody notices. Call it outside a transaction.
    """
    counted = counted_as(text)
    if counted is None:
        return
    row: dict[str, str | int | date] = {
        "id": random_key(),
        "day": timezone.now().date(),
        "digest": salted_hmac("portal.curation.missed", counted, algorithm="sha256").hexdigest(),
        "text": counted,
        "told_from": TOLD_FROM,
        "language": language[:16],
        "most": MOST_ROWS_A_DAY,
    }
    try:
        with _impatience(), connection.cursor() as cursor:
            cursor.execute(_COUNT, row)
    except Error:
        return


def forget_missed() -> int:
    """Erase what was counted more than `KEPT_DAYS` days ago; how many rows that were."""
    day = timezone.now().date() - timedelta(days=KEPT_DAYS)
    return MissedSearch.objects.before(day).delete()[0]


@contextmanager
def _impatience() -> Iterator[None]:
    """Let a statement give up soon where another writer holds it up, and not wait for the disk."""
    if connection.vendor == "sqlite":
        usual = connection.settings_dict["OPTIONS"].get("timeout", 5.0)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            cursor.execute("SET LOCAL synchronous_commit = off")
            yield
