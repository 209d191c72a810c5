"""
Forgetting, once a day has ended, what database and disk keep of its hours beside what we write.

Keys that are drawn by chance say nothing of order. What stands beside the rows does: where in the
file a row lies, which transaction wrote it, when a file on the disk was changed. So in the first
minutes of a day (of UTC) all of it is written anew, in an order that chance has decided. What is
left after that is in docs/decisions/0006-privacy.md.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.apps import apps
from django.db import connection, models, transaction

from portal.files import storage
from portal.files.models import StoredFile
from portal.keys import RandomKeyField, RandomUUIDField
from portal.record.models import Entry
from portal.traces import postgresql, sqlite
from portal.traces.models import Forgotten


def forget_traces(*, at: datetime) -> bool:
    """
    Write anew what days that ended before the aware instant `at` have left; False if it was done.

    Whoever writes meanwhile waits, some five seconds for 100,000 rows. Raises `postgresql.InUse`
    where others write all the time: done again, it goes on with what is left; `sqlite.TooLarge`,
    once a day and when all else is done. Does nothing inside a transaction, in which no database
    lets it.
    """
    ended = at.astimezone(UTC).date() - timedelta(days=1)
    last = Forgotten.objects.until()
    if connection.in_atomic_block or (last is not None and last >= ended):
        return False
    if connection.vendor == "postgresql":
        for model in models_without_order():
            postgresql.write_anew(model, always=last is None)
        # Placed entries are in an order of chance (`portal.record.sequencer`); some were erased.
        postgresql.write_anew(Entry, "erased_by <> ''")
    _write_files_anew(last, ended)
    Forgotten.objects.have(ended)
    if connection.vendor == "sqlite":
        sqlite.write_anew()
    return True


def models_without_order() -> Iterator[type[models.Model]]:
    """Yield every model with a key that is drawn by chance."""
    for model in apps.get_models():
        if isinstance(model._meta.pk, RandomKeyField | RandomUUIDField):
            yield model


def _write_files_anew(last: date | None, ended: date) -> None:
    """Write these days' files again, in the order of their random names; forget folder times."""
    stored_on = {} if last is None else {"stored_on__gte": last}
    found = StoredFile.objects.filter(stored_on__lte=ended, **stored_on).order_by("pk")
    for pk in list(found.values_list("pk", flat=True)):
        with transaction.atomic():
            # Held, so that nobody erases it meanwhile.
            held = StoredFile.objects.select_for_update().filter(pk=pk).first()
            if held is not None:
                storage.write_anew(held)
    storage.forget_times_of_folders()
