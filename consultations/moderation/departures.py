"""What becomes of what staff have begun when their account is deleted, and what is kept of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.calls.models import ConsultationText, Corrigendum, Interest
from consultations.moderation.models import Clearance, ConfidentialView, Opened, ScreeningAct
from consultations.moderation.policy import Verb
from consultations.responses.models import Status
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have it told of with each account of staff; what they began waits for others."""
    register(Leaving(told=_told, leave=lambda user, at, erase: None, waits=_waits, kept=_kept))


def _told(user: User) -> list[str]:
    if not Clearance.objects.in_force().filter(person=user).exists():
        return []
    return [_("The clearance for confidential answers no longer opens anything.")]


def _waits(user: User) -> list[str]:
    proposals, clearances = len(_proposals(user)), _proposed_clearances(user).count()
    sentences = []
    if proposals:
        text = ngettext(
            "%(count)s proposal to reject a response stays. Any other moderator decides on it.",
            "%(count)s proposals to reject responses stay. Any other moderator decides on them.",
            proposals,
        )
        sentences.append(text % {"count": proposals})
    if clearances:
        text = ngettext(
            "%(count)s proposed clearance stays. Any other administrator gives it or ends it.",
            "%(count)s proposed clearances stay. Any other administrator gives them or ends them.",
            clearances,
        )
        sentences.append(text % {"count": clearances})
    return sentences


def _proposals(user: User) -> list[ScreeningAct]:
    """Return those proposals to reject that wait for a second person."""
    waiting = (Status.RECEIVED, Status.CLARIFICATION)
    made = ScreeningAct.objects.filter(
        by=user, verb=Verb.PROPOSE_REJECTION, response__status__in=waiting
    )
    return [
        act
        for act in made.select_related("response")
        if act.response.screening_acts.open_proposal(act.version) == act
    ]


def _proposed_clearances(user: User) -> QuerySet[Clearance]:
    return Clearance.objects.filter(proposed_by=user, given_on=None, ended_on=None)


def _kept(user: User, for_owner: bool) -> Kept:
    acts = ScreeningAct.objects.filter(by=user).order_by("on", "pk")
    views = ConfidentialView.objects.filter(by=user).order_by("at")
    days = ("proposed_on", "given_on", "ended_on")
    given = {
        role: list(Clearance.objects.filter(**{role: user}).values(*days))
        for role in ("proposed_by", "given_by", "ended_by")
    }
    return Kept(
        {
            "clearances": list(Clearance.objects.filter(person=user).values(*days)),
            "clearances_of_others": given,
            "acts_on_responses": list(
                acts.values("response__reference", "verb", "reason", "handling", "on")
            ),
            "confidential_answers_opened": list(views.values("response__reference", "at")),
            "responses_opened": list(
                Opened.objects.filter(by=user).values("response__reference", "version")
            ),
            "interests": list(
                Interest.objects.filter(person=user).values(
                    "consultation__docket", "reason", "declared_on", "ended_on"
                )
            ),
            "corrigenda": list(
                Corrigendum.objects.filter(by=user).values("consultation__docket", "reason", "at")
            ),
            "texts_in_other_languages": {
                role: list(
                    ConsultationText.objects.filter(**{role: user}).values(
                        "consultation__docket", "language"
                    )
                )
                for role in ("written_by", "submitted_by", "approved_by")
            },
        }
    )
