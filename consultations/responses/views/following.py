"""After sending: where an answer stands, answering a question, changing it, withdrawing it."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.calls.models import read_of
from consultations.calls.phases import Phase
from consultations.calls.privacy import when_published
from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.following import ONCE_PUBLIC
from consultations.responses.days import day_of
from consultations.responses.errors import NotPermitted
from consultations.responses.files.sent import answers_now
from consultations.responses.forms.identity import TRANSLATION_ONLY
from consultations.responses.forms.steps import ALONE, ClarificationForm, ConfirmForm
from consultations.responses.hooks import sections_for
from consultations.responses.models import Clarification, Draft, Handling, Response, Status
from consultations.responses.permissions import (
    CHANGEABLE,
    user_may_answer_for,
    user_may_change,
    user_may_choose_publication,
    user_may_cut_tie,
)
from consultations.responses.presenters import later_files, rows
from consultations.responses.signatories.listing import sent_back_to, to_sign_by
from consultations.responses.signatories.signatures import signed_of
from portal.confidential import confidential
from portal.stakeholders.views import SignedInRequest
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refusal_told, take_in


@answering_page
def status(answering: Answering) -> HttpResponse:
    """Show what happened to a response, as its owner alone sees it."""
    response = answering.response
    if response is None:
        return answering.go("tasks" if answering.draft else "resume")
    return _status_page(answering, response)


def _status_page(
    answering: Answering,
    response: Response,
    asked: Clarification | None = None,
    form: ClarificationForm | None = None,
    code: int = 200,
) -> HttpResponse:
    version = response.versions.latest("number")
    clarifications = [
        (each, form if each == asked else ClarificationForm(auto_id=f"id_%s_{each.pk}"))
        for each in response.clarifications.all()
    ]
    return answering.render(
        "status",
        _("Status of your response"),
        status=code,
        page_has_errors=code != 200,
        response=response,
        version=version,
        events=response.events.all(),
        later_files=later_files(
            answering.questionnaire, version, day_of(answering.page, answering.at)
        ),
        clarifications=clarifications,
        sections=sections_for(answering, response),
        parts=rows(answering.questionnaire, answers_now(version)) if not version.erased_on else [],
        may_change=user_may_change(answering.user, response, answering.page, answering.at),
        may_answer_for=user_may_answer_for(answering.user, response),
        may_cut_tie=user_may_cut_tie(answering.user, response),
        may_choose_publication=user_may_choose_publication(answering.user, response),
        translation_only=TRANSLATION_ONLY,
        alone=ALONE,
        is_withheld=response.status == Status.ACCEPTED
        and response.handling == Handling.NAME_WITHHELD,
        has_outcome=response.status == Status.ACCEPTED
        and answering.page.phase(answering.at) is Phase.OUTCOME,
        when_published=when_published(answering.page) if _will_be_published(response) else "",
        signed=signed_of(None, response, answering.questionnaire),
        is_public=response.status == Status.PUBLISHED,
        is_withdrawn=response.status == Status.WITHDRAWN,
        has_revision=answering.draft is not None and answering.draft.response_id == response.pk,
        query=answering.own_query(response),
    )


def _will_be_published(response: Response) -> bool:
    return response.status in CHANGEABLE and response.handling != Handling.CONFIDENTIAL


@answering_page
@keeps_what_is_typed
def clarification(answering: Answering, clarification_id: int) -> HttpResponse:
    """Take in the answer to a question of the screening staff."""
    response, request = answering.response_or_404(), answering.request
    asked = response.clarifications.filter(pk=clarification_id).first()
    if asked is None:
        raise Http404
    back = answering.go("status", query=answering.own_query(response))
    if request.method != "POST":
        return back
    asked.response = response
    form = ClarificationForm(request.POST, auto_id=f"id_%s_{asked.pk}")

    def act() -> HttpResponse:
        actions.answer_clarification(
            clarification=asked,
            by=answering.user,
            answer=form.cleaned_data["answer"],
            at=answering.at,
        )
        return back

    show = partial(_status_page, answering, response, asked, form)
    return take_in(request, form, act, show)


@answering_page
def revise(answering: Answering) -> HttpResponse:
    """Begin to change what was sent, before the deadline."""
    response = answering.response_or_404()
    back = answering.go("status", query=answering.own_query(response))
    if answering.request.method != "POST":
        return back
    with refusal_told(answering.request):
        actions.begin_revision(response=response, by=answering.user, at=answering.at)
        return answering.go("tasks")
    return back


@answering_page
@keeps_what_is_typed
def withdraw(answering: Answering) -> HttpResponse:
    """Take a response back, once confirmed."""
    response, request = answering.response_or_404(), answering.request
    query = answering.own_query(response)
    if response.status == Status.WITHDRAWN:
        return answering.go("status", query=query)
    if not user_may_answer_for(answering.user, response):
        messages.error(request, str(NotPermitted()))
        return answering.go("status", query=query)
    was_public = response.status in ONCE_PUBLIC
    form = ConfirmForm(
        request.POST if request.method == "POST" else None,
        label=_("Yes, withdraw this response. It cannot be brought back."),
    )

    def act() -> HttpResponse:
        actions.withdraw_response(response=response, by=answering.user, at=answering.at)
        return answering.go("status", query=query)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "withdraw",
            _("Withdraw your response"),
            status=status,
            form=form,
            response=response,
            was_public=was_public,
            query=query,
        )

    return take_in(request, form, act, show)


@never_cache
@login_required
@confidential
def mine(request: SignedInRequest) -> HttpResponse:
    """Show everything that somebody writes or has sent while signed in."""
    organisation = request.user.organisation
    shared = organisation.pk if organisation else 0
    to_sign, sent_back = to_sign_by(request.user), sent_back_to(request.user)
    read_of(each.draft for each in (*to_sign, *sent_back))
    context = {
        "drafts": read_of(Draft.objects.of_account(request.user.pk)),
        "responses": read_of(Response.objects.of_account(request.user.pk)),
        "organisation": organisation,
        "shared_drafts": read_of(Draft.objects.of_organisation(shared)),
        "shared_responses": read_of(Response.objects.of_organisation(shared)),
        "to_sign": to_sign,
        "sent_back": sent_back,
    }
    return render(request, "consultations/responses/mine.html", context)
