"""The entries of control lists, before the guides that are about them."""

import tomllib
from pathlib import Path
from typing import Any

from knowledge.control_lists.models import EntryVersion, ListEntry
from knowledge.sources.models import Source

FIELDS = ("number", "wassenaar", "eccn", "title", "about", "technologies")
WHAT_CHANGED = (
    "The whole list was replaced. Whether the words of this entry changed was not compared."
)


def load_control_lists(folder: Path) -> None:
    """Add each entry that is not there yet, with the version that its list has."""
    file = folder / "control_lists.toml"
    for content in tomllib.loads(file.read_text(encoding="utf-8"))["entry"]:
        if not ListEntry.objects.filter(number=content["number"]).exists():
            entry = ListEntry(**{name: content[name] for name in FIELDS if name in content})
            entry.versions = [_version(each) for each in content["version"]]
            entry.full_clean(exclude=["key"])
            entry.save()


def _version(content: dict[str, Any]) -> EntryVersion:
    return EntryVersion(
        applies_from=content["applies_from"],
        changed=WHAT_CHANGED,
        source=Source.objects.get(key=content["source"]),
    )
