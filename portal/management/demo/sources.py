"""The library of sources, before the guides that cite them."""

from typing import Any

from django.core.management.base import CommandError

from knowledge.sources.marks import unknown_in_file
from knowledge.sources.models import Source
from portal.management.demo.content import FOLDER, read

FIELDS = (
    *("title", "short_name", "language", "issuer", "kind", "binds", "dated", "year", "number"),
    *("address", "archive_address", "read_on", "status_note"),
)


def load_sources() -> None:
    """Add each source that is not there yet; raises CommandError for one that cannot be."""
    for entry in read("sources.toml")["source"]:
        if not Source.objects.filter(key=entry["key"]).exists():
            source = source_of(entry)
            source.full_clean()
            source.save()
    check_citations("guides*.toml")


def source_of(entry: dict[str, Any]) -> Source:
    """Return an unsaved source made of one entry of the content file."""
    source = Source(key=entry["key"], **{name: entry[name] for name in FIELDS if name in entry})
    source.versions = [("version", each) for each in entry.get("version", [])]
    if "successor" in entry:
        source.successor = Source.objects.get(key=entry["successor"])
    return source


def check_citations(pattern: str) -> None:
    """Raise CommandError for citations of sources that are not there, each by file and line."""
    known = set(Source.objects.values_list("key", flat=True))
    unknown = [
        f"{path.name}, line {number}: there is no source “{key}” in sources.toml."
        for path in sorted(FOLDER.glob(pattern))
        for number, key in unknown_in_file(path.read_text(encoding="utf-8"), known)
    ]
    if unknown:
        raise CommandError("\n".join(unknown))
