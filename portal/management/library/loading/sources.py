"""The library of sources, before the guides that cite them."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from knowledge.sources.models import Source

FIELDS = (
    *("title", "short_name", "language", "issuer", "kind", "binds", "dated", "year", "number"),
    *("address", "archive_address", "read_on", "status_note"),
)


def load_sources(folder: Path) -> None:
    """Add each source that is not there yet; raises CommandError for one that cannot be, by key."""
    content = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    there = set(Source.objects.values_list("key", flat=True))
    for entry in content["source"]:
        if entry["key"] not in there:
            source = source_of(entry)
            try:
                source.clean_fields()  # that no address stands twice the check says, of all at once
            except ValidationError as error:
                raise CommandError(f"sources.toml, “{entry['key']}”: {error}") from error
            source.save()


def source_of(entry: dict[str, Any]) -> Source:
    """Return an unsaved source made of one entry of the file; its successor stands above it."""
    source = Source(key=entry["key"], **{name: entry[name] for name in FIELDS if name in entry})
    source.versions = [("version", each) for each in entry.get("version", [])]
    if "successor" in entry:
        source.successor = Source.objects.get(key=entry["successor"])
    return source
