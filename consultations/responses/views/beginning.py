"""Before the first question: what is asked, who answers, the code."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.calls.notices import notes
from consultations.calls.privacy import statements
from consultations.calls.texts.notes import language_notes
from consultations.responses import actions
from consultations.responses.access import cookies, handles, typed
from consultations.responses.access.allowances import given_back, one_draft
from consultations.responses.access.codes import shown
from consultations.responses.access.nameless import nameless_elsewhere, takes_nameless
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.access.typed import Typed
from consultations.responses.actions import KEPT_DAYS
from consultations.responses.answers.notes import notes_in
from consultations.responses.forms.identity import IdentityForm, from_profile, typed_from
from consultations.responses.forms.steps import ConfirmForm
from consultations.responses.models import Channel, Draft, Identity
from consultations.responses.permissions import is_open, user_may_change
from consultations.responses.signatories.signatures import at_stake
from portal.cms.way_out import lead_out
from portal.confidential import confidential
from portal.stakeholders.models import Organisation
from portal.web.addresses import href
from portal.web.csrf import is_forged, keeps_what_is_typed
from portal.web.downloads import saved_as
from portal.web.form_handling import take_in

FORM = "identity"


@answering_page
def start(answering: Answering) -> HttpResponse:
    """Show what is asked, until when, what happens to an answer, and the ways to begin one."""
    response, page = answering.response, answering.page
    ways = IdentityForm(anonymous_allowed=takes_nameless(answering), by=answering.user)
    return answering.render(
        "start",
        _("Respond"),
        ways=ways,
        response=response,
        may_change=response is not None
        and user_may_change(answering.user, response, page, answering.at),
        theirs=answering.organisation,
        shared_draft=answering.shared_draft,
        shared_response=answering.shared_response,
        is_open_here=is_open(answering.page, answering.at),
        nameless_elsewhere=nameless_elsewhere(answering),
        statements=statements(answering.page),
        parts=answering.questionnaire.parts,
        has_optional=not all(each.required for each in answering.questionnaire.questions),
        kept_days=KEPT_DAYS,
        notes=notes(answering.page, answering.at),
        language_notes=language_notes(answering.page),
    )


@answering_page
@keeps_what_is_typed
def identity(answering: Answering) -> HttpResponse:
    """
    Take in who answers: the first step of a new answer, and changeable until it is sent.

    First it asks how, then what belongs to that way: no address tells which way was chosen. The
    choice leads to the same page, which asks the rest: so a browser goes back without asking to
    send anything again, and nothing is begun.
    """
    request, draft = answering.request, answering.draft
    chosen = None if request.method == "POST" else typed.take(request, FORM, answering.at)
    sent = chosen.data if chosen else request.POST if request.method == "POST" else None
    organisation = answering.organisation if answering.for_organisation else None
    initial = _identity_of(draft) if draft else _identity_before(organisation)
    form = IdentityForm(
        sent,
        initial=initial,
        # An organisation's answer can be taken out of it, and does not begin outside it.
        anonymous_allowed=takes_nameless(answering) and (draft is not None or not organisation),
        chosen=draft.identity if draft and "choose" not in request.GET else "",
        fixed=draft.identity if draft and draft.is_revision else "",
        organisation=organisation,
        by=answering.user,
        asks_on_behalf=answering.page.asks_on_behalf,
    )
    fixed = draft is not None and draft.is_revision
    known: dict[str, str] = {}

    def show(status: int) -> HttpResponse:
        return answering.render(
            "identity",
            _("Who responds"),
            status=status,
            form=form,
            nameless_elsewhere=nameless_elsewhere(answering),
            fixed=fixed,
            is_from_profile=bool(known),
            asked_again=at_stake(draft, answering.questionnaire),
            change_href="" if fixed else _another_way(request),
        )

    if request.method == "POST" and form.is_choice_alone(request.POST):
        return _keep_choice(answering, form)
    if chosen and form.is_choice_alone(chosen.data):
        known |= {} if draft or organisation else from_profile(answering.user, form.chosen)
        form = form.opened({**known, **initial})
        return typed.forget(show(200), request, answering.page.slug)
    if not is_forged(request) and form.asks_more_than(request.POST):
        return show(200)
    return take_in(request, form, lambda: _keep_identity(answering, form), show)


def _keep_choice(answering: Answering, form: IdentityForm) -> HttpResponse:
    """Lead to the page again, where the rest is asked of those who answer as was chosen."""
    query = answering.request.META["QUERY_STRING"]
    way = answering.go("identity", query=f"?{query}" if query else "")
    choice = Typed({"identity": form.chosen}, {}, 200)
    return typed.keep(way, answering.page.slug, FORM, choice, answering.at)


def _another_way(request: HttpRequest) -> str:
    """Return the same page with nothing chosen, leading back to where it would have led."""
    return href(request.GET.dict(), choose="yes")


def _identity_before(organisation: Organisation | None) -> dict[str, Any]:
    """Return what a new answer's form begins with."""
    if organisation is None:
        return {}
    return {
        "identity": Identity.ORGANISATION,
        "submitter_type": organisation.submitter_type,
        "place": organisation.state.iso2 if organisation.state else "",
    }


def _identity_of(draft: Draft) -> dict[str, Any]:
    return {**typed_from(draft.details), "identity": draft.identity}


def _keep_identity(answering: Answering, form: IdentityForm) -> HttpResponse:
    draft = answering.draft
    values = {
        "by": answering.user,
        "identity": form.cleaned_data["identity"],
        "details": form.details(),
        "at": answering.at,
    }
    if draft is None:
        with one_draft(answering.request, values["identity"]):
            begun = actions.begin_draft(
                consultation=answering.page, for_organisation=answering.for_organisation, **values
            )
    else:
        begun = actions.save_identity(draft=draft, **values)
    answering.give_code = begun.code
    if begun.code:
        return answering.go("code")
    return answering.go("check" if answering.request.GET.get("return") == "check" else "tasks")


@answering_page
def code(answering: Answering) -> HttpResponse:
    """Show the code of this browser's answer, to be written down."""
    if not answering.code or (answering.draft or answering.response) is None:
        return answering.lead_back()
    return answering.render(
        "code",
        _("Write down your code"),
        code=shown(answering.code),
        kept_days=KEPT_DAYS,
        onward=_onward(answering),
    )


def _onward(answering: Answering) -> str:
    """Lead to the first part of what was only just begun, else to the list of tasks."""
    draft = answering.draft
    parts = answering.questionnaire.applicable({})
    if draft is None or not parts or not _is_only_begun(draft):
        return answering.href("tasks")
    return answering.href("part", parts[0].number)


def _is_only_begun(draft: Draft) -> bool:
    """Say whether nothing was written, and the list of tasks has nothing to say of how it came."""
    has_come = draft.let_in_late or draft.channel != Channel.PORTAL or notes_in(draft.details)
    return not (draft.answers or has_come)


@answering_page
def code_text(answering: Answering) -> HttpResponse:
    """Send the same as a small file, which does not say, even by its name, what it is for."""
    if not answering.code or (answering.draft or answering.response) is None:
        return answering.lead_back()
    return HttpResponse(
        shown(answering.code) + "\n",
        content_type="text/plain; charset=utf-8",
        headers=saved_as("note.txt"),
    )


@answering_page
@csrf_exempt  # who loses hold of an answer so has the code, and it never waits for a form
def forget(answering: Answering) -> HttpResponse:
    """
    Let go of the answer in this browser, and say so; it stays, for whoever has the code.

    Said on the page itself: the browser has no cookie left in which another page could learn it.
    """
    if answering.request.method != "POST" or not answering.code:
        return answering.go("start")
    page = answering.render("closed", pgettext("a response, in this browser", "Closed"))
    answering.leave()
    return page


@confidential
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """
    Leave at once, with nothing staying behind, whatever became of consultation or answer.

    Only by the button: a link that is followed, or an address asked for again, leads to the start.
    """
    if request.method != "POST":
        return redirect("responses:start", slug)
    with suppress(DatabaseError):  # whoever flees is led out, whatever is broken here
        handles.end(cookies.handle_in(request))
    response = lead_out(request)
    cookies.forget(response, slug)
    return response


@answering_page
@keeps_what_is_typed
def discard(answering: Answering) -> HttpResponse:
    """Erase a draft, once confirmed."""
    draft, request = answering.draft, answering.request
    if draft is None:
        return answering.lead_back()
    title, label = _("Erase this draft"), _("Erase this draft. It cannot be brought back.")
    if draft.is_revision:
        title, label = _("Erase your changes"), _("Erase my changes. They cannot be brought back.")
    form = ConfirmForm(request.POST if request.method == "POST" else None, label=label)

    def show(status: int) -> HttpResponse:
        return answering.render("discard", title, status=status, form=form)

    return take_in(request, form, lambda: _discard(answering, draft), show)


def _discard(answering: Answering, draft: Draft) -> HttpResponse:
    with given_back(answering.request, draft):
        actions.discard_draft(draft=draft, by=answering.user)
    if draft.is_revision:
        messages.success(answering.request, _("Your changes are erased."))
        return answering.go("status")
    page = answering.render("erased", _("Your draft is erased"), draft=None)
    answering.leave()
    return page
