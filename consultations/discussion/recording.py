"""
What of a discussion enters the record, and how its rows are held against it.

Every wording of a comment is an entry, and so is every act of a moderator. An entry about a wording
has a digest of it, salted with the entry's own salt, and never the author's name. While a comment
is hidden its wordings' entries are opened to nobody.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from portal.record.actions import append, conceal, reveal
from portal.record.digests import content_digest, new_salt
from portal.record.models import Entry
from portal.record.sources import Finding, entries_at, register_source
from portal.search.cards import in_batches

POSTED, EDITED = "comment.posted", "comment.edited"
HIDDEN, RESTORED = "comment.hidden", "comment.restored"
KIND_OF_ACT = {ModerationAct.Verb.HIDE.value: HIDDEN, ModerationAct.Verb.RESTORE.value: RESTORED}
CHUNK = 500


def content(body: str) -> dict[str, str]:
    """What the digest of a wording covers."""
    return {"body": body}


def enter_wording(kind: str, comment: Comment, docket: str, at: datetime) -> int:
    """Enter what a comment, posted or edited, is about to say; returns its entry's number."""
    salt = new_salt()
    statement = {
        **_place(comment),
        "consultation": docket,
        "language": comment.language,
        "content_digest": content_digest(salt, content(comment.body)),
    }
    return append(kind=kind, statement=statement, public=True, at=at, salt=salt).index


def enter_act(verb: str, comment: Comment, docket: str, at: datetime) -> int:
    """
    Enter that a moderator hid a comment or showed it again; returns the number of the entry.

    `comment` still has the reason for which it is hidden. Its wordings are concealed, or opened.
    """
    statement = {"comment": comment.pk, "consultation": docket}
    if verb == ModerationAct.Verb.HIDE:
        statement["reason"] = comment.hidden_reason
    earlier = comment.versions.values_list("record_index", flat=True)
    wordings = [index for index in (*earlier, comment.record_index) if index is not None]
    (conceal if verb == ModerationAct.Verb.HIDE else reveal)(wordings)
    return append(kind=KIND_OF_ACT[verb], statement=statement, public=True, at=at).index


def register_discussion() -> None:
    """Have comments and moderators' acts held against the record."""
    register_source((POSTED, EDITED), check_wordings)
    register_source((HIDDEN, RESTORED), check_acts)


def check_wordings(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Every entry has its comment or earlier wording, and every one of those says what it says."""
    for batch in batches:
        about = _comments_of(batch)
        # In this order: what is edited between the two reads is found in the second.
        kept = set(Comment.objects.filter(pk__in=about).values_list("record_index", flat=True))
        earlier = CommentVersion.objects.filter(comment__in=about)
        kept.update(earlier.values_list("record_index", flat=True))
        for entry in batch:
            if entry.erased_by is None and entry.index not in kept:
                yield Finding(
                    entry.index,
                    f"is of a wording of comment {_comment_of(entry)} that is not kept.",
                )
    # Versions last: what is edited meanwhile moved there.
    for comments in in_batches(Comment.objects.order_by("pk").iterator(CHUNK), CHUNK):
        yield from _check_comments(comments)
    for versions in in_batches(CommentVersion.objects.order_by("pk").iterator(CHUNK), CHUNK):
        entries = entries_at(version.record_index for version in versions)
        for version in versions:
            name = f"Earlier wording {version.pk} of comment {version.comment_id}"
            yield from _check_wording(version, version.comment_id, name, entries)


def check_acts(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Every entry about hiding or restoring has its act, and the other way round."""
    for batch in batches:
        about = _comments_of(batch)
        done = ModerationAct.objects.filter(comment__in=about)
        kept = set(done.values_list("record_index", flat=True))
        for entry in batch:
            if entry.erased_by is None and entry.index not in kept:
                yield Finding(entry.index, "is of an act of moderation that is not kept.")
    for acts in in_batches(ModerationAct.objects.order_by("pk").iterator(CHUNK), CHUNK):
        entries = entries_at(act.record_index for act in acts)
        for act in acts:
            yield from _check_act(act, _at(act.record_index, entries))


def _check_comments(comments: list[Comment]) -> Iterator[Finding]:
    entries = entries_at(comment.record_index for comment in comments)
    acts = ModerationAct.objects.filter(comment__in=[comment.pk for comment in comments])
    last = dict(acts.order_by("pk").values_list("comment", "verb"))
    for comment in comments:
        name = f"Comment {comment.pk}"
        yield from _check_wording(comment, comment.pk, name, entries)
        if comment.is_hidden != (last.get(comment.pk) == ModerationAct.Verb.HIDE):
            yield Finding(None, f"{name} is hidden or shown otherwise than moderators decided.")
        entry = _at(comment.record_index, entries)
        stated = (entry and entry.statement) or {}
        place = _place(comment)
        if entry and {key: stated.get(key) for key in place} != place:
            yield Finding(entry.index, f"states another place or speaker: {name} was changed.")


def _check_wording(
    row: Comment | CommentVersion, comment_id: int, name: str, entries: dict[int, Entry]
) -> Iterator[Finding]:
    """Whether a wording is that of its entry, to the letter."""
    entry = _at(row.record_index, entries)
    if entry is None or entry.kind not in (POSTED, EDITED) or _comment_of(entry) != comment_id:
        yield Finding(None, f"{name} has no entry.")
        return
    stated = entry.statement or {}
    digest = content_digest(bytes(entry.salt or b""), content(row.body))
    if stated.get("content_digest") != digest:
        yield Finding(entry.index, f"was made of another text: {name} was changed.")
    if stated.get("language") != row.language:
        yield Finding(entry.index, f"states another language: {name} was changed.")


def _check_act(act: ModerationAct, entry: Entry | None) -> Iterator[Finding]:
    if entry is None:
        yield Finding(None, f"Act of moderation {act.pk} has no entry.")
        return
    stated = entry.statement or {}
    told = (entry.kind, stated.get("comment"), stated.get("reason"))
    reason = act.reason if act.verb == ModerationAct.Verb.HIDE else None
    if told != (KIND_OF_ACT.get(act.verb), act.comment_id, reason):
        yield Finding(entry.index, f"does not state act of moderation {act.pk}.")


def _place(comment: Comment) -> dict[str, Any]:
    """Where a comment stands, and who it is that speaks, without a name."""
    return {
        "comment": comment.pk,
        "parent": comment.parent_id,
        "group": comment.group,
        "official": comment.is_official,
    }


def _at(index: int | None, entries: dict[int, Entry]) -> Entry | None:
    return None if index is None else entries.get(index)


def _comments_of(entries: list[Entry]) -> set[int]:
    found = {_comment_of(entry) for entry in entries}
    return {comment for comment in found if comment is not None}


def _comment_of(entry: Entry) -> int | None:
    comment = (entry.statement or {}).get("comment")
    return comment if isinstance(comment, int) else None
