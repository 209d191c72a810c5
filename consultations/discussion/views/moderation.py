"""What moderators do on a discussion's own pages: hiding, showing again, appeals, closing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.discussion import actions
from consultations.discussion.appeals import wording_of
from consultations.discussion.errors import AlreadyHidden
from consultations.discussion.forms import ClosingForm, DecisionForm, HideForm, RestoreForm
from consultations.discussion.models import Appeal
from consultations.discussion.page_context import Discussion, page_about, page_of, place_of
from consultations.discussion.permissions import (
    user_can_decide_appeal,
    user_can_moderate,
    user_can_show_again,
)
from consultations.discussion.text import as_html
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in

readable_and_postable = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@readable_and_postable
def hide(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Hide a comment, with a reason."""
    title = _("Hide this comment")
    return _act(request, slug, comment_id, HideForm, actions.hide_comment, "hide", title)


@login_required
@readable_and_postable
def restore(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Show a comment again."""
    title = _("Show it again")
    return _act(request, slug, comment_id, RestoreForm, actions.restore_comment, "restore", title)


@login_required
@readable_and_postable
def hide_wording(request: HttpRequest, slug: str, comment_id: int, number: int) -> HttpResponse:
    """Hide one earlier wording; the present one stays."""
    title = _("Hide this earlier wording")
    return _act(request, slug, comment_id, HideForm, actions.hide_wording, "hide", title, number)


@login_required
@readable_and_postable
def restore_wording(request: HttpRequest, slug: str, comment_id: int, number: int) -> HttpResponse:
    """Show an earlier wording again."""
    title, act = _("Show this earlier wording again"), actions.restore_wording
    return _act(request, slug, comment_id, RestoreForm, act, "restore", title, number)


def _act(
    request: HttpRequest,
    slug: str,
    comment_id: int,
    form_class: type[forms.Form],
    do: Callable[..., Any],
    template: str,
    title: str,
    number: int | None = None,
) -> HttpResponse:
    """
    Show the form of an act on a comment or an earlier wording, do it, and lead on.

    Where its author has removed the comment, or it is hidden already, the page says so, before the
    act or after.
    """
    discussion = Discussion.or_404(request, slug)
    comment = discussion.comment_or_404(comment_id)
    if not user_can_moderate(request.user, discussion.consultation):
        raise PermissionDenied
    about: dict[str, Any] = {}
    if number is not None:
        about["version"] = get_object_or_404(comment.versions, number=number)
    target = about.get("version", comment)
    form = form_class(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        if template == "hide" and target.is_hidden:
            raise AlreadyHidden
        do(moderator=request.user, **(about or {"comment": comment}), **form.cleaned_data)
        if about:
            return redirect("discussion:history", slug, comment_id)
        return redirect(place_of(slug, comment))

    def show(status: int) -> HttpResponse:
        if status != 200:
            comment.refresh_from_db()
            target.refresh_from_db()
        late = template == "hide" and target.is_hidden
        shown = {"form": form, "is_hidden_already": late, **about}
        return page_about(discussion, comment, template, title, status, **shown)

    return take_in(request, form, act, show)


@keeps_what_is_typed
@login_required
@readable_and_postable
def decide(request: HttpRequest, slug: str, appeal_id: int) -> HttpResponse:
    """Decide on an author's appeal; the moderator who hid the text only reads it."""
    discussion = Discussion.or_404(request, slug)
    found = Appeal.objects.select_related("act__comment__thread__consultation", "decision")
    appeal = get_object_or_404(found, pk=appeal_id, act__comment__thread=discussion.thread)
    may_decide = user_can_decide_appeal(request.user, appeal)
    may_read = user_can_show_again(request.user, appeal.act.comment)
    if not may_read or (request.method == "POST" and not may_decide):
        raise PermissionDenied
    form = DecisionForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        actions.decide_appeal(
            moderator=request.user,
            appeal=appeal,
            restores=form.cleaned_data["decision"] == DecisionForm.SHOW,
            answer=form.cleaned_data["answer"],
        )
        messages.success(request, _("The appeal is decided, and its author is told."))
        return redirect("moderate_appeals")

    def show(status: int) -> HttpResponse:
        wording = wording_of(appeal.act)
        shown = {"appeal": appeal, "wording": wording, "form": form, "may_decide": may_decide}
        context = {**discussion.context(_("Decide on an appeal")), **shown}
        return page_of(discussion, "decide", {**context, "body": as_html(wording.body)}, status)

    return take_in(request, form, act, show)


@login_required
@readable_and_postable
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a discussion before its time, and undo that."""
    discussion = Discussion.or_404(request, slug)
    if not user_can_moderate(request.user, discussion.consultation):
        raise PermissionDenied
    moderator, consultation = request.user, discussion.consultation
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if "reopen" in request.POST:
        actions.reopen_thread(moderator=moderator, consultation=consultation)
        return redirect(discussion.address)

    def act() -> HttpResponse:
        actions.close_thread(moderator=moderator, consultation=consultation, **form.cleaned_data)
        return redirect(discussion.address)

    def show(status: int) -> HttpResponse:
        context = {**discussion.context(_("Close this discussion")), "form": form}
        return page_of(discussion, "closing", context, status)

    return take_in(request, form, act, show)
