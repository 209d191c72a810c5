"""The public copy: leaving passages out of it, and publishing it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_has_interest
from consultations.moderation.actions.base import Acting, begin, copy_of
from consultations.moderation.errors import (
    InterestDeclared,
    InvalidAct,
    NothingReady,
    NotPermitted,
    OwnAmongThem,
    PublishedTogether,
    WrongStatus,
)
from consultations.moderation.models import ScreeningAct
from consultations.moderation.permissions import user_can_screen_all, user_is_screener
from consultations.moderation.policy import Verb
from consultations.moderation.redaction import Segments, cuts_of
from consultations.publication import actions as publication
from consultations.publication.errors import NotACut, NotPublishable, ShownInTranslation
from consultations.publication.models import PublicCopy
from consultations.responses.models import Handling, Response, Status
from portal.stakeholders.models import User

WITHOUT_WORDS = "-"


@transaction.atomic
def redact(
    *,
    response: Response,
    by: User,
    question_id: str,
    segments: Segments,
    version: int | None = None,
    at: datetime | None = None,
) -> ScreeningAct:
    """
    Leave passages out of one answer of the public copy, each with its published reason.

    `segments` is the text in order, `{"text": …}` for what stays and `{"redacted": reason}` for
    what goes; what was sent stays as it is. Raises NotPermitted, NewVersion, WrongStatus unless
    the response is accepted or published, InvalidAct where the segments are not its text,
    ShownInTranslation where only a translation of the text is published (`translate`).
    """
    acting = begin(
        response, by=by, at=at, statuses=(Status.ACCEPTED, Status.PUBLISHED), version=version
    )
    if acting.response.translation_only and publication.redactable_text(
        copy_of(acting), question_id
    ):
        raise ShownInTranslation
    return acting.write(Verb.REDACT, detail=cut(acting, question_id, segments))


def cut(acting: Acting, question_id: str, segments: Segments) -> dict[str, Any]:
    """Have passages left out; returns the question and the places, as the act keeps them."""
    copy = copy_of(acting)
    try:
        copy = publication.redact(
            copy=copy, question_id=question_id, segments=segments, by=acting.by, at=acting.at
        )
    except NotACut as error:
        raise InvalidAct(str(error)) from error
    kept = copy.answers[question_id].get("segments", [])
    original = whole_text(copy, question_id)
    return {"question": question_id, "cuts": cuts_of(kept, original) if kept else []}


def whole_text(copy: PublicCopy, question_id: str) -> str:
    """Return an answer's words; for one without any, as a file, something to cut as a whole."""
    return publication.redactable_text(copy, question_id) or WITHOUT_WORDS


@transaction.atomic
def publish(
    *, responses: Iterable[Response], by: User, at: datetime | None = None
) -> list[PublicCopy]:
    """
    Publish accepted responses together, in an order that chance decides.

    All or none. Raises NotPermitted; WrongStatus where one of them is not accepted, is accepted as
    confidential, or is not ready or not due (`publication.publish`); PublishedTogether where a
    consultation that does not publish while it is open has more that is ready (`publish_accepted`).
    """
    at = at or timezone.now()
    # Always locked in the same order, so that two who publish at once do not wait for each other.
    actings = [
        begin(each, by=by, at=at, statuses=[Status.ACCEPTED])
        for each in sorted(responses, key=lambda each: each.pk)
    ]
    if any(acting.response.handling == Handling.CONFIDENTIAL for acting in actings):
        raise WrongStatus
    published = _publish(actings, by, at)
    for page in {copy.consultation for copy in published}:
        if not page.publishes_while_open and publication.batch_of(page, at).ready:
            raise PublishedTogether
    return published


@transaction.atomic
def publish_accepted(
    *, consultation: ConsultationPage, by: User, at: datetime | None = None
) -> list[PublicCopy]:
    """
    Publish together all accepted responses of a consultation that can be published now.

    What is held back or not ready waits for the next time (`publication.batch_of`). Raises
    NotPermitted, InterestDeclared, OwnAmongThem, NothingReady, and WrongStatus where somebody else
    acted meanwhile.
    """
    at = at or timezone.now()
    page = ConsultationPage.objects.get(pk=consultation.pk)
    waiting = Response.objects.filter(
        consultation=page, status=Status.ACCEPTED, public_copy__published_on=None
    ).exclude(handling=Handling.CONFIDENTIAL)
    found = list(waiting.order_by("pk"))
    if not user_is_screener(by):
        raise NotPermitted
    if user_has_interest(by, page.pk):
        raise InterestDeclared
    if not user_can_screen_all(by, page.pk, found):
        raise OwnAmongThem
    actings = {each.pk: begin(each, by=by, at=at) for each in found}
    ready = publication.batch_of(page, at).ready
    if not ready:
        raise NothingReady
    if not actings.keys() >= {copy.response_id for copy in ready}:  # accepted a moment ago
        raise WrongStatus
    return _publish([actings[copy.response_id] for copy in ready], by, at)


def _publish(actings: Sequence[Acting], by: User, at: datetime) -> list[PublicCopy]:
    try:
        published = publication.publish(
            copies=[copy_of(acting) for acting in actings], by=by, at=at
        )
    except NotPublishable as error:
        raise WrongStatus(str(error)) from error
    for acting in actings:
        acting.write(Verb.PUBLISH)
    return published
