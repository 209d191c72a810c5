"""
What somebody has written in discussions, and taking it back.

Under the account and not under the consultation: what one wrote can be taken back wherever it
stands, also in a consultation that is shown to nobody any more.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.calls.models import ConsultationPage, read_of
from consultations.discussion import actions
from consultations.discussion.appeals import hidings_of, wording_of
from consultations.discussion.errors import AlreadyRemoved, NotYours, Refused, SignedOut
from consultations.discussion.forms import AppealForm
from consultations.discussion.models import Comment, ModerationAct
from consultations.discussion.page_context import id_or_404, place_of
from consultations.discussion.permissions import (
    user_can_appeal,
    user_can_moderate,
    user_can_remove,
)
from consultations.discussion.text import as_html
from portal.stakeholders.views import SignedInRequest
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refuse, take_in

PER_PAGE = 50


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Show one's comments, the newest first, each with the way to take it back."""
    asked = request.GET.get("before")
    before = None
    if asked is not None:
        own = request.user.comments.only("created_at")
        before = get_object_or_404(own, pk=id_or_404(asked))
    found = list(Comment.objects.written_by(request.user.pk, before)[: PER_PAGE + 1])
    comments = found[:PER_PAGE]
    read_of(comment.thread for comment in comments)
    told = [each for each in hidings_of(each.pk for each in comments) if each.concerns_author]
    context = {
        "comments": comments,
        "hidings": {
            comment.pk: [each for each in told if each.act.comment_id == comment.pk]
            for comment in comments
        },
        "next_href": f"?before={comments[-1].pk}" if len(found) > PER_PAGE else "",
        "previous_href": "?" if before else "",
    }
    return render(request, "consultations/discussion/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Remove one's own comment, after a page that says what can be seen afterwards."""
    comment = get_object_or_404(
        Comment.objects.select_related("thread__consultation"), pk=comment_id
    )
    consultation = comment.thread.consultation
    is_readable = ConsultationPage.objects.readable().filter(pk=consultation.pk).exists()
    refusal = _refusal(request, comment)
    if refusal and not is_readable:
        raise Http404
    if request.method == "POST" and refusal is None:
        try:
            actions.remove_comment(author=request.user, comment=comment)
        except Refused as found:
            refusal = found
        else:
            messages.success(request, _("Your comment is removed."))
            place = place_of(consultation.slug, comment)
            return redirect(place if is_readable else reverse("account_comments"))
    context = {
        "comment": comment,
        "body": as_html(comment.body),
        "consultation": consultation,
        "place": place_of(consultation.slug, comment) if is_readable else "",
        "refusal": refusal,
        "may_hide": comment.is_shown and user_can_moderate(request.user, consultation),
    }
    status = refusal.status_code if refusal else 200
    return render(request, "consultations/discussion/remove.html", context, status=status)


@never_cache
@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest, act_id: int) -> HttpResponse:
    """
    Take in an author's appeal against the hiding of their text; another moderator decides.

    Whoever lost the session while they wrote keeps the text, and is shown nothing else.
    """
    if not request.user.is_authenticated:
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        form = AppealForm(request.POST)
        status = refuse(form, SignedOut())
        return render(
            request, "consultations/discussion/appeal.html", {"form": form}, status=status
        )
    found = ModerationAct.objects.select_related("comment__thread__consultation")
    act = get_object_or_404(found, pk=act_id)
    if not user_can_appeal(request.user, act):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    (hiding,) = [each for each in hidings_of([act.comment_id]) if each.act.pk == act.pk]

    def do() -> HttpResponse:
        actions.appeal_hiding(author=request.user, act=act, text=form.cleaned_data["text"])
        messages.success(request, _("Your appeal is in. Another moderator decides on it."))
        return redirect(f"{reverse('account_comments')}#c-{act.comment_id}")

    def show(status: int) -> HttpResponse:
        context = {"form": form, "hiding": hiding, "consultation": act.comment.thread.consultation}
        context |= {"wording": wording_of(act), "body": as_html(wording_of(act).body)}
        return render(request, "consultations/discussion/appeal.html", context, status=status)

    return take_in(request, form, do, show)


def _refusal(request: SignedInRequest, comment: Comment) -> Refused | None:
    if comment.is_removed:
        return AlreadyRemoved()
    return None if user_can_remove(request.user, comment) else NotYours()
