"""Reports of false names: the form, and how whoever sent one hears of the decision."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.moderation import actions
from consultations.moderation.forms import DisputeForm
from consultations.moderation.models import Dispute
from consultations.moderation.page_context import page_of, published_or_404
from consultations.moderation.rate_limits import DISPUTES
from consultations.publication.models import PublicCopy
from consultations.responses.forms.news import AddressForm, CodeForm
from portal.confidential import confidential
from portal.notifications.confirmations import CodeIsOver
from portal.notifications.rate_limits import ASKED
from portal.notifications.sealing import CannotUnsealError, seal, unseal
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


def query_of(dispute: Dispute) -> str:
    """
    Return what the address of the next page ends in, for whoever has sent this report.

    Sealed: a bare number would tell how many reports there are, and open those of others.
    """
    return urlencode({"of": seal(str(dispute.pk)).decode()})


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def dispute(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Take in “This was sent in my name falsely.”"""
    copy = published_or_404(slug, reference)
    form = DisputeForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        sent = reverse("moderation:dispute_sent", args=[slug, reference])
        if form.is_from_machine:  # which gets the page that a person would get
            return redirect(sent)
        DISPUTES.take(request)
        dispute = actions.open_dispute(response=copy.response, text=form.cleaned_data["text"])
        return redirect(f"{sent}?{query_of(dispute)}")

    return take_in(request, form, act, partial(page_of, request, copy, "dispute", form))


@keeps_what_is_typed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def dispute_sent(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Show what happens next, and where to hear of it."""
    copy = published_or_404(slug, reference)
    dispute = _disputed(request, copy)
    if dispute is None:
        return page_of(request, copy, "dispute_sent")
    if request.method != "POST":
        return _show(request, copy, dispute)
    if "code" in request.POST:
        return _take_code(request, copy, dispute)
    return _take_address(request, copy, dispute)


def _take_address(request: HttpRequest, copy: PublicCopy, dispute: Dispute) -> HttpResponse:
    form = AddressForm(request.POST, is_nameless=False)

    def act() -> HttpResponse:
        ASKED.take(request)
        actions.ask_for_decision(
            dispute=dispute,
            address=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
        )
        return redirect(f"{request.path}?{query_of(dispute)}")

    return take_in(request, form, act, partial(_show, request, copy, dispute, form))


def _take_code(request: HttpRequest, copy: PublicCopy, dispute: Dispute) -> HttpResponse:
    form = CodeForm(request.POST)

    def act() -> HttpResponse:
        try:
            actions.confirm_disputant(dispute=dispute, code=form.cleaned_data["code"])
        except CodeIsOver as error:
            again = AddressForm(is_nameless=False, known=form.typed_before())
            return _show(request, copy, dispute, again, error.status_code, str(error))
        return redirect(f"{request.path}?{query_of(dispute)}")

    return take_in(request, form, act, partial(_show, request, copy, dispute, form))


def _disputed(request: HttpRequest, copy: PublicCopy) -> Dispute | None:
    """Return the report that the address names, while it waits for a decision."""
    try:
        pk = int(unseal(request.GET.get("of", "").encode()))
    except (CannotUnsealError, ValueError):
        return None
    return copy.response.disputes.waiting().filter(pk=pk).first()


def _show(
    request: HttpRequest,
    copy: PublicCopy,
    dispute: Dispute,
    form: AddressForm | CodeForm | None = None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    waiting = actions.address_waiting(dispute)
    if form is None and waiting and "another" not in request.GET:
        form = CodeForm.of(waiting)
    form = form or AddressForm(is_nameless=False, known=waiting)
    return page_of(
        request,
        copy,
        "dispute_sent",
        form=form,
        status=status,
        dispute=dispute,
        asks_code=isinstance(form, CodeForm),
        problem=problem,
        query=f"?{query_of(dispute)}",
    )
