"""Working through the queue: which response comes next, and what was done to the one before."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from consultations.calls.permissions import consultations_of_interest
from consultations.moderation.actions.undoing import can_undo
from consultations.moderation.admin_views.filters import filtered
from consultations.moderation.available_actions import is_published_singly
from consultations.moderation.models import ScreeningAct
from consultations.moderation.pages import next_in_queue, page_of
from consultations.moderation.permissions import user_can_read_responses, user_can_screen
from consultations.moderation.policy import Verb
from consultations.moderation.queries import proposed
from consultations.moderation.removals import removal_of
from consultations.responses.days import day_of
from consultations.responses.models import Response, Status
from portal.stakeholders.models import Person

# What the address of a page says: the query of the queue, and acts that the page tells of.
QUEUE, DONE, UNDONE = "queue", "done", "undone"


class Done(NamedTuple):
    """A line on what somebody has just done, with the ways to take it back or to publish it."""

    act: ScreeningAct
    words: str
    is_undoing: bool
    can_be_undone: bool
    can_be_published: bool

    @property
    def response(self) -> Response:
        return self.act.response


def queue_of(request: HttpRequest) -> str:
    """Return the query of the queue from which somebody came to a page, "" for all of it."""
    return request.GET.get(QUEUE, "")


def with_queue(address: str, queue: str, **more: object) -> str:
    """Return an address of the admin that keeps the queue, and says more."""
    said = {**({QUEUE: queue} if queue else {}), **more}
    return f"{address}?{urlencode(said)}" if said else address


def address_of(response: Response, queue: str = "", **more: object) -> str:
    """Return the address of a response's page in the queue from which somebody came."""
    return with_queue(reverse("screen_response", args=[response.reference]), queue, **more)


def next_for(user: Person, queue: str, response: Response) -> Response | None:
    """
    Return the response that somebody reads after this one; None where nothing is left for them.

    Of a queue that is not narrowed to a status, only what waits for a decision comes. What comes
    before this one comes after the last. Left out is what they may not decide: a rejection that
    they proposed, their own response and their organisation's, and where they have an interest.
    Ask before an act (`next_with`).
    """
    found = _for(user, filtered(queue, user))
    if not QueryDict(queue).get("status"):
        found = found.filter(Q(status=Status.RECEIVED) | proposed())
    others = found.exclude(pk=response.pk)
    return next_in_queue(others, response) or next(iter(page_of(others, limit=1).rows), None)


def _for(user: Person, found: QuerySet[Response]) -> QuerySet[Response]:
    """Return those of the queue on which somebody can decide."""
    proposals = ScreeningAct.objects.in_force().filter(
        response=OuterRef("pk"),
        version=OuterRef("newest_number"),
        verb=Verb.PROPOSE_REJECTION,
        by=user.pk,
    )
    found = found.exclude(proposed() & Q(Exists(proposals))).exclude(account=user.pk)
    found = found.exclude(consultation__in=consultations_of_interest(user))
    organisation = getattr(user, "organisation_id", None)
    return found.exclude(organisation=organisation) if organisation else found


def done_line(request: HttpRequest, at: Any) -> Done | None:
    """Return what the address says was done, if this person did it; `at` is when they ask."""
    key = request.GET.get(DONE) or request.GET.get(UNDONE) or ""
    if not key.isdecimal() or len(key) > 19 or not user_can_read_responses(request.user):
        return None
    found = ScreeningAct.objects.select_related("response__consultation", "undoes")
    act = found.filter(pk=int(key), by=request.user.pk).first()
    if act is None:
        return None
    may = user_can_screen(request.user, act.response)
    stands = act.undoes_id is None and not hasattr(act, "undone_by")
    day = day_of(act.response.consultation, at)
    return Done(
        act,
        act.in_words(),
        act.undoes_id is not None,
        may and stands and can_undo(act, act.response.status, day, removal_of(act.response)),
        may and stands and act.verb == Verb.ACCEPT and is_published_singly(act.response),
    )


def lead_on(request: HttpRequest, response: Response, following: Response | None) -> HttpResponse:
    """Lead to the next response, or to the end of the queue; either says what was done."""
    acts = response.screening_acts.filter(by=request.user.pk)
    act = acts.order_by("-number").values_list("pk", flat=True).first()
    queue = queue_of(request)
    if following is None:
        return redirect(with_queue(reverse("end_of_queue"), queue, done=act))
    return redirect(address_of(following, queue, done=act))
