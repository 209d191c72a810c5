"""What was sent, held against what the record says of it, both ways."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from consultations.questionnaires.schema import LEFT_OUT as LEFT_OUT_OF_FILES
from consultations.responses.files.sent import sent_files
from consultations.responses.models import (
    Identity,
    Response,
    ResponseVersion,
    SentFile,
    Status,
)
from consultations.responses.recording import (
    CHOICES,
    FILE_ADDED,
    KEPT,
    LEFT_OUT,
    STATING,
    TRANSLATION_CHOSEN,
    UNTIED,
    WITHDRAWN,
    stated_by,
)
from portal.files import storage
from portal.files.models import StoredFile
from portal.record.audit_sources import (
    Finding,
    by_leaf,
    entries_at,
    finding,
    register_source,
    with_entries,
)
from portal.record.hashing import content_digest
from portal.record.models import Entry

BATCH = 200


def register() -> None:
    """Have `manage.py verify_record` look at responses."""
    register_source(STATING, check_versions)
    register_source(WITHDRAWN, check_withdrawals)
    register_source(FILE_ADDED, check_files_added)
    register_source(LEFT_OUT, check_left_out)
    register_source(TRANSLATION_CHOSEN, check_choices)


def check_versions(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """
    Check that each entry has its version as sent, or erased, and each version its entry.

    Versions cut from their writers are apart: as many entries were made anew on each day.
    """
    renewed = _Renewed()
    for batch in batches:
        versions = by_leaf(batch, ResponseVersion.objects.select_related("response__consultation"))
        tombstones = entries_at(entry.erased_by for entry in batch)
        for entry in batch:
            tombstone = tombstones.get(entry.erased_by)
            if entry.public or (tombstone and tombstone.public):
                yield finding(entry, "is of a submission, and open to everybody.")
            version = versions.get(entry.leaf)
            if not renewed.take_in(entry, tombstone) or version is not None:
                yield from _entry(entry, version)
    yield from renewed.findings()
    kept = ResponseVersion.objects.select_related("response")
    for row, entered in with_entries(kept.only("record_leaf", "number", "response__reference")):
        if entered is None or entered.kind not in STATING:
            yield Finding(row.record_leaf or None, f"{_name(row)} has no entry.")


class _Renewed:
    """
    The leaves of submissions that were cut from their writers, and of what was entered instead.

    By the day stated. Nothing says which is which: it would lead from a receipt to its answer.
    """

    def __init__(self) -> None:
        self.cut: defaultdict[str, set[str]] = defaultdict(set)
        self.kept: defaultdict[str, set[str]] = defaultdict(set)

    def take_in(self, entry: Entry, tombstone: Entry | None) -> bool:
        """Count an entry, the same one twice once; returns whether it was cut from its writer."""
        if entry.kind == KEPT:
            self.kept[(entry.statement or {}).get("day", "")].add(entry.leaf)
            return False
        said = (tombstone and tombstone.statement) or {}
        if said.get("because") != UNTIED:
            return False
        self.cut[said.get("day", "")].add(entry.leaf)
        return True

    def findings(self) -> Iterator[Finding]:
        for day in sorted({*self.cut, *self.kept}):
            cut, kept = len(self.cut[day]), len(self.kept[day])
            if cut != kept:
                yield Finding(None, f"On {day} {cut} ties were cut, and {kept} entries made anew.")


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
    if any(stated.get(key) != value for key, value in stated_by(version).items()):
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
    for pk, digest in version.files.items():
        if _is_another(pk, digest):
            yield finding(entry, f"{_name(version)} came with another file.")
    left_out = set(_left_out_as_sent(version))
    if left_out and left_out - sent_files(version).keys():
        yield finding(entry, f"what {_name(version)} leaves out is not kept.")


def _is_another(pk: object, digest: str) -> bool:
    """Say whether a file's bytes are not those of this SHA-256; one that waits has none."""
    stored = StoredFile.objects.ready().filter(pk=pk).first()
    if stored is None:
        return False
    try:
        return sha256(storage.read(stored)).hexdigest() != digest
    except FileNotFoundError:
        return True


def check_files_added(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that each file that came after its version is the one entered, and has its entry."""
    for batch in batches:
        found = by_leaf(batch, _sent_files(SentFile.objects.all()), "entry")
        for entry in batch:
            row, stated = found.get(entry.leaf), entry.statement
            if entry.public:
                yield finding(entry, "is of a file that was sent, and open to everybody.")
            if stated is None:
                continue
            if row is None or (stated["reference"], stated["version"], stated["file"]) != _of(row):
                yield finding(entry, "speaks of a file of which nothing is kept so.")
            elif _is_another(row.stored, stated["sha256"]):
                yield finding(entry, f"another file is kept beside {_name(row.version)}.")
    for row, entered in with_entries(_sent_files(SentFile.objects.exclude(entry="")), "entry"):
        if entered is None or entered.kind != FILE_ADDED:
            yield Finding(row.entry, f"a file was added to {_name(row.version)} without an entry.")


def check_left_out(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that what is left out of files is what was sent, or entered since."""
    for batch in batches:
        stored = {entry.statement["file"] for entry in batch if entry.statement}
        rows = _sent_files(SentFile.objects.filter(stored__in=stored))
        found = {(*_of(row)[:2], str(row.stored)): row for row in rows}
        for entry in batch:
            stated = entry.statement
            if entry.public:
                yield finding(entry, "is of a file that was sent, and open to everybody.")
            if stated is None:
                continue
            row = found.get((stated["reference"], stated["version"], stated["file"]))
            if row is None or entry.leaf not in row.leaves:
                yield finding(entry, "speaks of a file of which nothing is kept so.")
            elif entry.leaf == row.leaves[-1] and stated["left_out"] != row.cuts:
                yield finding(entry, f"differs from what is left out of {_name(row.version)}.")
    for row in _sent_files(SentFile.objects.all()).iterator(BATCH):
        known = entries_at(row.leaves)
        if any(leaf not in known or known[leaf].kind != LEFT_OUT for leaf in row.leaves):
            yield Finding(None, f"what is left out of {_name(row.version)} has no entry.")
        elif not row.leaves and row.cuts != _left_out_as_sent(row.version).get(str(row.file), []):
            yield Finding(None, f"what is left out of {_name(row.version)} was not sent so.")


def _sent_files(rows: QuerySet[SentFile]) -> QuerySet[SentFile]:
    return rows.select_related("version__response")


def _of(row: SentFile) -> tuple[str, int, str]:
    """Return by what an entry names the place of a file."""
    return row.version.response.reference, row.version.number, str(row.file)


def _left_out_as_sent(version: ResponseVersion) -> dict[str, object]:
    """Return by each file's id what its author left out when the version was sent."""
    return {
        file: cuts
        for answer in version.answers.values()
        for file, cuts in answer.get(LEFT_OUT_OF_FILES, {}).items()
    }


def check_withdrawals(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that what the record calls withdrawn is so, and that each withdrawal is entered."""
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


def check_choices(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """
    Check that each is to be published only in translation, or not, as was chosen last.

    The last choice is the entry with the highest number, unless a version came after it.
    """
    last: dict[str, Entry] = {}
    for batch in batches:
        for entry in batch:
            if (said := entry.statement) is None:
                continue
            before = last.get(said["reference"])
            if before is None or said["change"] > (before.statement or {})["change"]:
                last[said["reference"]] = entry
    versions = ResponseVersion.objects.filter(response=OuterRef("pk")).order_by("-number")
    unnamed = Response.objects.filter(identity=Identity.ANONYMOUS).exclude(status=Status.WITHDRAWN)
    rows = unnamed.annotate(
        newest=Subquery(versions.values("number")[:1]),
        sent=Subquery(versions.values("translation_only")[:1]),
        changes=Count("events", filter=Q(events__kind__in=CHOICES)),
    ).values_list("reference", "translation_only", "newest", "sent", "changes", "code_hash")
    for reference, kept, newest, sent, changes, code in rows.iterator(chunk_size=BATCH):
        found = last.get(reference)
        place = found.leaf if found else None
        said = (found.statement if found else None) or {"change": 0, "version": 0}
        chosen = said["translation_only"] if said["version"] == newest else bool(sent)
        if changes != said["change"] and code:  # without one, nobody is told any more what was
            yield Finding(place, f"{reference} was chosen to be published otherwise, unentered.")
        elif kept != chosen:
            yield Finding(place, f"{reference} is to be published otherwise than it was chosen.")


def _name(version: ResponseVersion) -> str:
    return f"version {version.number} of {version.response.reference}"
