"""What was sent, held against what the record says of it, both ways."""

from collections.abc import Iterator
from hashlib import sha256

from consultations.responses.models import Response, ResponseVersion, Status
from portal.files import storage
from portal.files.models import StoredFile
from portal.record.audit_sources import Finding, entries_at, finding, register_source
from portal.record.digests import content_digest
from portal.record.models import Entry

SUBMITTED, WITHDRAWN = "response.submitted", "response.withdrawn"
BATCH = 200


def register() -> None:
    """Have `manage.py verify_record` look at responses."""
    register_source(SUBMITTED, check_versions)
    register_source(WITHDRAWN, check_withdrawals)


def check_versions(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Every entry has its version as it was sent, or erased; every version has its entry."""
    for batch in batches:
        leaves = [entry.leaf for entry in batch]
        found = ResponseVersion.objects.filter(record_leaf__in=leaves).select_related(
            "response__consultation"
        )
        versions = {version.record_leaf: version for version in found}
        tombstones = entries_at(entry.erased_by for entry in batch)
        for entry in batch:
            tombstone = tombstones.get(entry.erased_by)
            if entry.public or (tombstone and tombstone.public):
                yield finding(entry, "is of a submission, and open to everybody.")
            yield from _entry(entry, versions.get(entry.leaf))
    last = 0
    while versions_after := list(
        ResponseVersion.objects.filter(pk__gt=last)
        .select_related("response")
        .only("record_leaf", "number", "response__reference")
        .order_by("pk")[:BATCH]
    ):
        last = versions_after[-1].pk
        entries = entries_at(version.record_leaf for version in versions_after)
        for version in versions_after:
            entered = entries.get(version.record_leaf)
            if entered is None or entered.kind != SUBMITTED:
                yield Finding(version.record_leaf or None, f"{_name(version)} has no entry.")


def _entry(entry: Entry, version: ResponseVersion | None) -> Iterator[Finding]:
    if version is None:
        yield finding(entry, "speaks of a version that is not there.")
        return
    is_erased = entry.is_erased
    if version.identity != version.response.identity:
        yield finding(entry, f"and {version.response.reference} differ in who answered.")
    if is_erased != (version.erased_on is not None):
        yield finding(entry, f"and {_name(version)} are not both erased.")
        return
    if is_erased:
        if version.answers or version.name or version.organisation_name:
            yield finding(entry, f"was erased, but {_name(version)} still says something.")
        return
    stated = entry.statement or {}
    held = {
        "reference": version.response.reference,
        "version": version.number,
        "consultation": version.response.consultation.docket,
        "content_digest": version.content_digest,
    }
    if any(stated.get(key) != value for key, value in held.items()):
        yield finding(entry, f"does not speak of {_name(version)} as it is kept.")
    elif _digest(version) != version.content_digest:
        yield finding(entry, f"was of other words than {_name(version)} holds now.")
    else:
        yield from _files(entry, version)


def _digest(version: ResponseVersion) -> str:
    try:
        return content_digest(bytes(version.salt or b""), version.content())
    except (TypeError, ValueError):  # tampered into what nobody could have sent
        return ""


def _files(entry: Entry, version: ResponseVersion) -> Iterator[Finding]:
    for stored in StoredFile.objects.ready().filter(pk__in=list(version.files)):
        try:
            digest = sha256(storage.read(stored)).hexdigest()
        except FileNotFoundError:
            digest = ""
        if digest != version.files[str(stored.pk)]:
            yield finding(entry, f"{_name(version)} came with another file.")


def check_withdrawals(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """What the record calls withdrawn is so, and what is kept as withdrawn was, or was erased."""
    entered: set[str] = set()
    for batch in batches:
        by_reference = {(entry.statement or {}).get("reference", ""): entry for entry in batch}
        entered |= by_reference.keys()
        statuses = dict(
            Response.objects.filter(reference__in=by_reference).values_list("reference", "status")
        )
        for reference, entry in by_reference.items():
            if statuses.get(reference) != Status.WITHDRAWN:
                yield finding(entry, f"withdraws {reference}, which is not withdrawn.")
    withdrawn = Response.objects.filter(status=Status.WITHDRAWN, versions__erased_on=None)
    for reference in withdrawn.distinct().values_list("reference", flat=True):
        if reference not in entered:
            yield Finding(None, f"{reference} is kept as withdrawn, and no entry says so.")


def _name(version: ResponseVersion) -> str:
    return f"version {version.number} of {version.response.reference}"
