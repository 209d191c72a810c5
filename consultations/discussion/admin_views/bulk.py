"""
Hiding or showing again one comment or several: a page that says which, then the acts.

Each comment is an act of its own: what changed meanwhile is left as it is and named with the
reason, and the rest is done.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from consultations.discussion import actions
from consultations.discussion.admin_views.comments import MOST, filtered, number, queue_url
from consultations.discussion.errors import Refused
from consultations.discussion.forms import HideForm, RestoreForm
from consultations.discussion.listing import Row, page_of, rows_of
from consultations.discussion.models import Comment
from consultations.discussion.permissions import user_is_moderator
from portal.stakeholders.models import Person
from portal.web.listing import ALL_FOUND, ALL_SHOWN, named

# A comment, and why nothing was done with it.
NotDone = tuple[Comment, str]


class Bulk(NamedTuple):
    title: str | Promise
    button: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]


BULK = {
    "hide": Bulk(
        gettext_lazy("Hide comments"), gettext_lazy("Hide them"), HideForm, actions.hide_comment
    ),
    "restore": Bulk(
        gettext_lazy("Show comments again"),
        gettext_lazy("Show them again"),
        RestoreForm,
        actions.restore_comment,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then hide the comments chosen in the queue, or show them again."""
    if not user_is_moderator(request.user):
        raise PermissionDenied
    if key not in BULK:
        raise Http404
    filters = (request.POST if request.method == "POST" else request.GET).get("queue", "")
    back = queue_url(filters)
    chosen, missed = _chosen(request)
    if not chosen and not missed:
        messages.warning(request, _("Choose at least one comment."))
        return redirect(back)
    fitting = [each for each in chosen if not why_not(key, each)]
    left = [(each.comment, why_not(key, each)) for each in chosen if each not in fitting]
    not_done = [*missed, *left]
    form = BULK[key].form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _act(request, key, fitting, not_done, form.cleaned_data)
        return redirect(back)
    context = {
        "bulk": BULK[key],
        "form": form,
        "fitting": fitting,
        "others": not_done,
        "filters_said": filters,
        "back": back,
        "most": MOST if len(chosen) == MOST else 0,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": back, "label": _("Comments")},
            {"url": "", "label": BULK[key].title},
        ],
        "header_title": BULK[key].title,
        "header_icon": "comment",
    }
    return render(
        request, "discussion/queue/bulk.html", context, status=422 if form.errors else 200
    )


def _chosen(request: HttpRequest) -> tuple[list[Row], list[NotDone]]:
    """Return the comments chosen, and those of them whose words are not those that were read."""
    if request.method == "POST":
        sent = [each.partition(":") for each in request.POST.getlist("comment")[:MOST]]
        read = {number(pk): wording for pk, _sign, wording in sent}
        rows = _rows(list(read), request.user)
        as_read = [each for each in rows if read[each.pk] == each.wording]
        changed = _("Its author changed it while you were reading. Read it again.")
        return as_read, [(each.comment, changed) for each in rows if each not in as_read]
    everything = request.GET.get("all", "")
    if everything == ALL_FOUND:
        found = filtered(request.GET.get("queue", ""), request.user)
        return rows_of(page_of(found, limit=MOST).rows, request.user), []
    name = "shown" if everything == ALL_SHOWN else "comment"
    return _rows([number(each) for each in request.GET.getlist(name)[:MOST]], request.user), []


def _rows(pks: Sequence[int | None], user: Person) -> list[Row]:
    found = Comment.objects.filter(pk__in=[pk for pk in pks if pk is not None])
    return rows_of(page_of(found, limit=MOST).rows, user)


def why_not(key: str, row: Row) -> str:
    """Say why a comment cannot be hidden or shown again by whom the row is for; "" if it can."""
    if row.comment.is_removed:
        return _("Removed by its author")
    if key == "hide" and row.comment.is_hidden:
        return _("Hidden already")
    if key == "restore" and not row.comment.is_hidden:
        return _("Shown already")
    return "" if row.may_act else _("You may not decide about this comment.")


def _act(
    request: HttpRequest,
    key: str,
    rows: Sequence[Row],
    not_done: list[NotDone],
    data: dict[str, Any],
) -> None:
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                now = Comment.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
                if now.record_leaf != row.comment.record_leaf or (
                    now.is_hidden != row.comment.is_hidden
                ):
                    not_done.append((now, _("It was changed a moment ago.")))
                    continue
                BULK[key].do(moderator=request.user, comment=now, **data)
            done += 1
        except Refused as error:
            not_done.append((row.comment, str(error)))
    if not_done:
        messages.warning(request, _named(not_done))
    if done:
        told = {
            "hide": ngettext("%(n)d comment hidden.", "%(n)d comments hidden.", done),
            "restore": ngettext("%(n)d comment shown again.", "%(n)d comments shown again.", done),
        }
        messages.success(request, told[key] % {"n": done})


def _named(not_done: Sequence[NotDone]) -> str:
    """Say what was not done with which comments, and why."""
    count = len(not_done)
    said = ngettext(
        "%(n)d comment was left as it is:", "%(n)d comments were left as they are:", count
    ) % {"n": count}
    return named(said, not_done)
