"""“Still true”: somebody read a guide against its sources, and a second person confirms it."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from knowledge.guides.actions.review_days import set_days
from knowledge.guides.models import GuidePage, StillTrue
from knowledge.guides.permissions import user_can_confirm, user_can_review
from portal.search.pages import refresh
from portal.stakeholders.models import User
from portal.text import clean_text

ASKED, CONFIRMED, REFUSED = "guides.review.ask", "guides.review.confirm", "guides.review.refuse"
NOT_AHEAD = _("Choose a day that is still to come.")


def say_still_true(
    *, guide: GuidePage, by: User, note: str, review_due: date, at: datetime | None = None
) -> StillTrue:
    """
    Keep that somebody read a guide and that it still holds; it waits for a second person.

    Raises PermissionDenied, and ValidationError (keyed by field) without a note, with a next
    review that is not to come, or where somebody has said it already.
    """
    at = at or timezone.now()
    if not user_can_review(by, guide):
        raise PermissionDenied
    if not (note := clean_text(note)):
        raise ValidationError({"note": _("Say in a few words what you compared.")})
    if review_due <= timezone.localdate(at):
        raise ValidationError({"review_due": NOT_AHEAD})
    with transaction.atomic():
        GuidePage.objects.select_for_update().get(pk=guide.pk)  # of two at once, one asks
        if StillTrue.objects.filter(guide=guide, decided_at__isnull=True).exists():
            raise ValidationError(_("Somebody has said this already. It waits."))
        asked = StillTrue.objects.create(
            guide=guide, asked_by=by, note=note, review_due=review_due, asked_at=at
        )
        log(instance=guide, action=ASKED, user=by, data={"reason": note})
    return asked


def confirm_still_true(*, asked: StillTrue, by: User, at: datetime | None = None) -> None:
    """
    Set the days of the review on a guide, and in what was saved of it; its text stays as it is.

    Raises PermissionDenied, and ValidationError where it is decided, the text has changed since,
    or the next review is not to come any more.
    """
    at = at or timezone.now()
    with transaction.atomic():
        row, guide = _open(asked, by)
        if guide.last_published_at and guide.last_published_at > row.asked_at:
            raise ValidationError(
                _("Another version was published since. Refuse this, and have it read again.")
            )
        if row.review_due <= timezone.localdate(at):
            raise ValidationError(_("The next review is not to come any more. Refuse this."))
        days = {"reviewed_on": timezone.localdate(row.asked_at), "review_due": row.review_due}
        set_days(guide, **days)
        _decide(row, StillTrue.Decision.CONFIRMED, by, at)
        log(instance=guide, action=CONFIRMED, user=by, data={"reason": row.note})
        refresh(GuidePage.objects.get(pk=guide.pk))


def refuse_still_true(
    *, asked: StillTrue, by: User, answer: str, at: datetime | None = None
) -> None:
    """
    Leave the days of a guide's review as they are, and say why.

    Raises PermissionDenied, and ValidationError (keyed by field) where it is decided or no answer
    is given.
    """
    if not (answer := clean_text(answer)):
        raise ValidationError({"answer": _("Say why you refuse. Whoever asked reads it.")})
    with transaction.atomic():
        row, guide = _open(asked, by)
        _decide(row, StillTrue.Decision.REFUSED, by, at or timezone.now(), answer)
        log(instance=guide, action=REFUSED, user=by, data={"reason": answer})


def _open(asked: StillTrue, by: User) -> tuple[StillTrue, GuidePage]:
    row = StillTrue.objects.select_for_update().get(pk=asked.pk)
    guide = GuidePage.objects.get(pk=row.guide_id)
    if not user_can_confirm(by, row):
        raise PermissionDenied
    if row.decided_at or not guide.live:
        raise ValidationError(_("Somebody has decided this meanwhile."))
    return row, guide


def _decide(row: StillTrue, decision: str, by: User, at: datetime, answer: str = "") -> None:
    StillTrue.objects.filter(pk=row.pk).update(
        decision=decision, answer=answer, decided_by=by, decided_at=at
    )
