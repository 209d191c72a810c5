"""
Acting on several responses at once: a page that says on which, then the acts.

Each response is an act of its own: what others changed meanwhile is left as it is and named with
the reason, and the rest is done.
"""

import secrets
from collections.abc import Iterable, Sequence
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
from consultations.moderation.admin_views.filters import filtered
from consultations.moderation.admin_views.queue import MOST, queue_url
from consultations.moderation.available_actions import is_published_singly
from consultations.moderation.errors import NewVersion, Refused
from consultations.moderation.forms import BulkAcceptForm, BulkPublishForm
from consultations.moderation.listing import Row, rows_of
from consultations.moderation.pages import page_of
from consultations.moderation.permissions import staff_of, user_can_screen, user_is_screener
from consultations.moderation.queries import WAITING, queue
from portal.stakeholders.models import Person
from portal.web.listing import ALL_FOUND, ALL_SHOWN, named

# A response, and why nothing was done with it.
NotDone = tuple[str, str]


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
    chosen, missed = _chosen(request)
    back = queue_url(_filters(request))
    if not chosen and not missed:
        messages.warning(request, _("Choose at least one response."))
        return redirect(back)
    fitting = [each for each in chosen if _fits(key, each, request.user)]
    others = [each for each in chosen if each not in fitting]
    not_done = [*missed, *((each.reference, _why_not(each, request.user)) for each in others)]
    form = BULK[key].form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _act(request, key, fitting, not_done, form.cleaned_data)
        return redirect(back)
    context = {
        "key": key,
        "bulk": BULK[key],
        "form": form,
        "fitting": fitting,
        "others": not_done,
        "filters_said": _filters(request),
        "back": back,
        "most": MOST if len(chosen) == MOST else 0,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": back, "label": _("Responses")},
            {"url": "", "label": BULK[key].title},
        ],
        "header_title": BULK[key].title,
        "header_icon": "mail",
    }
    status = 422 if form.errors else 200
    return render(request, "moderation/bulk.html", context, status=status)


def _filters(request: HttpRequest) -> str:
    """Return the filters of the queue that one comes from and goes back to."""
    return (request.POST if request.method == "POST" else request.GET).get("queue", "")


def _chosen(request: HttpRequest) -> tuple[list[Row], list[NotDone]]:
    """
    Return the responses chosen, and those of them that are not as they were seen.

    One by one, all on the page, or all that the filters find; on the way back from the page that
    asks, in the versions that it showed.
    """
    if request.method == "POST":
        shown = dict(each.rpartition(":")[::2] for each in request.POST.getlist("response")[:MOST])
        rows = _rows(list(shown), request.user)
        as_seen = [each for each in rows if shown[each.reference] == str(_number(each))]
        reason = str(NewVersion())
        return as_seen, [(each.reference, reason) for each in rows if each not in as_seen]
    everything = request.GET.get("all", "")
    if everything == ALL_FOUND:
        found = filtered(_filters(request), request.user)
        return rows_of(page_of(found, limit=MOST).rows, request.user), []
    name = "shown" if everything == ALL_SHOWN else "response"
    return _rows(request.GET.getlist(name)[:MOST], request.user), []


def _rows(references: Sequence[str], user: Person) -> list[Row]:
    found = queue().filter(reference__in=references)
    return rows_of(page_of(found, limit=MOST).rows, user)


def _number(row: Row) -> int:
    return row.response.newest_number


def _fits(key: str, row: Row, user: Person) -> bool:
    if not user_can_screen(user, row.response):
        return False
    if key == "accept":
        return row.response.status in WAITING and not row.proposal
    return is_published_singly(row.response)


def _why_not(row: Row, user: Person) -> str:
    if user_has_interest(user, row.response.consultation_id):
        return _("You declared an interest in this consultation, so somebody else must decide.")
    if not user_can_screen(user, row.response):
        return _("You can read this response, but you cannot decide on it.")
    return _("Rejection proposed") if row.proposal else row.standing


def _act(
    request: HttpRequest,
    key: str,
    rows: Sequence[Row],
    not_done: list[NotDone],
    data: dict[str, Any],
) -> None:
    by = staff_of(request)
    if key == "publish":
        done, refused = _publish(rows, by)
    else:
        done, refused = _accept(rows, by, data)
    not_done += refused
    if not_done:
        messages.warning(request, _named(not_done))
    if done:
        told = {
            "accept": ngettext("%(n)d response accepted.", "%(n)d responses accepted.", done),
            "publish": ngettext("%(n)d response published.", "%(n)d responses published.", done),
        }
        messages.success(request, told[key] % {"n": done})


def _accept(rows: Iterable[Row], by: Any, data: dict[str, Any]) -> tuple[int, list[NotDone]]:
    done, refused = 0, []
    for each in rows:
        try:
            actions.accept(response=each.response, by=by, version=_number(each), **data)
            done += 1
        except Refused as error:
            refused.append((each.reference, str(error)))
    return done, refused


def _publish(rows: Sequence[Row], by: Any) -> tuple[int, list[NotDone]]:
    """Publish all together, or where one of them cannot be, each that can, in a random order."""
    if not rows:
        return 0, []
    try:
        return len(actions.publish(responses=[each.response for each in rows], by=by)), []
    except Refused:
        pass
    done, refused = 0, []
    for each in secrets.SystemRandom().sample(rows, len(rows)):
        try:
            done += len(actions.publish(responses=[each.response], by=by))
        except Refused as error:
            refused.append((each.reference, str(error)))
    return done, sorted(refused)


def _named(not_done: Sequence[NotDone]) -> str:
    """Say what was not done with which responses, and why."""
    count = len(not_done)
    said = ngettext(
        "%(n)d response was left as it is:", "%(n)d responses were left as they are:", count
    ) % {"n": count}
    return named(said, not_done)
