"""Hearing of one's answer by mail: what that gives away, an address, its code; and an end to it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions, contacts
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.news import are_news_over
from consultations.responses.errors import Refused
from consultations.responses.forms.news import AddressForm, CodeForm
from consultations.responses.models import Identity, Response
from consultations.responses.permissions import user_may_answer_for
from consultations.responses.views.form_handling import forged, take_in
from portal.notifications import confirmations
from portal.notifications.confirmations import ConfirmationError, Reachable
from portal.notifications.rate_limits import ASKED
from portal.notifications.wire import domain_of


@answering_page
def news(answering: Answering) -> HttpResponse:
    """What a mail gives away, and where it is to go; once a code was sent, the code."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method != "POST":
        return _show(answering, response)
    form = _address_form(answering, response, answering.request.POST)
    answer = take_in(answering, form, lambda: _ask(answering, response, form))
    return answer if isinstance(answer, HttpResponse) else _show(answering, response, form, answer)


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
def code(answering: Answering) -> HttpResponse:
    """The code that confirms the address."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method != "POST":
        return _back(answering, response)
    form = CodeForm(answering.request.POST)
    answer = take_in(answering, form, lambda: _confirm(answering, response, form))
    return answer if isinstance(answer, HttpResponse) else _show(answering, response, form, answer)


def _confirm(answering: Answering, response: Response, form: CodeForm) -> HttpResponse:
    try:
        actions.confirm_address(
            response=response,
            by=answering.user,
            code=form.cleaned_data["code"],
            at=answering.at,
        )
    except confirmations.WrongCode as error:
        form.add_error("code", str(error))
        return _show(answering, response, form, 422)
    except ConfirmationError as error:
        again = _address_form(answering, response, known=form.typed_before())
        return _show(answering, response, again, 422, problem=str(error))
    return _back(answering, response)


@answering_page
def stop(answering: Answering) -> HttpResponse:
    """No more mail: the address is erased."""
    response = answering.response
    if response is None:
        return answering.lead_back()
    if answering.request.method == "POST":
        try:
            if answering.is_forged:
                messages.error(answering.request, forged())
            else:
                actions.stop_news(response=response, by=answering.user)
        except Refused as refusal:
            messages.error(answering.request, str(refusal))
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
