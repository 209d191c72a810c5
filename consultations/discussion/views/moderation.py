"""What moderators do on a discussion's own pages: hiding and showing again, closing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.discussion import actions
from consultations.discussion.forms import ClosingForm, HideForm, RestoreForm
from consultations.discussion.page_context import Discussion, page_about, page_of, place_of
from consultations.discussion.permissions import user_can_moderate
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

    Where its author has removed the comment, the page says so, before the act or after.
    """
    discussion = Discussion.or_404(request, slug)
    comment = discussion.comment_or_404(comment_id)
    if not user_can_moderate(request.user, discussion.consultation):
        raise PermissionDenied
    about: dict[str, Any] = {}
    if number is not None:
        about["version"] = get_object_or_404(comment.versions, number=number)
    form = form_class(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        do(moderator=request.user, **(about or {"comment": comment}), **form.cleaned_data)
        if about:
            return redirect("discussion:history", slug, comment_id)
        return redirect(place_of(slug, comment))

    def show(status: int) -> HttpResponse:
        if status != 200:
            comment.refresh_from_db()
        return page_about(discussion, comment, template, title, status, form=form, **about)

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
