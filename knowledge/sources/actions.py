"""Keeping links of sources true: each address is asked once a week, a few at a time."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from knowledge.sources.addresses import host_of
from knowledge.sources.clients import Found, ask
from knowledge.sources.models import Source, SourceLink

A_WEEK = timedelta(days=7)
A_RUN = 5
# Of an address that is kept, in characters.
LONGEST = 2000


def check_links(*, on: date, ask: Callable[[str], Found] = ask, most: int = A_RUN) -> int:
    """
    Ask at most so many addresses that nobody asked for a week; return how many.

    One after another, and no host twice in a run. Where two runs meet, each takes its own.
    """
    follow_sources()
    asked: set[str] = set()
    for link in SourceLink.objects.due(on - A_WEEK):
        if len(asked) == most:
            break
        if host_of(link.address) not in asked and _take(link, on):
            asked.add(host_of(link.address))
            note(link, ask(link.address), on)
    return len(asked)


def note(link: SourceLink, found: Found, on: date) -> None:
    """Write down how an address answered on a day."""
    link.moved_to = found.moved_to if len(found.moved_to) <= LONGEST else ""
    link.failures = 0 if found.answers else link.failures + 1
    link.failing_since = None if found.answers else link.failing_since or on
    link.save(update_fields=["moved_to", "failures", "failing_since"])


@transaction.atomic
def follow_sources() -> None:
    """Have a row for each address of each source, and none for what it has no more."""
    wanted = {
        (source.pk, address) for source in Source.objects.all() for address in source.addresses()
    }
    there = {(pk, address): key for key, pk, address in _rows()}
    gone = [key for place, key in there.items() if place not in wanted]
    SourceLink.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - set(there))
    SourceLink.objects.bulk_create(
        [SourceLink(source_id=pk, address=address) for pk, address in new], ignore_conflicts=True
    )


def forget_links() -> None:
    """Forget how addresses answered: where nobody asks any more, it would grow old."""
    SourceLink.objects.all().delete()


def _rows() -> list[tuple[int, int, str]]:
    return list(SourceLink.objects.values_list("pk", "source_id", "address"))


def _take(link: SourceLink, on: date) -> bool:
    """Say whether it is ours to ask: nobody else took it since it was read."""
    mine = SourceLink.objects.filter(pk=link.pk, checked_on=link.checked_on)
    link.checked_on = on
    return bool(mine.update(checked_on=on))
