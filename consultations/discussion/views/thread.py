"""The pages of a discussion that everybody reads, and writing: the thread, answering, editing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consultations.calls.models import ConsultationPage
from consultations.discussion import actions
from consultations.discussion.errors import AlreadyPublished, AlreadyRemoved, HiddenMeanwhile
from consultations.discussion.forms import CommentForm, WordingForm
from consultations.discussion.models import Comment
from consultations.discussion.page_context import Discussion, page_about, page_of, place_of
from consultations.discussion.permissions import (
    user_can_edit,
    user_can_read_hidden,
    user_can_remove,
)
from consultations.discussion.public_json import as_recorded_of
from consultations.discussion.recording.links import places_in_record
from consultations.discussion.related import similar_comments
from consultations.discussion.text import fingerprint
from consultations.discussion.threads.queries import consultation_to_comment
from consultations.discussion.views.form_handling import take_in
from portal.open_data import open_data
from portal.stakeholders.models import Person
from portal.web.csrf import keeps_what_is_typed
from portal.web.errors import Refused

readable_and_postable = require_http_methods(["GET", "HEAD", "POST"])


@keeps_what_is_typed
@readable_and_postable
def thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of the thread, and take in a comment that starts a branch."""

    def show(form: CommentForm | None, status: int) -> HttpResponse:
        discussion = Discussion.or_404(request, slug)
        context = {
            **discussion.context(_("Discussion")),
            **discussion.comments(),
            "section_items": discussion.section_items,
            "form": _form(discussion, form),
        }
        return page_of(discussion, "thread", context, status)

    return _take_in(request, slug, None, show)


@keeps_what_is_typed
@readable_and_postable
def reply(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Show the comment that is answered, and the form for the answer."""

    def show(form: CommentForm | None, status: int) -> HttpResponse:
        discussion = Discussion.or_404(request, slug)
        parent = discussion.comment_or_404(comment_id)
        form = _form(discussion, form)
        similar = similar_comments(parent)
        return page_about(
            discussion, parent, "reply", _reply_title(parent), status, form=form, similar=similar
        )

    return _take_in(request, slug, comment_id, show)


def _take_in(
    request: HttpRequest,
    slug: str,
    parent_id: int | None,
    show: Callable[[CommentForm | None, int], HttpResponse],
) -> HttpResponse:
    """Post the comment that was sent, if any; `show` makes the page with the form it is given."""
    if request.method != "POST":
        return show(None, 200)
    consultation = consultation_to_comment(slug)
    parent = None
    if consultation and parent_id is not None:
        parent = Comment.objects.in_consultation(consultation.pk, parent_id)
    if consultation is None or (parent_id is not None and parent is None):
        raise Http404

    form = CommentForm(request.POST)

    def act() -> HttpResponse:
        typed = form.cleaned_data
        same = actions.same_comment(
            author=request.user, consultation=consultation, parent=parent, body=typed["body"]
        )
        if same and same.submission_key != typed["submission_key"]:
            raise AlreadyPublished(place_of(slug, same))
        comment = actions.submit_comment(
            author=request.user, consultation=consultation, parent=parent, **form.cleaned_data
        )
        return redirect(place_of(slug, comment))

    return take_in(request, form, act, partial(show, form))


def _form(discussion: Discussion, sent: CommentForm | None) -> CommentForm | None:
    """
    Return what was sent, else an empty form for whoever may comment; None for mere readers.

    The language is that of the author's last comment: it is asked once, and never guessed.
    """
    if sent is None and not discussion.may_comment:
        return None
    language = Comment.objects.last_language_of(discussion.request.user.pk) if not sent else ""
    form = sent or CommentForm(initial={"language": language})
    if not discussion.may_be_official:
        form.withhold_official()
    return form


@keeps_what_is_typed
@readable_and_postable
def edit(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Change one's own comment; where it is gone meanwhile, what was typed is kept to copy."""
    discussion = Discussion.or_404(request, slug)
    comment = discussion.comment_or_404(comment_id)
    if not request.user.is_authenticated and request.method != "POST":
        return redirect_to_login(request.get_full_path())
    may_edit = user_can_edit(request.user, comment) or _gone(request.user, comment) is not None
    if request.user.is_authenticated and not may_edit:
        raise PermissionDenied
    written = {"body": comment.body, "language": comment.language}
    form = WordingForm(request.POST if request.method == "POST" else None, initial=written)

    def act() -> HttpResponse:
        seen = request.POST.get("seen")
        actions.edit_comment(author=request.user, comment=comment, seen=seen, **form.cleaned_data)
        return redirect(place_of(slug, comment))

    def show(status: int) -> HttpResponse:
        now = discussion.comment_or_404(comment_id)
        seen = fingerprint(now.body, now.language)
        shown = {
            "form": form,
            "seen": seen,
            "changed": request.POST.get("seen", seen) != seen,
            "gone": _gone(request.user, now),
        }
        return page_about(discussion, now, "edit", _("Edit your comment"), status, **shown)

    return take_in(request, form, act, show)


def _gone(user: Person, comment: Comment) -> Refused | None:
    """Return why a comment cannot be edited any more, to whom it may have belonged."""
    if comment.is_removed:
        return AlreadyRemoved()
    return HiddenMeanwhile() if comment.is_hidden and user_can_remove(user, comment) else None


@require_safe
def history(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """
    Show every wording of a comment with who spoke it and its entry in the record.

    Only its author and moderators see those of a hidden comment; of a removed one the page says
    only that.
    """
    discussion = Discussion.or_404(request, slug)
    comment = discussion.comment_or_404(comment_id)
    may_read_hidden = user_can_read_hidden(request.user, comment)
    if comment.is_hidden and not comment.is_removed and not may_read_hidden:
        raise Http404
    versions = list(comment.versions.all())
    entries = places_in_record([comment, *versions])
    shown: dict[str, Any] = {
        "versions": versions,
        "entries": entries,
        "may_read_hidden": may_read_hidden,
    }
    return page_about(discussion, comment, "history", _("Wordings"), **shown)


@require_safe
def permalink(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead from a comment's permanent address to where it stands in its thread now."""
    comment = get_object_or_404(
        Comment.objects.select_related("thread__consultation"), pk=comment_id
    )
    consultation = comment.thread.consultation
    with translation.override(consultation.locale.language_code):
        Discussion.or_404(request, consultation.slug)
        return redirect(place_of(consultation.slug, comment))


@require_safe
@open_data
def as_recorded(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Send a comment just as the record's digest covers it; of a hidden one, that it is hidden."""
    readable = ConsultationPage.objects.readable().values("pk")
    found = Comment.objects.filter(thread__consultation__in=readable)
    recorded = as_recorded_of(get_object_or_404(found, pk=comment_id))
    if recorded is None:
        raise Http404
    return JsonResponse(
        recorded,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"X-Robots-Tag": "noindex"},
    )


def _reply_title(parent: Comment) -> str:
    if not parent.is_shown:
        # Translators: title of a page, on which somebody writes one.
        return _("Reply")
    return _("Reply to %(name)s") % {"name": parent.speaker}
