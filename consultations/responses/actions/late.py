"""Late tokens: giving one, taking it back, using it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses.actions.drafting import Person
from consultations.responses.codes import hash_code, new_code
from consultations.responses.days import day_of
from consultations.responses.errors import DraftGone, NotPermitted
from consultations.responses.models import Draft, LateToken
from consultations.responses.paper_errors import (
    NoLateAnswers,
    TokenExpired,
    TokenTaken,
    TokenTooLong,
    TokenUsed,
)
from consultations.responses.permissions import (
    token_holds,
    user_can_give_late_tokens,
    user_may_write,
)
from portal.stakeholders.models import User

LONGEST = timedelta(days=366)


class Given(NamedTuple):
    """A late token, and the code by which it is used: told now and never again."""

    token: LateToken
    code: str


def give_late_token(
    *,
    consultation: ConsultationPage,
    by: User,
    reason: str,
    expires_at: datetime,
    at: datetime | None = None,
) -> Given:
    """
    Let one answer in after the deadline, until an aware instant; it will be marked as late.

    `reason` is for staff and not published. Raises NotPermitted; NoLateAnswers for a consultation
    that was cancelled or is not published; TokenExpired where `expires_at` has passed or comes
    before the deadline; TokenTooLong.
    """
    at = at or timezone.now()
    if not user_can_give_late_tokens(by):
        raise NotPermitted
    page = ConsultationPage.objects.get(pk=consultation.pk)
    if not page.live or page.cancelled_at is not None:
        raise NoLateAnswers
    if expires_at <= max(at, page.closes_at):
        raise TokenExpired
    if expires_at - max(at, page.closes_at) > LONGEST:
        raise TokenTooLong
    code = new_code()
    token = LateToken.objects.create(
        consultation=page,
        token_hash=hash_code(code),
        reason=reason,
        issued_by=by,
        issued_at=at,
        expires_at=expires_at,
    )
    return Given(token, code)


def revoke_late_token(*, token: LateToken, by: User, at: datetime | None = None) -> LateToken:
    """
    Take back a token that no answer was sent with; a draft begun with it can no longer be sent.

    Revoked twice, it keeps its day. Raises NotPermitted, TokenUsed.
    """
    at = at or timezone.now()
    if not user_can_give_late_tokens(by):
        raise NotPermitted
    with transaction.atomic():
        found = LateToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if found.used_on is not None:
            raise TokenUsed
        if found.revoked_on is None:
            found.revoked_on = day_of(found.consultation, at)
            found.save(update_fields=["revoked_on"])
        return found


def bring_late_token(
    *, draft: Draft, token: LateToken, by: Person, at: datetime | None = None
) -> Draft:
    """
    Let a draft that missed the deadline be sent with a token.

    Raises NotPermitted, DraftGone, TokenExpired, TokenTaken where another draft has it.
    """
    at = at or timezone.now()
    with transaction.atomic():
        found = (
            Draft.objects.select_for_update(of=("self",))
            .filter(pk=draft.pk, submission_key=draft.submission_key)
            .first()
        )
        if found is None:
            raise DraftGone
        if not user_may_write(by, found):
            raise NotPermitted
        page = ConsultationPage.objects.get(pk=found.consultation_id)
        if found.is_revision or not token_holds(token, page, at):
            raise TokenExpired
        found.late_token = token
        found.touched_on = day_of(page, at)
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError:
            raise TokenTaken from None
    return found
