"""Late tokens: giving one, taking it back, using it. Nobody can tell which answer one let in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.responses.access.codes import hash_code, new_code
from consultations.responses.actions.locking import Person, held
from consultations.responses.days import day_of
from consultations.responses.errors import (
    EventNeeded,
    NamesNobody,
    NoLateAnswers,
    NotPermitted,
    TokenExpired,
    TokenTooLong,
)
from consultations.responses.late_tokens import use_token
from consultations.responses.models import Draft, LateReason, LateToken
from consultations.responses.permissions import user_can_give_late_tokens
from portal.stakeholders.models import User
from portal.text import clean_text

LONGEST = timedelta(days=366)


class Given(NamedTuple):
    """A late token, and its code: told now and never again; "" where it is announced."""

    token: LateToken
    code: str


def give_late_token(
    *,
    consultation: ConsultationPage,
    by: User,
    reason: str,
    expires_at: datetime,
    event: str = "",
    most_answers: int | None = None,
    is_announced: bool = False,
    at: datetime | None = None,
) -> Given:
    """
    Let answers in after the deadline, until an aware instant.

    `reason` is a `LateReason`; `event` says what happened and where, for a reason that hit many.
    `most_answers` None sets no limit. What `is_announced` stands on the consultation's page with
    its event, and needs no code. Raises NotPermitted; NoLateAnswers for a consultation that was
    cancelled or is not published; EventNeeded; NamesNobody for a text beside a person's reason, or
    its announcement; TokenExpired where `expires_at` has passed or comes before the deadline;
    TokenTooLong.
    """
    at = at or timezone.now()
    if not user_can_give_late_tokens(by):
        raise NotPermitted
    page = ConsultationPage.objects.get(pk=consultation.pk)
    if not page.live or page.cancelled_at is not None:
        raise NoLateAnswers
    event, is_event = clean_text(event), LateReason(reason).is_event
    if is_event and not event:
        raise EventNeeded
    if not is_event and (event or is_announced):
        raise NamesNobody
    if expires_at <= max(at, page.closes_at):
        raise TokenExpired
    if expires_at - max(at, page.closes_at) > LONGEST:
        raise TokenTooLong
    code = "" if is_announced else new_code()
    token = LateToken.objects.create(
        consultation=page,
        token_hash=hash_code(code) if code else None,
        reason=reason,
        event=event,
        is_announced=is_announced,
        most_answers=most_answers,
        answers_left=most_answers,
        issued_by=by,
        issued_at=at,
        expires_at=expires_at,
    )
    return Given(token, code)


def revoke_late_token(*, token: LateToken, by: User, at: datetime | None = None) -> LateToken:
    """
    Take back a token: no answer is begun with it any more.

    What was begun with it can be sent while another token of the consultation holds. It makes no
    difference whether it was used: that is told nobody. Revoked twice, it keeps its day. Raises
    NotPermitted.
    """
    at = at or timezone.now()
    if not user_can_give_late_tokens(by):
        raise NotPermitted
    with transaction.atomic():
        found = LateToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if found.revoked_on is None:
            found.revoked_on = day_of(found.consultation, at)
            found.save(update_fields=["revoked_on"])
        return found


def bring_late_token(
    *, draft: Draft, token: LateToken, by: Person, at: datetime | None = None
) -> Draft:
    """
    Let a draft that missed the deadline be sent with a token.

    Raises NotPermitted, DraftGone, TokenExpired, TokenUsed.
    """
    at = at or timezone.now()
    with transaction.atomic():
        found, page = held(draft, by)
        if found.is_revision:
            raise TokenExpired
        if not found.let_in_late:  # brought twice, it is used once
            use_token(token, page, at)
        found.let_in_late = True
        found.touched_on = day_of(page, at)
        found.save()
    return found
