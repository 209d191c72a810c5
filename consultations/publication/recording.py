"""What the record is told of publication, and whether what stands here is what it was told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consultations.publication.copies import is_nameless
from consultations.publication.models import PublicCopy
from portal.record.actions import append, conceal
from portal.record.digests import content_digest, new_salt
from portal.record.models import Entry
from portal.record.sources import Finding, entries_at
from portal.search.cards import in_batches

PUBLISHED, UNPUBLISHED, REDACTED = "response.published", "response.unpublished", "response.redacted"
BATCH = 200


def record_published(copy: PublicCopy, *, at: datetime) -> Entry:
    """
    Add the public entry of a copy as it is now, inside the caller's transaction.

    It names the entry of the submission where a name is published too, and never without: who holds
    the receipt of one would know the other.
    """
    salt = new_salt()
    statement: dict[str, Any] = {
        **_of(copy),
        "version": copy.version.number,
        "redacted": copy.is_redacted,
        "content_digest": content_digest(salt, copy.content()),
    }
    if not is_nameless(copy.response, copy.version) and copy.display_name:
        statement["submission"] = copy.version.record_index
    return append(kind=PUBLISHED, statement=statement, public=True, at=at, salt=salt)


def record_unpublished(copy: PublicCopy, reason: str, *, at: datetime) -> Entry:
    """Add the public entry that a copy is published no more: withdrawn, removed or replaced."""
    statement = {**_of(copy), "reason": reason, "published": copy.record_index}
    return append(kind=UNPUBLISHED, statement=statement, public=True, at=at)


def close_published(copy: PublicCopy) -> None:
    """
    Close the entry of what is no longer published so.

    Its salt and digest, read beside what is left, would let anybody try out what was left out: a
    telephone number in an instant.
    """
    if copy.record_index is not None:
        conceal([copy.record_index])


def record_redacted(copy: PublicCopy, question: str, reasons: list[str], *, at: datetime) -> Entry:
    """
    Add the entry that passages of an answer are left out, for these reasons; none, that all stands.

    It is opened to nobody: a response that is never published stays unknown. What is published says
    by itself that it was redacted.
    """
    statement = {**_of(copy), "question": question, "reasons": reasons}
    return append(kind=REDACTED, statement=statement, public=False, at=at)


def _of(copy: PublicCopy) -> dict[str, Any]:
    return {"reference": copy.response.reference, "docket": copy.consultation.docket}


def as_recorded_of(copy: PublicCopy) -> dict[str, Any]:
    """
    What the digest of a published copy covers, the salt that it was made with, and the entry.

    SHA-256 over the salt and the canonical JSON of `content` is `content_digest` of the statement.
    """
    entry = entries_at([copy.record_index]).get(copy.record_index or 0)
    return {
        "entry": copy.record_index,
        "statement": entry.statement if entry else None,
        "salt": bytes(entry.salt or b"").hex() if entry else None,
        "content": copy.content(),
    }


def check_published(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """
    Hold every published copy against its entry, and every entry against what is published.

    An entry counts as answered for where a later entry says that it was unpublished or replaced.
    """
    open_entries: dict[str, int] = {}
    for batch in batches:
        for entry in batch:
            statement = entry.statement
            if statement is None:
                continue
            reference = statement.get("reference", "")
            if entry.kind == PUBLISHED:
                open_entries[reference] = entry.index
            elif open_entries.pop(reference, None) != statement.get("published"):
                yield Finding(entry.index, f"{reference} was not published before this")
    published = PublicCopy.objects.published().select_related("response", "consultation")
    for some in in_batches(published.order_by("pk").iterator(chunk_size=BATCH), BATCH):
        entries = entries_at(copy.record_index for copy in some)
        for copy in some:
            reference = copy.response.reference
            index = open_entries.pop(reference, None)
            said = entries.get(-1 if index is None else index)
            yield from _compare(copy, said if index == copy.record_index else None)
    for reference, index in open_entries.items():
        yield Finding(index, f"{reference} is entered as published and is not")


def _compare(copy: PublicCopy, entry: Entry | None) -> Iterator[Finding]:
    """`entry` is the last that publishes the copy; None where that is not the one it names."""
    reference = copy.response.reference
    statement = entry.statement if entry else None
    if entry is None or statement is None:
        yield Finding(copy.record_index, f"{reference} is published without an entry of its own")
        return
    if not entry.public:
        yield Finding(entry.index, f"{reference} is published, and its entry is not open")
    if statement.get("content_digest") != content_digest(bytes(entry.salt or b""), copy.content()):
        yield Finding(entry.index, f"what is published of {reference} is not what was entered")
