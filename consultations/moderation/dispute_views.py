"""After a report: whoever sent it can hear of the decision, at an address that a code confirms."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.moderation import actions
from consultations.moderation.errors import Refused
from consultations.moderation.models import Dispute
from consultations.moderation.page_context import page_of, published_or_404
from consultations.publication.models import PublicCopy
from consultations.responses.forms.news import AddressForm, CodeForm
from portal.cms.csrf import is_forged
from portal.confidential import confidential
from portal.notifications.confirmations import CodeIsOver, WrongCode
from portal.notifications.rate_limits import ASKED
from portal.notifications.sealing import CannotUnsealError, seal, unseal


def query_of(dispute: Dispute) -> str:
    """
    Return what the address of the next page ends in, for whoever has sent this report.

    Sealed: a bare number would tell how many reports there are, and open those of others.
    """
    return urlencode({"of": seal(str(dispute.pk)).decode()})


@csrf_exempt  # checked here, so that a form open for long keeps its text
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def dispute_sent(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """What happens next, and where to hear of it."""
    copy = published_or_404(slug, reference)
    dispute = _disputed(request, copy)
    if dispute is None:
        return page_of(request, copy, "dispute_sent")
    if request.method != "POST":
        return _show(request, copy, dispute)
    if "code" in request.POST:
        return _take_code(request, copy, dispute, CodeForm(request.POST))
    return _take_address(request, copy, dispute, AddressForm(request.POST, is_nameless=False))


def _take_address(
    request: HttpRequest, copy: PublicCopy, dispute: Dispute, form: AddressForm
) -> HttpResponse:
    if is_forged(request):
        form.add_error(None, _("This form was open too long. Check it and send it again."))
        return _show(request, copy, dispute, form, 403)
    if not form.is_valid():
        return _show(request, copy, dispute, form, 422)
    ASKED.take(request)
    try:
        actions.ask_for_decision(
            dispute=dispute,
            address=form.cleaned_data["email"],
            language=form.cleaned_data["language"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, copy, dispute, form, 409)
    return redirect(f"{request.path}?{query_of(dispute)}")


def _take_code(
    request: HttpRequest, copy: PublicCopy, dispute: Dispute, form: CodeForm
) -> HttpResponse:
    if is_forged(request):
        form.add_error(None, _("This form was open too long. Check it and send it again."))
        return _show(request, copy, dispute, form, 403)
    if not form.is_valid():
        return _show(request, copy, dispute, form, 422)
    try:
        actions.confirm_disputant(dispute=dispute, code=form.cleaned_data["code"])
    except WrongCode as error:
        form.add_error("code", str(error))
        return _show(request, copy, dispute, form, 422)
    except CodeIsOver as error:
        again = AddressForm(is_nameless=False, known=form.typed_before())
        return _show(request, copy, dispute, again, 422, str(error))
    return redirect(f"{request.path}?{query_of(dispute)}")


def _disputed(request: HttpRequest, copy: PublicCopy) -> Dispute | None:
    """The report that the address names, while it waits for a decision."""
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
