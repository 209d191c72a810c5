"""
What of a discussion enters the record, and how its rows are held against it.

Every wording of a comment is an entry, and so is every act of a moderator. An entry about a wording
has a digest of it, salted with the entry's own salt, and never the author's name. While a comment
is hidden its wordings' entries are opened to nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from portal.record.actions import append, conceal, reveal
from portal.record.audit_sources import Finding, entries_at, finding, register_source
from portal.record.digests import content_digest, new_salt
from portal.record.models import Entry
from portal.search.cards import in_batches

POSTED, EDITED = "comment.posted", "comment.edited"
HIDDEN, RESTORED = "comment.hidden", "comment.restored"
KIND_OF_ACT = {ModerationAct.Verb.HIDE.value: HIDDEN, ModerationAct.Verb.RESTORE.value: RESTORED}
CHUNK = 500


def content(body: str) -> dict[str, str]:
    """What the digest of a wording covers."""
    return {"body": body}


def enter_wording(kind: str, comment: Comment, docket: str, at: datetime) -> str:
    """
    Enter what a comment, posted or edited, is about to say; returns its entry's leaf.

    An edit names the leaf of the wording that it follows: the record keeps no order within a day.
    """
    salt = new_salt()
    statement = {
        **_place(comment),
        **({"follows": comment.record_leaf} if kind == EDITED else {}),
        "consultation": docket,
        "language": comment.language,
        "content_digest": content_digest(salt, content(comment.body)),
    }
    return append(kind=kind, statement=statement, public=True, at=at, salt=salt).leaf


def enter_act(verb: str, comment: Comment, docket: str, at: datetime) -> str:
    """
    Enter that a moderator hid a comment or showed it again; returns the leaf of the entry.

    `comment` still has the reason for which it is hidden. Its wordings are concealed, or opened. An
    act names the leaf of the one that it follows on the same comment.
    """
    statement = {"comment": comment.pk, "consultation": docket}
    acts = ModerationAct.objects.filter(comment=comment).order_by("-pk")
    if before := acts.values_list("record_leaf", flat=True).first():
        statement["follows"] = before
    if verb == ModerationAct.Verb.HIDE:
        statement["reason"] = comment.hidden_reason
    earlier = comment.versions.values_list("record_leaf", flat=True)
    wordings = [leaf for leaf in (*earlier, comment.record_leaf) if leaf]
    (conceal if verb == ModerationAct.Verb.HIDE else reveal)(wordings)
    return append(kind=KIND_OF_ACT[verb], statement=statement, public=True, at=at).leaf


def register_discussion() -> None:
    """Have comments and moderators' acts held against the record."""
    register_source((POSTED, EDITED), check_wordings)
    register_source((HIDDEN, RESTORED), check_acts)


def check_wordings(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Every entry has its comment or earlier wording, and every one of those says what it says."""
    for batch in batches:
        about = _comments_of(batch)
        # In this order: what is edited between the two reads is found in the second.
        kept = set(Comment.objects.filter(pk__in=about).values_list("record_leaf", flat=True))
        earlier = CommentVersion.objects.filter(comment__in=about)
        kept.update(earlier.values_list("record_leaf", flat=True))
        for entry in batch:
            if not entry.is_erased and entry.leaf not in kept:
                yield finding(
                    entry, f"is of a wording of comment {_comment_of(entry)} that is not kept."
                )
    # Versions last: what is edited meanwhile moved there.
    for comments in in_batches(Comment.objects.order_by("pk").iterator(CHUNK), CHUNK):
        yield from _check_comments(comments)
    for versions in in_batches(CommentVersion.objects.order_by("pk").iterator(CHUNK), CHUNK):
        entries = entries_at(version.record_leaf for version in versions)
        for version in versions:
            name = f"Earlier wording {version.pk} of comment {version.comment_id}"
            yield from _check_wording(version, version.comment_id, name, entries)


def check_acts(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Every entry about hiding or restoring has its act, and the other way round."""
    for batch in batches:
        about = _comments_of(batch)
        done = ModerationAct.objects.filter(comment__in=about)
        kept = set(done.values_list("record_leaf", flat=True))
        for entry in batch:
            if not entry.is_erased and entry.leaf not in kept:
                yield finding(entry, "is of an act of moderation that is not kept.")
    for acts in in_batches(ModerationAct.objects.order_by("pk").iterator(CHUNK), CHUNK):
        entries = entries_at(act.record_leaf for act in acts)
        for act in acts:
            yield from _check_act(act, entries.get(act.record_leaf))


def _check_comments(comments: list[Comment]) -> Iterator[Finding]:
    entries = entries_at(comment.record_leaf for comment in comments)
    pks = [comment.pk for comment in comments]
    versions = CommentVersion.objects.filter(comment__in=pks).order_by("replaced_at", "pk")
    wordings = _leaves_by_comment(versions.values_list("comment", "record_leaf"))
    acts = ModerationAct.objects.filter(comment__in=pks).order_by("pk")
    done = _leaves_by_comment(acts.values_list("comment", "record_leaf"))
    last = dict(acts.values_list("comment", "verb"))
    yield from _check_order([*wordings[each.pk], each.record_leaf] for each in comments)
    yield from _check_order(done.values())
    for comment in comments:
        name = f"Comment {comment.pk}"
        yield from _check_wording(comment, comment.pk, name, entries)
        if comment.is_hidden != (last.get(comment.pk) == ModerationAct.Verb.HIDE):
            yield Finding(None, f"{name} is hidden or shown otherwise than moderators decided.")
        entry = entries.get(comment.record_leaf)
        stated = (entry and entry.statement) or {}
        place = _place(comment)
        if entry and {key: stated.get(key) for key in place} != place:
            yield finding(entry, f"states another place or speaker: {name} was changed.")


def _check_wording(
    row: Comment | CommentVersion, comment_id: int, name: str, entries: dict[str, Entry]
) -> Iterator[Finding]:
    """Whether a wording is that of its entry, to the letter."""
    entry = entries.get(row.record_leaf)
    if entry is None or entry.kind not in (POSTED, EDITED) or _comment_of(entry) != comment_id:
        yield Finding(None, f"{name} has no entry.")
        return
    stated = entry.statement or {}
    digest = content_digest(bytes(entry.salt or b""), content(row.body))
    if stated.get("content_digest") != digest:
        yield finding(entry, f"was made of another text: {name} was changed.")
    if stated.get("language") != row.language:
        yield finding(entry, f"states another language: {name} was changed.")


def _check_act(act: ModerationAct, entry: Entry | None) -> Iterator[Finding]:
    if entry is None:
        yield Finding(None, f"Act of moderation {act.pk} has no entry.")
        return
    stated = entry.statement or {}
    told = (entry.kind, stated.get("comment"), stated.get("reason"))
    reason = act.reason if act.verb == ModerationAct.Verb.HIDE else None
    if told != (KIND_OF_ACT.get(act.verb), act.comment_id, reason):
        yield finding(entry, f"does not state act of moderation {act.pk}.")


def _leaves_by_comment(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for comment, leaf in pairs:
        found[comment].append(leaf)
    return found


def _check_order(several: Iterable[list[str]]) -> Iterator[Finding]:
    """Each of these follows the one before it, as its entry states; the first ones stated none."""
    followed = {leaf: before for each in several for before, leaf in pairwise(each)}
    for some in in_batches(iter(followed), CHUNK):
        for leaf, entry in entries_at(some).items():
            if (entry.statement or {}).get("follows", followed[leaf]) != followed[leaf]:
                yield finding(entry, "follows another entry than it states.")


def _place(comment: Comment) -> dict[str, Any]:
    """Where a comment stands, and who it is that speaks, without a name."""
    return {
        "comment": comment.pk,
        "parent": comment.parent_id,
        "group": comment.group,
        "official": comment.is_official,
    }


def _comments_of(entries: list[Entry]) -> set[int]:
    found = {_comment_of(entry) for entry in entries}
    return {comment for comment in found if comment is not None}


def _comment_of(entry: Entry) -> int | None:
    comment = (entry.statement or {}).get("comment")
    return comment if isinstance(comment, int) else None
