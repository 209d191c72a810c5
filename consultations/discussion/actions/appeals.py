"""An author's appeal against the hiding of their text, and what another moderator decides on it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.discussion.actions.locking import locked
from consultations.discussion.actions.moderating import note_act, show_again
from consultations.discussion.appeals import hidings_of, wording_of
from consultations.discussion.errors import (
    AlreadyAppealed,
    AlreadyRemoved,
    AppealDecided,
    InvalidAppeal,
    NotForYou,
    NothingToAppeal,
    NotPermitted,
    NotYours,
)
from consultations.discussion.models import (
    MAX_APPEAL,
    Appeal,
    Comment,
    CommentVersion,
    ModerationAct,
)
from consultations.discussion.permissions import (
    user_can_appeal,
    user_can_decide_appeal,
    user_can_moderate,
)
from portal.stakeholders.models import Person

Verb = ModerationAct.Verb


def appeal_hiding(
    *, author: Person, act: ModerationAct, text: str, at: datetime | None = None
) -> Appeal:
    """
    Appeal against an act that hid one's own comment, or an earlier wording, and still stands.

    `text` says why: plain, at most 2,000 characters. Whether the discussion is open does not
    matter. Raises NotYours, AlreadyRemoved, NothingToAppeal, AlreadyAppealed, InvalidAppeal.
    """
    with transaction.atomic():
        comment = locked(act.comment)
        if comment.is_removed:
            raise AlreadyRemoved
        if isinstance(author, AnonymousUser) or not user_can_appeal(author, act):
            raise NotYours
        if Appeal.objects.filter(act=act).exists():
            raise AlreadyAppealed
        if not _still_stands(act):
            raise NothingToAppeal
        return Appeal.objects.create(
            act=act, text=_checked(text, "text"), made_at=at or timezone.now()
        )


def decide_appeal(
    *,
    moderator: Person,
    appeal: Appeal,
    restores: bool,
    answer: str,
    at: datetime | None = None,
) -> Appeal:
    """
    Show a text again, or confirm that it stays hidden; its author is told which, and `answer`: why.

    Raises NotForYou for whoever hid it and for its author, NotPermitted, AlreadyRemoved,
    AppealDecided, InvalidAppeal.
    """
    with transaction.atomic():
        comment = locked(appeal.act.comment)
        found = Appeal.objects.select_related("act__comment").filter(pk=appeal.pk).first()
        if comment.is_removed or found is None:
            raise AlreadyRemoved
        if not user_can_moderate(moderator, comment.thread.consultation):
            raise NotPermitted
        if not user_can_decide_appeal(moderator, found):
            raise NotForYou
        if not found.is_open:
            raise AppealDecided
        found.answer = _checked(answer, "answer")
        at = at or timezone.now()
        wording = wording_of(found.act)
        version = wording if isinstance(wording, CommentVersion) else None
        if restores:
            found.decision = show_again(moderator, comment, version, "", at)
        else:
            found.decision = note_act(
                Verb.UPHOLD, comment, moderator, found.act.reason, "", at, version
            )
        found.save()
        return found


def forget_appeals(comment: Comment) -> None:
    """
    Erase what was said in appeals about a comment; those that wait are dropped.

    Inside the caller's transaction: its author removes it, or is nobody's any more.
    """
    about = Appeal.objects.filter(act__comment=comment)
    about.undecided().delete()
    about.update(text="", answer="")


def _still_stands(act: ModerationAct) -> bool:
    return any(each.act.pk == act.pk and each.stands for each in hidings_of([act.comment_id]))


def _checked(text: str, field: str) -> str:
    """Return a text as it is kept. Raises InvalidAppeal, which names the field."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise InvalidAppeal(_("Say why."), field=field)
    if len(text) > MAX_APPEAL:
        raise InvalidAppeal(
            _("This has %(length)s characters. At most %(limit)s fit.")
            % {"length": f"{len(text):,}", "limit": f"{MAX_APPEAL:,}"},
            field=field,
        )
    if "\x00" in text:
        raise InvalidAppeal(_("This has a character that cannot be stored."), field=field)
    return text
