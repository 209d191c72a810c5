"""
What of a discussion enters the record.

Every wording of a comment is an entry, and so is every act of a moderator. An entry about a wording
has a digest of it and of who spoke, salted with the entry's own salt, and never the author's name.
While a wording is hidden its entry is opened to nobody; once it was removed, or its author's name
taken out of it, its entry is erased. `record_audit.py` holds the rows against all this.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from consultations.discussion.recording.sealing import sealed_author
from portal.record.actions import append, conceal, erase, reveal
from portal.record.hashing import content_digest, new_salt

POSTED, EDITED, UNNAMED = "comment.posted", "comment.edited", "comment.unnamed"
WORDINGS = (POSTED, EDITED, UNNAMED)
HIDDEN, RESTORED, UPHELD = "comment.hidden", "comment.restored", "comment.hiding-confirmed"
KIND_OF_ACT = {
    ModerationAct.Verb.HIDE.value: HIDDEN,
    ModerationAct.Verb.RESTORE.value: RESTORED,
    ModerationAct.Verb.UPHOLD.value: UPHELD,
}
# What entries are made with now; those that state no "content" were made with the first.
CONTENT = 2
REMOVED = "removed by its author"
NAME_TAKEN_OUT = "its author's name was taken out"


def content(wording: Comment | CommentVersion, form: int = CONTENT) -> dict[str, str | bool]:
    """
    Return what the digest of a wording covers, in the form that its entry states as "content".

    Form 2 is an object of exactly these six:

        "body"          the text: plain, line feeds between lines, no blank edges
        "by"            names the author to nobody: SHA-256, in hexadecimal, over the comment's
                        seal (16 random bytes, which the portal shows to nobody) and the number of
                        the account in decimal digits; "" where the comment has no author any more
        "group"         a key of the vocabulary of groups: "industry", "academia", …
        "name"          the name that it was posted under; "" once it was taken out
        "organisation"  the organisation that it was posted under, or ""
        "verified"      true where the portal had verified that organisation then, else false

    Form 1, of entries that state no "content", is an object of "body" alone: who spoke is not
    covered. The digest itself, the statement's "content_digest", is SHA-256 over the entry's salt
    (32 bytes) and the canonical JSON of the object.
    """
    if form == 1:
        return {"body": wording.body}
    comment = wording if isinstance(wording, Comment) else wording.comment
    return {
        "body": wording.body,
        "by": sealed_author(comment.author_seal, comment.author_id),
        "group": wording.group,
        "name": wording.author_name,
        "organisation": wording.organisation_name,
        "verified": bool(wording.is_verified),
    }


def enter_wording(kind: str, comment: Comment, docket: str, at: datetime) -> str:
    """
    Enter what a comment, posted or edited, is about to say; returns its entry's leaf.

    An edit names the leaf of the wording that it follows: the record keeps no order within a day.
    """
    follows = comment.record_leaf if kind == EDITED else ""
    return _enter(kind, comment, comment, docket, at, follows=follows, public=True)


def enter_act(act: ModerationAct, docket: str, version: CommentVersion | None) -> str:
    """
    Enter that a moderator hid a comment, or showed it again; returns the leaf of the entry.

    `version` is the earlier wording that it is about, None for the whole comment. Entries of what
    is hidden are concealed, those of what is shown opened. That hiding was confirmed is opened to
    nobody: it tells that somebody appealed. An act names the leaf of the one that it follows on
    the same comment. `act` is not saved yet.
    """
    comment = act.comment
    statement = {"comment": comment.pk, "consultation": docket}
    acts = ModerationAct.objects.filter(comment=comment).order_by("-pk")
    if before := acts.values_list("record_leaf", flat=True).first():
        statement["follows"] = before
    if version is not None:
        statement["wording"] = version.number
    if act.verb != ModerationAct.Verb.RESTORE:
        statement["reason"] = act.reason
    if act.verb == ModerationAct.Verb.HIDE:
        conceal(_known([version] if version else [comment, *comment.versions.all()]))
    elif act.verb == ModerationAct.Verb.RESTORE and not comment.is_hidden:
        shown = comment.versions.filter(hidden_at=None)
        reveal(_known([version] if version else [comment, *shown]))
    kind = KIND_OF_ACT[act.verb]
    return append(kind=kind, statement=statement, public=kind != UPHELD, at=act.at).leaf


def enter_removal(comment: Comment, at: datetime) -> None:
    """Have the record forget a comment that its author takes back: every wording of it."""
    _forget(comment, comment.versions.all(), REMOVED, at)


def enter_without_name(comment: Comment, versions: Iterable[CommentVersion], at: datetime) -> None:
    """
    Have the record forget who spoke, and enter each wording anew as it stands without a name.

    The rows get the leaves of their new entries and are not saved; `versions` come in their order.
    """
    versions = list(versions)
    _forget(comment, versions, NAME_TAKEN_OUT, at)
    docket = comment.thread.consultation.docket
    follows = ""
    rows: list[Comment | CommentVersion] = [*versions, comment]
    for row in rows:
        public = not (comment.is_hidden or row.is_hidden)
        row.record_leaf = follows = _enter(
            UNNAMED, comment, row, docket, at, follows=follows, public=public
        )


def _enter(
    kind: str,
    comment: Comment,
    wording: Comment | CommentVersion,
    docket: str,
    at: datetime,
    *,
    follows: str,
    public: bool,
) -> str:
    salt = new_salt()
    statement = {
        **place(comment, wording),
        **({"follows": follows} if follows else {}),
        "consultation": docket,
        "language": wording.language,
        "content": CONTENT,
        "content_digest": content_digest(salt, content(wording)),
    }
    return append(kind=kind, statement=statement, public=public, at=at, salt=salt).leaf


def _forget(
    comment: Comment, versions: Iterable[CommentVersion], because: str, at: datetime
) -> None:
    """Erase the entries of all wordings; those that are open apart, so that this is open too."""
    statement = {
        "comment": comment.pk,
        "consultation": comment.thread.consultation.docket,
        "because": because,
    }
    rows: list[Comment | CommentVersion] = [comment, *versions]
    hidden = [row for row in rows if comment.is_hidden or row.is_hidden]
    for some in (hidden, [row for row in rows if row not in hidden]):
        if leaves := _known(some):
            erase(leaves, at=at, statement=statement)


def _known(rows: Iterable[Comment | CommentVersion]) -> list[str]:
    """Return the leaves of these wordings."""
    return [row.record_leaf for row in rows if row.record_leaf]


def place(comment: Comment, wording: Comment | CommentVersion) -> dict[str, Any]:
    """Return where a comment stands, and for which group it speaks, without a name."""
    return {
        "comment": comment.pk,
        "parent": comment.parent_id,
        "group": wording.group,
        "official": comment.is_official,
    }
