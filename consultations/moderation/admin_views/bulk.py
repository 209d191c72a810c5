"""Acting on several responses at once: a page that says on which, then the acts."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from consultations.calls.permissions import user_has_interest
from consultations.moderation import actions
from consultations.moderation.available_actions import is_published_singly
from consultations.moderation.errors import Refused
from consultations.moderation.forms import BulkAcceptForm, BulkPublishForm
from consultations.moderation.permissions import staff_of, user_can_screen, user_is_screener
from consultations.moderation.queries import WAITING, queue
from consultations.moderation.staff_labels import standing
from portal.stakeholders.models import Person

MOST = 100


class Bulk(NamedTuple):
    title: str | Promise
    button: str | Promise
    form: type[forms.Form]
    question: str | Promise


BULK = {
    "accept": Bulk(
        gettext_lazy("Accept responses"),
        gettext_lazy("Accept them"),
        BulkAcceptForm,
        gettext_lazy(
            "These are accepted as they are. The status page of each says so, and whoever asked "
            "for news by e-mail gets an e-mail."
        ),
    ),
    "publish": Bulk(
        gettext_lazy("Publish responses"),
        gettext_lazy("Publish them"),
        BulkPublishForm,
        gettext_lazy(
            "These are published together, in a random order. The status page of each says so, "
            "and whoever asked for news by e-mail gets an e-mail."
        ),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then accept or publish the responses chosen in the queue."""
    if not user_is_screener(request.user):
        raise PermissionDenied
    if key not in BULK:
        raise Http404
    chosen = _chosen(request)
    fitting = [each for each in chosen if _fits(key, each, request.user)]
    if not chosen:
        messages.warning(request, _("Choose at least one response."))
        return redirect("screen_responses")
    form = BULK[key].form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _act(request, key, fitting, form.cleaned_data)
    context = {
        "key": key,
        "bulk": BULK[key],
        "form": form,
        "fitting": fitting,
        "others": [(each, _why_not(each, request.user)) for each in chosen if each not in fitting],
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("screen_responses"), "label": _("Responses")},
            {"url": "", "label": BULK[key].title},
        ],
        "header_title": BULK[key].title,
        "header_icon": "mail",
    }
    status = 422 if form.errors else 200
    return render(request, "moderation/bulk.html", context, status=status)


def _chosen(request: HttpRequest) -> list[Any]:
    """Return those chosen; on the way back from the page, only in the version that it showed."""
    if request.method != "POST":
        references = request.GET.getlist("response")[:MOST]
        return list(queue().filter(reference__in=references))
    shown = dict(each.rpartition(":")[::2] for each in request.POST.getlist("response")[:MOST])
    found: Any = queue().filter(reference__in=list(shown))
    return [each for each in found if shown[each.reference] == str(each.newest_number)]


def _fits(key: str, response: Any, user: Person) -> bool:
    if not user_can_screen(user, response):
        return False
    if key == "accept":
        return response.status in WAITING and not response.proposal
    return is_published_singly(response)


def _why_not(response: Any, user: Person) -> str:
    if user_has_interest(user, response.consultation_id):
        return _("You declared an interest in this consultation, so somebody else must decide.")
    if not user_can_screen(user, response):
        return _("You can read this response, but you cannot decide on it.")
    return _("Rejection proposed") if response.proposal else standing(response)


def _act(
    request: HttpRequest, key: str, responses: Iterable[Any], data: dict[str, Any]
) -> HttpResponse:
    done, refused = 0, []
    if key == "publish":
        try:
            done = len(actions.publish(responses=responses, by=staff_of(request)))
        except Refused as error:
            refused.append(str(error))
    else:
        for each in responses:
            try:
                actions.accept(
                    response=each, by=staff_of(request), version=each.newest_number, **data
                )
                done += 1
            except Refused as error:
                refused.append(f"{each.reference}: {error}")
    for each in refused:
        messages.error(request, each)
    if done:
        told = {
            "accept": ngettext("%(n)d response accepted.", "%(n)d responses accepted.", done),
            "publish": ngettext("%(n)d response published.", "%(n)d responses published.", done),
        }
        messages.success(request, told[key] % {"n": done})
    return redirect("screen_responses")
