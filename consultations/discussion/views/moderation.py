"""What moderators do on a discussion's own pages: hiding and showing again, closing."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.discussion import actions
from consultations.discussion.errors import AlreadyRemoved
from consultations.discussion.forms import ClosingForm, HideForm, RestoreForm
from consultations.discussion.models import Comment
from consultations.discussion.page_context import Discussion, page_about, page_of, place_of
from consultations.discussion.permissions import user_can_moderate

readable_and_postable = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@readable_and_postable
def hide(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Hiding a comment, with a reason."""
    discussion, comment = _moderated_or_403(request, slug, comment_id)

    def act(**data: Any) -> str:
        actions.hide_comment(moderator=request.user, comment=comment, **data)
        return place_of(slug, comment)

    return _act(discussion, comment, HideForm, act, "hide", _("Hide this comment"))


@login_required
@readable_and_postable
def restore(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Showing a comment again."""
    discussion, comment = _moderated_or_403(request, slug, comment_id)

    def act(**data: Any) -> str:
        actions.restore_comment(moderator=request.user, comment=comment, **data)
        return place_of(slug, comment)

    return _act(discussion, comment, RestoreForm, act, "restore", _("Show it again"))


@login_required
@readable_and_postable
def hide_wording(request: HttpRequest, slug: str, comment_id: int, number: int) -> HttpResponse:
    """Hiding one earlier wording; the present one stays."""
    discussion, comment = _moderated_or_403(request, slug, comment_id)
    version = get_object_or_404(comment.versions, number=number)

    def act(**data: Any) -> str:
        actions.hide_wording(moderator=request.user, version=version, **data)
        return reverse("discussion:history", args=[slug, comment_id])

    title = _("Hide this earlier wording")
    return _act(discussion, comment, HideForm, act, "hide", title, version=version)


@login_required
@readable_and_postable
def restore_wording(request: HttpRequest, slug: str, comment_id: int, number: int) -> HttpResponse:
    """Showing an earlier wording again."""
    discussion, comment = _moderated_or_403(request, slug, comment_id)
    version = get_object_or_404(comment.versions, number=number)

    def act(**data: Any) -> str:
        actions.restore_wording(moderator=request.user, version=version, **data)
        return reverse("discussion:history", args=[slug, comment_id])

    title = _("Show this earlier wording again")
    return _act(discussion, comment, RestoreForm, act, "restore", title, version=version)


def _moderated_or_403(
    request: HttpRequest, slug: str, comment_id: int
) -> tuple[Discussion, Comment]:
    discussion = Discussion.or_404(request, slug)
    comment = discussion.comment_or_404(comment_id)
    if not user_can_moderate(request.user, discussion.consultation):
        raise PermissionDenied
    return discussion, comment


def _act(
    discussion: Discussion,
    comment: Comment,
    form_class: type[forms.Form],
    act: Any,
    template: str,
    title: str,
    **extra: Any,
) -> HttpResponse:
    """
    The form of an act, and where it leads once it is done.

    Of a comment that its author has removed the page says so, whether before the act or after.
    """
    request = discussion.request
    form = form_class(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            return redirect(act(**form.cleaned_data))
        except AlreadyRemoved as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status_code
            comment.refresh_from_db()
    return page_about(discussion, comment, template, title, status, form=form, **extra)


@login_required
@readable_and_postable
def closing(request: HttpRequest, slug: str) -> HttpResponse:
    """Closing a discussion before its time, and undoing that."""
    discussion = Discussion.or_404(request, slug)
    if not user_can_moderate(request.user, discussion.consultation):
        raise PermissionDenied
    moderator, consultation = request.user, discussion.consultation
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if "reopen" in request.POST:
        actions.reopen_thread(moderator=moderator, consultation=consultation)
        return redirect(discussion.address)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.close_thread(moderator=moderator, consultation=consultation, reason=reason)
        return redirect(discussion.address)
    context = {**discussion.context(_("Close this discussion")), "form": form}
    status = 422 if form.errors else 200
    return page_of(discussion, "closing", context, status)
