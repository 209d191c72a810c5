"""Whether the packs that are kept as entered are what the record was told of them."""

from collections.abc import Iterator

from knowledge.packs.models import PackEntry
from portal.record.audit_sources import Finding, finding, with_entries
from portal.record.models import Entry


def check_packs(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Hold each pack against its entry."""
    for _batch in batches:
        pass
    for pack, entry in with_entries(PackEntry.objects.all()):
        statement = entry.statement if entry else None
        if entry is None or statement is None:
            yield Finding(pack.record_leaf or None, f"the pack {pack.sha256} has no entry")
        elif statement.get("sha256") != pack.sha256:
            yield finding(entry, f"the pack {pack.sha256} is not what was entered")
