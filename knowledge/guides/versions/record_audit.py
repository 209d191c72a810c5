"""Whether the versions of guides are what the record was told of them."""

from collections.abc import Iterator

from knowledge.guides.models import GuideVersion
from knowledge.guides.versions.content import digest_of
from portal.record.audit_sources import Finding, finding, with_entries
from portal.record.models import Entry


def check_versions(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """
    Hold each version against its content and its entry.

    An entry without a version is one of a guide that was deleted: nothing is wrong with it.
    """
    for _batch in batches:
        pass
    for version, entry in with_entries(GuideVersion.objects.select_related("guide")):
        name = f"version {version.number} of the guide {version.guide.slug}"
        if digest_of(version.content) != version.digest:
            yield Finding(version.record_leaf, f"{name} is not what was published")
        statement = entry.statement if entry else None
        if entry is None or statement is None:
            yield Finding(version.record_leaf or None, f"{name} has no entry of its own")
        elif (statement.get("sha256"), statement.get("version")) != (
            version.digest,
            version.number,
        ):
            yield finding(entry, f"{name} is not what was entered")
