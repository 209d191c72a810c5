"""Which entries rest on a source, for its page and for whoever would delete it."""

from typing import Any

from knowledge.control_lists.models import EntryVersion, ListEntry
from knowledge.sources.registry import CitedBy, Citing
from portal.cms.shelves import Teaser


def pages(source: Any) -> list[CitedBy]:
    """Return the entries that have a version in a source, by number. One query."""
    found = ListEntry.objects.filter(versions__source=source).distinct()
    return [CitedBy(teaser(each), []) for each in found]


def teaser(entry: ListEntry) -> Teaser:
    """Return an entry in a list."""
    return Teaser(
        title=f"{entry.number}: {entry.title}",
        href=entry.get_absolute_url(),
        summary=entry.about,
        kind=str(ListEntry._meta.verbose_name).capitalize(),
        drawing="type-law",
        meta=[],
        language=entry.language,
    )


def is_cited(source: Any) -> bool:
    """Say whether a version of an entry stands in a source."""
    return EntryVersion.objects.filter(source=source).exists()


def changed(source: Any) -> None:
    """Do nothing: the pages of entries read their sources whenever they are shown."""


ENTRIES = Citing(key="control-lists", pages=pages, is_cited=is_cited, changed=changed)
