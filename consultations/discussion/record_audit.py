"""
How the rows of a discussion are held against the record's entries about them (`recording.py`).

A removed comment has nothing left to hold but that its entry was erased, and says why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.db.models import QuerySet

from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from consultations.discussion.recording import (
    HIDDEN,
    KIND_OF_ACT,
    REMOVED,
    RESTORED,
    UPHELD,
    WORDINGS,
    content,
    place,
)
from portal.record.audit_sources import Finding, entries_at, finding, register_source, with_entries
from portal.record.hashing import content_digest
from portal.record.models import Entry
from portal.search.cards import in_batches

CHUNK = 500


def register_discussion() -> None:
    """Have comments and moderators' acts held against the record."""
    register_source(WORDINGS, check_wordings)
    register_source((HIDDEN, RESTORED, UPHELD), check_acts)


def check_wordings(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that each entry has its comment or earlier wording, which says what it says."""
    for batch in batches:
        about = _comments_of(batch)
        # In this order: what is edited between the two reads is found in the second.
        kept = set(Comment.objects.filter(pk__in=about).values_list("record_leaf", flat=True))
        earlier = CommentVersion.objects.filter(comment__in=about)
        kept.update(earlier.values_list("record_leaf", flat=True))
        missing = {e.leaf for e in batch if not e.is_erased and e.leaf not in kept}
        # Read anew: what was removed between the two reads is erased by now.
        for entry in entries_at(missing).values():
            if not entry.is_erased:
                yield finding(
                    entry, f"is of a wording of comment {_comment_of(entry)} that is not kept."
                )
    # Versions last: what is edited meanwhile moved there.
    for comments in in_batches(Comment.objects.order_by("pk").iterator(CHUNK), CHUNK):
        yield from _check_comments(comments)
    earlier = CommentVersion.objects.select_related("comment").order_by("pk")
    for versions in in_batches(earlier.iterator(CHUNK), CHUNK):
        yield from _check_versions(versions)


def check_acts(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Check that every entry about an act of a moderator has its act, and the other way round."""
    for batch in batches:
        about = _comments_of(batch)
        done = ModerationAct.objects.filter(comment__in=about)
        kept = set(done.values_list("record_leaf", flat=True))
        for entry in batch:
            if not entry.is_erased and entry.leaf not in kept:
                yield finding(entry, "is of an act of moderation that is not kept.")
    for act, of_act in with_entries(ModerationAct.objects.all()):
        yield from _check_act(act, of_act)


def _check_comments(comments: list[Comment]) -> Iterator[Finding]:
    entries = entries_at(comment.record_leaf for comment in comments)
    tombstones = entries_at(entry.erased_by for entry in entries.values())
    pks = [comment.pk for comment in comments]
    versions = CommentVersion.objects.filter(comment__in=pks).order_by("number")
    wordings = _leaves_by_comment(versions.values_list("comment", "record_leaf"))
    acts = ModerationAct.objects.filter(comment__in=pks).order_by("pk")
    done = _leaves_by_comment(acts.values_list("comment", "record_leaf"))
    last = _last_verbs(acts)
    yield from _check_order([*wordings[each.pk], each.record_leaf] for each in comments)
    yield from _check_order(done.values())
    for comment in comments:
        name = f"Comment {comment.pk}"
        entry = entries.get(comment.record_leaf)
        if comment.is_removed:
            yield from _check_removed(comment, entry, tombstones)
        else:
            yield from _check_wording(comment, comment, name, entry)
        if comment.is_hidden != (last.get((comment.pk, None)) == ModerationAct.Verb.HIDE):
            yield Finding(None, f"{name} is hidden or shown otherwise than moderators decided.")


def _check_versions(versions: list[CommentVersion]) -> Iterator[Finding]:
    entries = entries_at(version.record_leaf for version in versions)
    about = {version.comment_id for version in versions}
    last = _last_verbs(ModerationAct.objects.filter(comment__in=about).order_by("pk"))
    for version in versions:
        name = f"Earlier wording {version.number} of comment {version.comment_id}"
        yield from _check_wording(version, version.comment, name, entries.get(version.record_leaf))
        verb = last.get((version.comment_id, version.number))
        if version.is_hidden != (verb == ModerationAct.Verb.HIDE):
            yield Finding(None, f"{name} is hidden or shown otherwise than moderators decided.")


def _check_removed(
    comment: Comment, entry: Entry | None, tombstones: dict[str, Entry]
) -> Iterator[Finding]:
    """Check that the record says that its author removed a comment."""
    tombstone = tombstones.get(entry.erased_by) if entry else None
    stated = (tombstone and tombstone.statement) or {}
    if (stated.get("comment"), stated.get("because")) != (comment.pk, REMOVED):
        yield Finding(None, f"Comment {comment.pk} is removed, and no entry says so.")


def _check_wording(
    row: Comment | CommentVersion, comment: Comment, name: str, entry: Entry | None
) -> Iterator[Finding]:
    """Check that a wording, its place and who spoke are those of its entry, to the letter."""
    if entry is None or entry.kind not in WORDINGS or _comment_of(entry) != comment.pk:
        yield Finding(None, f"{name} has no entry.")
        return
    if entry.is_erased and not _is_kept(row):
        return  # removed since it was read
    stated = entry.statement or {}
    form = stated.get("content", 1)
    digest = content_digest(bytes(entry.salt or b""), content(row, form))
    if stated.get("content_digest") != digest:
        what = "text" if form == 1 else "text or speaker"
        yield finding(entry, f"was made of another {what}: {name} was changed.")
    if stated.get("language") != row.language:
        yield finding(entry, f"states another language: {name} was changed.")
    there = place(comment, row)
    if {key: stated.get(key) for key in there} != there:
        yield finding(entry, f"states another place or group: {name} was changed.")


def _is_kept(row: Comment | CommentVersion) -> bool:
    """Say whether a wording is still there, and has the entry that it had when it was read."""
    same = {"pk": row.pk, "record_leaf": row.record_leaf}
    if isinstance(row, CommentVersion):
        return CommentVersion.objects.filter(**same).exists()
    return Comment.objects.filter(**same, removed_on=None).exists()


def _check_act(act: ModerationAct, entry: Entry | None) -> Iterator[Finding]:
    if entry is None:
        yield Finding(None, f"Act of moderation {act.pk} has no entry.")
        return
    stated = entry.statement or {}
    told = (entry.kind, stated.get("comment"), stated.get("wording"), stated.get("reason"))
    reason = None if act.verb == ModerationAct.Verb.RESTORE else act.reason
    if told != (KIND_OF_ACT.get(act.verb), act.comment_id, act.wording, reason):
        yield finding(entry, f"does not state act of moderation {act.pk}.")


def _last_verbs(acts: QuerySet[ModerationAct]) -> dict[tuple[int, int | None], str]:
    """
    Return what was done last to each comment, and to each earlier wording that is numbered.

    Either hidden or shown: that hiding was confirmed changes nothing.
    """
    changing = acts.exclude(verb=ModerationAct.Verb.UPHOLD)
    return {
        (comment, wording): verb
        for comment, wording, verb in changing.values_list("comment", "wording", "verb")
    }


def _leaves_by_comment(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for comment, leaf in pairs:
        found[comment].append(leaf)
    return found


def _check_order(several: Iterable[list[str]]) -> Iterator[Finding]:
    """Check that each follows the one before it, as its entry states; the first stated none."""
    followed = {leaf: before for each in several for before, leaf in pairwise(each)}
    for some in in_batches(iter(followed), CHUNK):
        for leaf, entry in entries_at(some).items():
            if (entry.statement or {}).get("follows", followed[leaf]) != followed[leaf]:
                yield finding(entry, "follows another entry than it states.")


def _comments_of(entries: list[Entry]) -> set[int]:
    found = {_comment_of(entry) for entry in entries}
    return {comment for comment in found if comment is not None}


def _comment_of(entry: Entry) -> int | None:
    comment = (entry.statement or {}).get("comment")
    return comment if isinstance(comment, int) else None
