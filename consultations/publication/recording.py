"""What the record is told of publication, and whether what stands here is what it was told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consultations.publication.copies import is_nameless
from consultations.publication.models import PublicCopy
from consultations.publication.translations import answers_to_publish
from portal.record.actions import append, conceal
from portal.record.audit_sources import Finding, entries_at, finding, named, with_entries
from portal.record.hashing import content_digest, new_salt
from portal.record.models import Entry
from portal.record.public import opened

PUBLISHED, UNPUBLISHED, REDACTED = "response.published", "response.unpublished", "response.redacted"


def record_published(copy: PublicCopy, *, at: datetime, follows: str = "") -> Entry:
    """
    Add the public entry of a copy as it is now, inside the caller's transaction.

    `follows` is the leaf of the published entry that it takes the place of, if any; it is always
    stated, since the record keeps no order within a day. The entry names that of the submission
    where a name is published too, and never without: who holds the receipt of one would know the
    other.
    """
    salt = new_salt()
    statement: dict[str, Any] = {
        **_of(copy),
        "version": copy.version.number,
        "redacted": copy.is_redacted,
        "follows": follows or None,
        "content_digest": content_digest(salt, copy.content()),
    }
    if not is_nameless(copy.response, copy.version) and copy.display_name:
        statement["submission"] = copy.version.record_leaf
    return append(kind=PUBLISHED, statement=statement, public=True, at=at, salt=salt)


def record_unpublished(copy: PublicCopy, reason: str, *, at: datetime) -> Entry:
    """Add the public entry that a copy is published no more: withdrawn, removed or replaced."""
    statement = {**_of(copy), "reason": reason, "published": copy.record_leaf}
    return append(kind=UNPUBLISHED, statement=statement, public=True, at=at)


def close_published(copy: PublicCopy) -> None:
    """
    Close the entry of what is no longer published so.

    Its salt and digest, read beside what is left, would let anybody try out what was left out: a
    telephone number in an instant.
    """
    if copy.record_leaf:
        conceal([copy.record_leaf])


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


def entry_of(copy: PublicCopy) -> Entry | None:
    """Return the entry that says what is published."""
    return entries_at([copy.record_leaf]).get(copy.record_leaf)


def place_of(copy: PublicCopy) -> int | None:
    """Return the place in the record of what is published; None until its day has ended."""
    entry = entry_of(copy)
    return entry.index if entry else None


def as_recorded_of(copy: PublicCopy) -> dict[str, Any] | None:
    """
    Return what the digest of a published copy covers, and its entry (see `public.opened`).

    None where the copy has no entry any more, which `verify_record` tells.
    """
    entry = entry_of(copy)
    return opened(entry, copy.content()) if entry and entry.statement else None


def check_published(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """
    Hold every published copy against its entry, and every entry against what is published.

    An entry counts as answered for where another says that it was unpublished, or follows it.
    """
    standing = _Standing()
    for batch in batches:
        for entry in batch:
            standing.take_in(entry)
    yield from standing.findings()
    published = PublicCopy.objects.published().select_related("response", "consultation", "version")
    for copy, entered in with_entries(published):
        is_last = standing.leaves.pop(copy.response.reference, None) == [copy.record_leaf]
        yield from _compare(copy, entered if is_last else None)
        yield from _words(copy)
    for reference, leaves in standing.leaves.items():
        yield Finding(leaves[-1], f"{reference} is entered as published and is not")


class _Standing:
    """
    The leaves of what is published by the record alone, by reference; in no order within a day.

    Those from the record's beginnings follow each other in the order of their places.
    """

    def __init__(self) -> None:
        self.leaves: dict[str, list[str]] = {}
        self.ended: dict[str, tuple[Entry, str]] = {}
        self._beginnings: dict[str, str] = {}
        self._odd: list[Finding] = []

    def take_in(self, entry: Entry) -> None:
        """Count one entry more; the same one twice counts once."""
        statement = entry.statement
        if statement is None:
            return
        reference = statement.get("reference", "")
        if entry.kind == PUBLISHED and "follows" not in statement:
            self._beginnings[reference] = entry.leaf
        elif entry.kind == PUBLISHED:
            leaves = self.leaves.setdefault(reference, [])
            if entry.leaf not in leaves:
                leaves.append(entry.leaf)
            if statement["follows"]:
                self.ended[entry.leaf] = entry, named(entry, "follows")
        elif isinstance(statement.get("published"), str):
            self.ended[entry.leaf] = entry, named(entry, "published")
        elif self._beginnings.pop(reference, None) != named(entry, "published"):
            self._odd.append(_not_published(entry))

    def findings(self) -> Iterator[Finding]:
        """Tell what ends without having begun; `leaves` are those that stand, from then on."""
        yield from self._odd
        for reference, leaf in self._beginnings.items():
            self.leaves.setdefault(reference, []).append(leaf)
        for entry, leaf in self.ended.values():
            standing = self.leaves.get((entry.statement or {}).get("reference", ""), [])
            if leaf in standing:
                standing.remove(leaf)
            else:
                yield _not_published(entry)
        self.leaves = {reference: each for reference, each in self.leaves.items() if each}


def _not_published(entry: Entry) -> Finding:
    reference = (entry.statement or {}).get("reference")
    return finding(entry, f"{reference} was not published before this")


def _words(copy: PublicCopy) -> Iterator[Finding]:
    """Check that the published words are what the writer chose: their own, or a translation."""
    if not copy.response.translation_only:
        if copy.translated_into:
            yield Finding(None, f"{copy.response.reference} is published in translation, unasked")
        return
    if answers_to_publish(copy, copy.consultation.questionnaire()) != copy.answers:
        yield Finding(None, f"what is published of {copy.response.reference} is no translation")


def _compare(copy: PublicCopy, entry: Entry | None) -> Iterator[Finding]:
    """`entry` is the one that stands for the copy; None where that is not the one it names."""
    reference = copy.response.reference
    statement = entry.statement if entry else None
    if entry is None or statement is None:
        yield Finding(
            copy.record_leaf or None, f"{reference} is published without an entry of its own"
        )
        return
    if not entry.public:
        yield finding(entry, f"{reference} is published, and its entry is not open")
    if statement.get("content_digest") != content_digest(bytes(entry.salt or b""), copy.content()):
        yield finding(entry, f"what is published of {reference} is not what was entered")
