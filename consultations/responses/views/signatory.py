"""The page of a signatory's private link: reading, confirming, taking one's name back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.rate_limits import count_wrong
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.signatories import purpose
from consultations.responses.actions.signatures import ToSign
from consultations.responses.answers.mapping import files_in
from consultations.responses.errors import Refused
from consultations.responses.models import Signatory, Status
from consultations.responses.permissions import user_may_confirm_for
from consultations.responses.presenters import rows
from consultations.responses.signatories.errors import LinkGone, NothingToSign, NotYourOwn
from consultations.responses.signatories.forms import (
    DeclineForm,
    SignByAddressForm,
    SignByCodeForm,
    SignForm,
    SignForOrganisationForm,
    line_of,
)
from consultations.responses.signatories.signatures import (
    Standing,
    changes_since,
    signed_of,
    standing,
)
from portal.files.downloads import download
from portal.files.models import StoredFile
from portal.notifications import confirmations
from portal.notifications.confirmations import CodeIsOver
from portal.notifications.rate_limits import ASKED
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in
from portal.web.revalidation import revalidated


@answering_page
@keeps_what_is_typed
def sign(answering: Answering, token: str) -> HttpResponse:
    """Show what one is asked to sign; the link alone confirms nothing, nor does following it."""
    request = answering.request
    acts: dict[str, tuple[type[forms.Form], Callable[..., HttpResponse]]] = {
        "address": (SignByAddressForm, _ask),
        "code": (SignByCodeForm, _confirm),
        "organisation": (SignForOrganisationForm, _confirm_for_organisation),
        "decline": (DeclineForm, _decline),
    }
    make, act = acts.get(request.POST.get("answer", ""), acts["address"])
    form = make(request.POST) if request.method == "POST" else DeclineForm()
    show = partial(_show, answering, token, form)
    return _kept_to_itself(take_in(request, form, lambda: act(answering, token, form), show))


def _ask(answering: Answering, token: str, form: SignByAddressForm) -> HttpResponse:
    ASKED.take(answering.request)
    actions.ask_to_confirm(
        **_what(answering, token, form),
        address=form.cleaned_data["email"],
        language=get_language() or "en",
    )
    return redirect(f"{answering.request.path}?naming={form.cleaned_data['naming']}#decide")


def _confirm(answering: Answering, token: str, form: SignByCodeForm) -> HttpResponse:
    try:
        actions.confirm_signature(**_what(answering, token, form), typed=form.cleaned_data["code"])
    except (NotYourOwn, CodeIsOver) as refusal:  # either way another address, or a new code
        again = SignByAddressForm(initial=form.cleaned_data)
        return _show(answering, token, again, refusal.status_code, problem=str(refusal))
    return redirect(answering.request.path)


def _confirm_for_organisation(answering: Answering, token: str, form: SignForm) -> HttpResponse:
    actions.confirm_for_organisation(**_what(answering, token, form), by=answering.user)
    return redirect(answering.request.path)


def _decline(answering: Answering, token: str, form: forms.Form) -> HttpResponse:
    actions.decline_signature(consultation=answering.page, code=token, at=answering.at)
    return answering.render("sign_gone", _("Your name is removed"), has_declined=True)


def _what(answering: Answering, token: str, form: SignForm) -> dict[str, Any]:
    return {
        "consultation": answering.page,
        "code": token,
        "seen": form.cleaned_data["seen"],
        "is_withheld": form.is_withheld,
        "at": answering.at,
    }


def _show(
    answering: Answering, token: str, form: forms.Form, status: int, problem: str = ""
) -> HttpResponse:
    try:
        before = actions.to_sign(consultation=answering.page, code=token, at=answering.at)
    except (LinkGone, NothingToSign) as refusal:
        is_held = isinstance(refusal, NothingToSign)
        title = _("There is nothing to sign here") if is_held else _("This link does not work")
        # A link is opened however many wrong ones were tried: nobody finds one of 100 bits.
        status = 410 if is_held else 404 if count_wrong(answering.request) else 429
        return answering.render("sign_gone", title, status=status, is_held=is_held)
    return _show_to_sign(answering, token, before, form, status, problem)


def _show_to_sign(
    answering: Answering,
    token: str,
    before: ToSign,
    form: forms.Form,
    status: int,
    problem: str,
) -> HttpResponse:
    signatory, text, sent = before.signatory, before.text, before.response
    signed = signed_of(before.draft, sent, answering.questionnaire)
    how = standing(signatory, "" if sent else text.digest)
    is_public = sent is not None and sent.status == Status.PUBLISHED
    who_changed, changes = changes_since(signatory, text, answering.questionnaire)
    if not isinstance(form, SignForm):
        problem = problem or " ".join(map(str, form.non_field_errors()))
        form = _form_to_sign(answering, signatory)
    return answering.render(
        "sign",
        _("Sign this response"),
        status=status,
        form=form,
        asks_code=isinstance(form, SignByCodeForm),
        problem=problem,
        token=token,
        line=line_of(signatory),
        text=text,
        standing=how.value,
        name_withheld=signatory.name_withheld,
        is_closed=before.is_closed,
        others=len(signed) - 1,
        others_confirmed=signed.confirmed - (how is Standing.CONFIRMED),
        who_changed=bool(signatory.signed_parts) and who_changed,
        changes=changes if signatory.signed_parts else [],
        may_confirm_for=user_may_confirm_for(answering.user, signatory, before.draft or sent),
        parts=rows(answering.questionnaire, text.answers),
        is_sent=sent is not None,
        published=sent if is_public else None,
    )


def _form_to_sign(answering: Answering, signatory: Signatory) -> SignForm:
    """Return the form to begin with: for the code, where one was sent that still works."""
    asked = answering.request.GET
    initial = {"naming": asked.get("naming", "")}
    if "another" not in asked and confirmations.waiting_for(purpose(signatory)) is not None:
        return SignByCodeForm(initial=initial)
    return SignByAddressForm(initial=initial)


@revalidated
@answering_page
def sign_attachment(answering: Answering, token: str, file_id: UUID) -> HttpResponse:
    """Send a file of the answer that one is asked to sign; raises Http404 for any other."""
    try:
        before = actions.to_sign(consultation=answering.page, code=token, at=answering.at)
    except Refused:
        count_wrong(answering.request)
        raise Http404 from None
    held = files_in(answering.questionnaire, before.text.answers)
    stored = StoredFile.objects.filter(pk=file_id).first() if str(file_id) in held else None
    if stored is None:
        raise Http404
    return _kept_to_itself(download(answering.request, stored, name="attachment"))


def _kept_to_itself(response: HttpResponse) -> HttpResponse:
    """Keep this address from wherever a link from here leads, even within the portal."""
    response["Referrer-Policy"] = "strict-origin"
    return response
