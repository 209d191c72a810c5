"""What of responses waits for a second person, in one list for all who may be it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consultations.moderation.actions.questions import open_question
from consultations.moderation.admin_views.queue import page_url
from consultations.moderation.appeals import those_who_decided
from consultations.moderation.models import Appeal, ScreeningAct
from consultations.moderation.permissions import (
    user_can_decide_appeal,
    user_can_decide_on,
    user_can_read_responses,
)
from consultations.moderation.policy import Verb
from consultations.moderation.queries import WAITING
from consultations.moderation.removals import waiting_removals
from consultations.responses.models import Response
from portal.stakeholders.models import Person

TITLES: dict[str, Promise] = {
    Verb.HIDE: gettext_lazy("Removed at once: confirm it, or publish the response again"),
    Verb.PROPOSE_REMOVAL: gettext_lazy("Removal proposed"),
    Verb.PROPOSE_RETURN: gettext_lazy("Proposed to publish again"),
    Verb.PROPOSE_REJECTION: gettext_lazy("Rejection proposed"),
    Verb.PROPOSE_QUESTION: gettext_lazy("A question to a person without a name"),
}
APPEAL = gettext_lazy("Appeal")


class Row(NamedTuple):
    """Something that waits: since which day, of which response, and whether this person may act."""

    title: Promise
    response: Response
    href: str
    reason: str
    by: object
    since: date
    is_mine: bool


def rows_for(user: Person) -> list[Row]:
    """
    Return all that waits, the most urgent kind first, then by day and reference.

    An order by arrival would tell when somebody without a name acted.
    """
    acts = [*_removals(), *_proposals()]
    order = list(TITLES)
    found = [
        _row(act, TITLES[act.verb], user_can_decide_on(user, act.response, act.by_id))
        for act in sorted(
            acts, key=lambda act: (order.index(act.verb), act.on, act.response.reference)
        )
    ]
    appeals = Appeal.objects.undecided().select_related("response__consultation", "against")
    for appeal in sorted(appeals, key=lambda each: (each.made_on, each.response.reference)):
        took_part = those_who_decided(appeal.against)
        may = user_can_decide_appeal(user, appeal.response, took_part)
        found.append(_row(appeal.against, APPEAL, may)._replace(since=appeal.made_on, by=""))
    return found


@require_safe
def waiting_for_second(request: HttpRequest) -> HttpResponse:
    """Show the list; each row leads to the response, where it is decided."""
    if not user_can_read_responses(request.user):
        raise PermissionDenied
    context = {
        "rows": rows_for(request.user),
        "header_title": _("Waits for a second person"),
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("screen_responses"), "label": _("Responses")},
            {"url": "", "label": _("Waits for a second person")},
        ],
    }
    answer = render(request, "moderation/waiting.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _row(act: ScreeningAct, title: Promise, may: bool) -> Row:
    reason, href = act.get_reason_display(), page_url(act.response)
    return Row(title, act.response, href, reason, act.by or "", act.on, may)


def _removals() -> Iterator[ScreeningAct]:
    """Yield the acts on removals that wait, but for those on which an appeal is decided."""
    appealed = set(Appeal.objects.undecided().values_list("against", flat=True))
    for removal in waiting_removals():
        if removal.waiting and removal.first.pk not in appealed:
            yield removal.waiting


def _proposals() -> Iterator[ScreeningAct]:
    verbs = (Verb.PROPOSE_REJECTION, Verb.PROPOSE_QUESTION)
    acts = ScreeningAct.objects.in_force().filter(verb__in=verbs, response__status__in=WAITING)
    for act in acts.select_related("response__consultation", "by"):
        newest = act.response.versions.order_by("-number").values_list("number", flat=True).first()
        of_response = ScreeningAct.objects.filter(response=act.response)
        rejection = of_response.open_proposal(newest or 0)
        question = None if rejection else open_question(act.response, newest or 0)
        if act in (rejection, question):
            yield act
