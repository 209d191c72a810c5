"""Hearing of one's answer by mail: what that gives away, an address, its code; and an end to it."""

from functools import partial

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions, contacts
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.news import are_news_over
from consultations.responses.forms.news import AddressForm, CodeForm
from consultations.responses.models import Identity, Response
from consultations.responses.permissions import user_may_answer_for
from portal.notifications import confirmations
from portal.notifications.confirmations import Reachable
from portal.notifications.rate_limits import ASKED
from portal.notifications.wire import domain_of
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refusal_told, take_in


@answering_page
@keeps_what_is_typed
def news(answering: Answering) -> HttpResponse:
    """Show what a mail gives away and where it is to go; once a code was sent, ask for the code."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method != "POST":
        return _show(answering, response)
    form = _address_form(answering, response, answering.request.POST)
    show = partial(_show, answering, response, form)
    return take_in(answering.request, form, lambda: _ask(answering, response, form), show)


def _ask(answering: Answering, response: Response, form: AddressForm) -> HttpResponse:
    ASKED.take(answering.request)
    actions.ask_for_news(
        response=response,
        by=answering.user,
        address=form.cleaned_data["email"],
        language=form.cleaned_data["language"],
        at=answering.at,
    )
    return _back(answering, response)


@answering_page
@keeps_what_is_typed
def code(answering: Answering) -> HttpResponse:
    """Take in the code that confirms the address."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method != "POST":
        return _back(answering, response)
    form = CodeForm(answering.request.POST)
    show = partial(_show, answering, response, form)
    return take_in(answering.request, form, lambda: _confirm(answering, response, form), show)


def _confirm(answering: Answering, response: Response, form: CodeForm) -> HttpResponse:
    try:
        actions.confirm_address(
            response=response,
            by=answering.user,
            code=form.cleaned_data["code"],
            at=answering.at,
        )
    except confirmations.CodeIsOver as error:
        again = _address_form(answering, response, known=form.typed_before())
        return _show(answering, response, again, error.status_code, problem=str(error))
    return _back(answering, response)


@answering_page
def stop(answering: Answering) -> HttpResponse:
    """Stop the mail, and erase the address."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method == "POST":
        with refusal_told(answering.request):
            actions.stop_news(response=response, by=answering.user)
    return _back(answering, response)


def _back(answering: Answering, response: Response) -> HttpResponse:
    return answering.go("news", query=answering.own_query(response))


def _address_form(
    answering: Answering,
    response: Response,
    data: object = None,
    known: Reachable | None = None,
) -> AddressForm:
    user = answering.user
    own = user.email if user.is_authenticated and user.has_confirmed(user.email) else ""
    nameless = response.identity == Identity.ANONYMOUS
    return AddressForm(data, is_nameless=nameless, known=known, own=own)


def _show(
    answering: Answering,
    response: Response,
    form: forms.Form | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    waiting = confirmations.waiting_for(contacts.purpose(response))
    if form is None:
        another = "another" in answering.request.GET
        form = (
            CodeForm.of(waiting)
            if waiting and not another
            else _address_form(answering, response, known=waiting)
        )
    return answering.render(
        "news",
        _("Get news about your response"),
        status=status,
        page_has_errors=status != 200,
        response=response,
        form=form,
        asks_code=isinstance(form, CodeForm),
        problem=problem,
        sender_domain=domain_of(settings.NEUTRAL_FROM_EMAIL),
        is_on=contacts.readable(response) is not None,
        is_over=are_news_over(response, answering.at),
        is_without_name=response.identity == Identity.ANONYMOUS,
        may_answer_for=user_may_answer_for(answering.user, response),
        query=answering.own_query(response),
    )
