"""One comment after another in the Wagtail admin: its whole text, and what can be done with it."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations.discussion import actions
from consultations.discussion.admin_views.comments import filtered, queue_url
from consultations.discussion.errors import ActedMeanwhile, ChangedForModerator, NotPermitted
from consultations.discussion.forms import HideForm, RestoreForm
from consultations.discussion.models import Appeal, Comment, ModerationAct
from consultations.discussion.permissions import (
    user_can_moderate,
    user_can_show_again,
    user_is_moderator,
)
from consultations.discussion.text import fingerprint
from portal.web.errors import Refused

# What the address of a page says: the query of the listing, and an act that the page tells of.
QUEUE, DONE = "queue", "done"
Verb = ModerationAct.Verb


class Way(NamedTuple):
    """An act on a comment: the form that it asks for, and how the comment stands afterwards."""

    form: type[forms.Form]
    do: Any
    hides: bool


WAYS = {
    "hide": Way(HideForm, actions.hide_comment, True),
    "restore": Way(RestoreForm, actions.restore_comment, False),
}


def comment_or_404(request: HttpRequest, comment_id: int) -> Comment:
    """Find a comment for a moderator. PermissionDenied, Http404."""
    if not user_is_moderator(request.user):
        raise PermissionDenied
    found = Comment.objects.select_related("thread__consultation", "parent", "author")
    return get_object_or_404(found, pk=comment_id)


@require_safe
def show(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show a comment with what it answers and what was done with it."""
    return _page(request, comment_or_404(request, comment_id))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, comment_id: int, key: str) -> HttpResponse:
    """
    Hide a comment and lead on to the next, or show one again and stay there.

    Refused, the page says why, and what somebody else did meanwhile; what was typed is kept.
    """
    comment = comment_or_404(request, comment_id)
    if key not in WAYS:
        raise Http404
    if request.method != "POST":
        return redirect(address_of(comment, _queue(request)))
    form = WAYS[key].form(request.POST, auto_id=f"{key}-%s")
    following = next_for(request, comment)
    if form.is_valid() and _act(request, comment, key, form):
        return _lead_on(request, comment, following if WAYS[key].hides else comment)
    comment.refresh_from_db()
    return _page(request, comment, {key: form}, status=422)


def _act(request: HttpRequest, comment: Comment, key: str, form: Any) -> bool:
    """Do the act, and say whether it was done; if not, the form says why."""
    way = WAYS[key]
    try:
        _require_as_seen(request, comment, way)
        way.do(moderator=request.user, comment=comment, **form.cleaned_data)
    except NotPermitted:
        raise
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _require_as_seen(request: HttpRequest, comment: Comment, way: Way) -> None:
    """Raise a refusal where its author changed it, or somebody did the same, since it was seen."""
    seen = request.POST.get("seen", "")
    if seen and not comment.is_removed and seen != fingerprint(comment.body, comment.language):
        raise ChangedForModerator
    if comment.is_hidden == way.hides and not comment.is_removed:
        raise ActedMeanwhile(_acts(comment)[:1])


def _acts(comment: Comment) -> Any:
    """Return what moderators did with the comment as a whole, the latest first."""
    return comment.moderation_acts.filter(wording=None).select_related("moderator")


def next_for(request: HttpRequest, comment: Comment) -> Comment | None:
    """
    Return the next comment in the listing with the same filters, from the newest to the oldest.

    Of a listing that is not narrowed to a state, only what is shown comes.
    """
    queue = _queue(request)
    found = filtered(queue, request.user)
    if not QueryDict(queue).get("state"):
        found = found.filter(hidden_at=None, removed_on=None)
    return found.filter(pk__lt=comment.pk).order_by("-pk").first()


def address_of(comment: Comment, queue: str = "", **more: object) -> str:
    """Return the address of a comment's page in the listing from which somebody came."""
    said = {**({QUEUE: queue} if queue else {}), **more}
    address = reverse("screen_comment", args=[comment.pk])
    return f"{address}?{urlencode(said)}" if said else address


def _queue(request: HttpRequest) -> str:
    return request.GET.get(QUEUE, "")


def _lead_on(request: HttpRequest, comment: Comment, following: Comment | None) -> HttpResponse:
    done = _acts(comment).filter(moderator=request.user.pk).first()
    more = {DONE: done.pk} if done else {}
    return redirect(address_of(following or comment, _queue(request), **more))


def _done(request: HttpRequest) -> ModerationAct | None:
    """Return the act that the address names, if this person did it."""
    key = request.GET.get(DONE, "")
    if not key.isdecimal() or len(key) > 18:
        return None
    found = ModerationAct.objects.select_related("comment__thread__consultation")
    return found.filter(pk=int(key), moderator=request.user.pk).first()


def _can_be_undone(request: HttpRequest, done: ModerationAct | None) -> bool:
    """Say whether an act of hiding still stands and may be taken back by whoever did it."""
    if done is None or done.verb != Verb.HIDE or done.wording is not None:
        return False
    latest = _acts(done.comment).first()
    waits = Appeal.objects.undecided().about(done.comment_id, None).exists()
    may = user_can_show_again(request.user, done.comment)
    return may and latest == done and not waits and not done.comment.is_removed


def _page(
    request: HttpRequest,
    comment: Comment,
    sent: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    queue, sent = _queue(request), sent or {}
    following, done = next_for(request, comment), _done(request)
    moderates = user_can_moderate(request.user, comment.thread.consultation)
    may = moderates and not comment.is_removed
    key = "restore" if comment.is_hidden else "hide"
    if key == "restore":
        may = may and user_can_show_again(request.user, comment)
    gone = [form for other, form in sent.items() if other != key or not may]
    answer = render(
        request,
        "discussion/comment.html",
        {
            "comment": comment,
            # Those of the consulting body do not read what was hidden.
            "may_read": moderates,
            "versions": comment.versions.all(),
            "acts": _acts(comment),
            "key": key if may else "",
            "form": sent.get(key) or WAYS[key].form(auto_id=f"{key}-%s"),
            "not_done": gone,
            "seen": fingerprint(comment.body, comment.language),
            "done": done,
            "can_be_undone": _can_be_undone(request, done),
            "query": f"?{urlencode({QUEUE: queue})}" if queue else "",
            "following": address_of(following, queue) if following else "",
            "list": queue_url(queue),
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": queue_url(queue), "label": _("Comments")},
                {"url": "", "label": str(comment)},
            ],
            "header_title": f"{comment} · {comment.thread.consultation}",
            "header_icon": "comment",
        },
        status=status,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
