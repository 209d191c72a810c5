"""An author's appeal against a rejection or a removal, and what another moderator decides on it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.moderation.actions.base import Acting, begin
from consultations.moderation.actions.removing import restore
from consultations.moderation.appeals import decision_on, those_who_decided
from consultations.moderation.errors import (
    AlreadyAppealed,
    AppealDecided,
    InvalidAppeal,
    NotForYou,
    NothingToAppeal,
    NotPermitted,
)
from consultations.moderation.models import MAX_APPEAL, Appeal, ScreeningAct
from consultations.moderation.permissions import user_can_decide_appeal
from consultations.moderation.policy import Verb
from consultations.moderation.recording import REMOVAL_CONFIRMED, REOPENED, RESTORED
from consultations.moderation.removals import removal_of
from consultations.responses.days import day_of
from consultations.responses.models import Response, Status, StatusEvent
from consultations.responses.notifications import tell
from consultations.responses.permissions import user_may_answer_for
from portal.stakeholders.models import Person, User
from portal.text import clean_text


@transaction.atomic
def appeal(*, response: Response, by: Person, text: str, at: datetime | None = None) -> Appeal:
    """
    Appeal against the rejection or the removal of one's own response, once for each.

    `by` is the account that sent it, one that signs for its organisation, or whoever has the code.
    `text` says why: plain, at most 2,000 characters. Raises NotPermitted, NothingToAppeal,
    AlreadyAppealed, InvalidAppeal.
    """
    found = Response.objects.select_for_update(of=("self",)).select_related("consultation")
    locked = found.get(pk=response.pk)
    if not user_may_answer_for(by, locked):
        raise NotPermitted
    against = decision_on(locked)
    if against is None:
        raise NothingToAppeal
    if Appeal.objects.filter(against=against).exists():
        raise AlreadyAppealed
    at = at or timezone.now()
    made = Appeal.objects.create(
        response=locked,
        against=against,
        text=_checked(text, "text"),
        made_on=day_of(locked.consultation, at),
    )
    tell(locked, StatusEvent.Kind.APPEALED, at=at)
    return made


@transaction.atomic
def decide_appeal(
    *, appeal: Appeal, by: User, grants: bool, answer: str, at: datetime | None = None
) -> Appeal:
    """
    Take back what an appeal is against, or let it stand; its author is told which, and `answer`.

    Granted, a removed response is published again, and a rejected one is screened anew. Raises
    NotPermitted, NotForYou for those who took part in the decision, AppealDecided, NothingToAppeal
    where it was withdrawn meanwhile, InvalidAppeal.
    """
    acting = begin(appeal.response, by=by, at=at)
    found = Appeal.objects.select_related("against__response").filter(pk=appeal.pk).first()
    if found is None:
        raise NothingToAppeal
    if not found.is_open:
        raise AppealDecided
    if not user_can_decide_appeal(by, acting.response, those_who_decided(found.against)):
        raise NotForYou
    if decision_on(acting.response) != found.against:
        raise NothingToAppeal
    found.answer = _checked(answer, "answer")
    found.decision = (_grant if grants else _refuse)(acting, found)
    found.save(update_fields=["answer", "decision"])
    granted, refused = StatusEvent.Kind.APPEAL_GRANTED, StatusEvent.Kind.APPEAL_REFUSED
    acting.tell(granted if grants else refused, found.answer)
    return found


def forget_appeals(response: Response) -> None:
    """Erase what was said in appeals; those that wait are dropped. For whoever withdraws it."""
    about = Appeal.objects.filter(response=response)
    about.undecided().delete()
    about.update(text="", answer="")


def _grant(acting: Acting, found: Appeal) -> ScreeningAct:
    if acting.response.status == Status.REMOVED:
        restore(acting)
        kind = RESTORED
    else:
        acting.set_status(Status.RECEIVED)
        acting.tell(StatusEvent.Kind.REOPENED)
        kind = REOPENED
    return _write(acting, Verb.GRANT_APPEAL, found, kind)


def _refuse(acting: Acting, found: Appeal) -> ScreeningAct:
    """Let it stand; of a removal that still waited for a second person, this is the second."""
    removal = removal_of(acting.response)
    waits = removal is not None and removal.second is None
    return _write(acting, Verb.REFUSE_APPEAL, found, REMOVAL_CONFIRMED if waits else "")


def _write(acting: Acting, verb: Verb, found: Appeal, kind: str) -> ScreeningAct:
    return acting.write(
        verb,
        kind=kind,
        public=kind in (RESTORED, REMOVAL_CONFIRMED),
        reason=found.against.reason,
        detail={"appeal": found.pk, "returned": kind == RESTORED},
    )


def _checked(text: str, field: str) -> str:
    """Return a text as it is kept. Raises InvalidAppeal, which names the field."""
    text = clean_text(text)
    if not text:
        raise InvalidAppeal(field=field)
    if len(text) > MAX_APPEAL:
        raise InvalidAppeal(
            _("This has %(length)s characters. At most %(limit)s fit.")
            % {"length": f"{len(text):,}", "limit": f"{MAX_APPEAL:,}"},
            field=field,
        )
    return text
