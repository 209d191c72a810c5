"""The page of a signatory's private link: reading, confirming, declining."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.rate_limits import count_wrong
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.signatories import ToSign
from consultations.responses.answers.mapping import files_in
from consultations.responses.errors import LinkGone, NothingToSign, Refused
from consultations.responses.models import Status
from consultations.responses.presenters import rows
from consultations.responses.signatories.forms import SignForm, line_of
from consultations.responses.signatories.signatures import Standing, signed_of, standing
from portal.files.downloads import download
from portal.files.models import StoredFile
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


@answering_page
@keeps_what_is_typed
def sign(answering: Answering, token: str) -> HttpResponse:
    """Show what one is asked to sign; a button confirms or declines, never following the link."""
    request = answering.request
    form = SignForm(request.POST if request.method == "POST" else None)
    show = partial(_show, answering, token, form)
    return _kept_to_itself(take_in(request, form, lambda: _answer(answering, token, form), show))


def _show(answering: Answering, token: str, form: SignForm, status: int) -> HttpResponse:
    try:
        before = actions.to_sign(consultation=answering.page, code=token, at=answering.at)
    except (LinkGone, NothingToSign) as refusal:
        is_held = isinstance(refusal, NothingToSign)
        title = _("There is nothing to sign here") if is_held else _("This link does not work")
        # A link is opened however many wrong ones were tried: nobody finds one of 100 bits.
        status = 410 if is_held else 404 if count_wrong(answering.request) else 429
        return answering.render("sign_gone", title, status=status, is_held=is_held)
    return _show_to_sign(answering, token, before, form, status)


def _answer(answering: Answering, token: str, form: SignForm) -> HttpResponse:
    if answering.request.POST.get("answer") == "decline":
        actions.decline_signature(consultation=answering.page, code=token)
        return answering.render("sign_gone", _("Your name is removed"), has_declined=True)
    actions.confirm_signature(
        consultation=answering.page, code=token, seen=form.cleaned_data["seen"], at=answering.at
    )
    return redirect(answering.request.path)


def _show_to_sign(
    answering: Answering, token: str, before: ToSign, form: SignForm, status: int
) -> HttpResponse:
    signatory, text, sent = before.signatory, before.text, before.response
    signed = signed_of(before.draft, sent, answering.questionnaire)
    others = [each for each in signed.rows if each[0].pk != signatory.pk]
    confirmed = [line_of(each) for each, how in others if how is Standing.CONFIRMED]
    return answering.render(
        "sign",
        _("Sign this response"),
        status=status,
        form=form,
        token=token,
        line=line_of(signatory),
        text=text,
        standing=standing(signatory, "" if sent else text.digest).value,
        confirmed=confirmed,
        waiting=len(others) - len(confirmed),
        parts=rows(answering.questionnaire, text.answers),
        is_sent=sent is not None,
        is_public=sent is not None and sent.status == Status.PUBLISHED,
    )


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
