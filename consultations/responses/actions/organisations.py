"""What an organisation's people do together: asking for the signature, and sending back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.responses.actions.locking import Person, writable
from consultations.responses.answers.completeness import missing
from consultations.responses.answers.confidential import is_complete
from consultations.responses.answers.mapping import counting
from consultations.responses.answers.notes import notes_in
from consultations.responses.days import day_of
from consultations.responses.errors import (
    Incomplete,
    NobodyReachable,
    NobodySigns,
    NotAsked,
    NotesOpen,
    NotPermitted,
)
from consultations.responses.models import Draft, SignatureRequest
from consultations.responses.permissions import user_may_send, user_may_write
from consultations.responses.signatories.notifications import SENT_BACK, TO_SIGN
from portal.notifications.actions import notify
from portal.stakeholders.models import User


def ask_to_sign(
    *, draft: Draft, by: Person, language: str, at: datetime | None = None
) -> Sequence[User]:
    """
    Tell by mail those who sign for an organisation that its draft is ready; returns them.

    Their accounts show from then on that it waits for them. `language` is what the mail is written
    in. Only confirmed addresses are written to. Asked again on the same day (of UTC), nobody gets
    another mail, unless the draft was sent back since. Raises NotPermitted for a draft that no
    organisation shares, NotesOpen, Incomplete, NobodySigns, NobodyReachable; AnswersClosed,
    DraftGone.
    """
    at = at or timezone.now()
    with transaction.atomic():
        draft, page = writable(draft, by, at)
        if draft.organisation is None or not isinstance(by, User):
            raise NotPermitted
        questionnaire = page.questionnaire()
        if notes_in(draft.details):
            raise NotesOpen
        if left := missing(questionnaire, draft.answers):
            raise Incomplete(left)
        reasons = draft.details.get("confidentiality", {})
        if not is_complete(counting(questionnaire, draft.answers), reasons):
            raise Incomplete
        may_sign = User.objects.signing_for(draft.organisation.pk)
        if not may_sign:
            raise NobodySigns
        signers = list(User.objects.reachable(may_sign))
        if not signers:
            raise NobodyReachable
        asked, _is_new = SignatureRequest.objects.update_or_create(
            draft=draft, defaults={"asked_by": by, "asked_on": day_of(page, at)}
        )
        for signer in signers:
            _tell(TO_SIGN, draft, signer, language, at, round=asked.times_sent_back)
    return signers


def send_back(
    *, draft: Draft, by: Person, remark: str, language: str, at: datetime | None = None
) -> User | None:
    """
    Send a draft back, with a remark, to whoever asked for the signature; returns them if they are
    told by mail: at a confirmed address, once a day at most, with a link and no word of the remark.

    The draft as it is now is kept beside it until it is sent or erased, to show what is changed
    then. Raises NotPermitted for whoever does not sign for its organisation, NotAsked;
    AnswersClosed, DraftGone.
    """
    at = at or timezone.now()
    with transaction.atomic():
        draft, page = writable(draft, by, at)
        if draft.organisation is None or not isinstance(by, User) or not user_may_send(by, draft):
            raise NotPermitted
        asked = SignatureRequest.objects.select_for_update().filter(draft=draft).first()
        if asked is None or asked.asked_on is None:
            raise NotAsked
        asked.asked_on, asked.sent_back_by, asked.sent_back_on = None, by, day_of(page, at)
        asked.remark = remark
        asked.times_sent_back += 1
        asked.seen = {
            "identity": draft.identity,
            "details": draft.details,
            "answers": draft.answers,
        }
        asked.save()
        drafter = User.objects.reachable(User.objects.filter(pk=asked.asked_by_id or 0)).first()
        if drafter is None or drafter == by or not user_may_write(drafter, draft):
            return None
        _tell(SENT_BACK, draft, drafter, language, at)
    return drafter


def _tell(
    kind: str, draft: Draft, to: User, language: str, at: datetime, *, round: int = 0
) -> None:
    """Write to somebody once a day, and once in each round between two sendings back."""
    assert draft.organisation is not None
    with translation.override(language):
        path = reverse("responses:organisation:check", args=[draft.consultation.slug])
    notify(
        kind,
        to=to.email,
        language=language,
        context={
            "consultation": draft.consultation.in_language(language).title,
            "organisation": draft.organisation.name,
            "path": path,
            "deadline": draft.consultation.deadline.isoformat(),
            "zone": draft.consultation.timezone,
        },
        once=f"{kind}.{draft.submission_key}.{at.date()}.{round}.{to.pk}",
    )
