"""Looking an answer over, sending it, and what one takes away."""

from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from consultations.calls.privacy import statements, when_published
from consultations.responses import actions, receipts
from consultations.responses.access import handles
from consultations.responses.access.allowances import one_sent
from consultations.responses.access.codes import shown
from consultations.responses.access.notices import OnPaper
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.answers.completeness import missing, not_sent
from consultations.responses.answers.confidential import is_complete
from consultations.responses.answers.mapping import counting, files_in, is_for_officials
from consultations.responses.answers.notes import notes_in
from consultations.responses.errors import ChangedMeanwhile
from consultations.responses.files.sent import answers_now
from consultations.responses.forms.steps import SendForm
from consultations.responses.models import (
    Draft,
    Identity,
    Response,
    ResponseVersion,
    Status,
)
from consultations.responses.permissions import user_may_send
from consultations.responses.presenters import reasons_given, rows, signers_of, states_of_files, who
from consultations.responses.signatories.forms import line_of
from consultations.responses.signatories.signatures import lost, signed_of
from consultations.responses.views.organisations import about
from portal.files.downloads import TEXT, download
from portal.files.models import StoredFile
from portal.record.receipts import receipt
from portal.web.csrf import is_forged, keeps_what_is_typed
from portal.web.downloads import saved_as
from portal.web.form_handling import take_in
from portal.web.revalidation import revalidated


@answering_page
@keeps_what_is_typed
def check(answering: Answering) -> HttpResponse:
    """Show everything that will be sent, each with a link to change it; and send it."""
    request, draft = answering.request, answering.draft
    if draft is None:
        pressed = request.method == "POST" and not is_forged(request)
        return _sent_already(answering) if pressed else answering.lead_back()
    form = SendForm(
        request.POST if request.method == "POST" else None,
        initial={
            "revision": draft.revision,
            "even_if_alone": draft.response is not None and draft.response.even_if_alone,
        },
        # Whoever types in what came on paper does not choose this for its writer.
        asks_alone=draft.identity == Identity.ANONYMOUS and OnPaper(answering).entry is None,
    )

    def show(status: int) -> HttpResponse:
        if form.is_bound:
            typed = {name: form.data[name] for name in form.data}
            form.data = {**typed, "revision": draft.revision}
        return _show(answering, draft, form, status)

    return take_in(request, form, lambda: _send(answering, draft, form), show)


def _send(answering: Answering, draft: Draft, form: SendForm) -> HttpResponse:
    if form.cleaned_data["revision"] != draft.revision:
        in_a_window = _(
            "Your response was changed in another window after you opened this page. Check it "
            "again before you send it."
        )
        by_somebody = _(
            "Somebody of your organisation, or you in another window, changed this response after "
            "you opened this page. Check it again before you send it."
        )
        raise ChangedMeanwhile(by_somebody if draft.organisation_id else in_a_window)
    nameless = answering.is_nameless
    with one_sent(answering.request, draft):
        response = actions.submit_draft(
            draft=draft,
            by=answering.user,
            at=answering.at,
            even_if_alone=form.cleaned_data.get("even_if_alone"),
        )
    if nameless:
        handles.keep_for_receipt(answering.handle, answering.at)
    return answering.go("sent", query=answering.own_query(response))


def _sent_already(answering: Answering) -> HttpResponse:
    """Lead to the receipt of what the other click sent a moment ago, the same for both."""
    if answering.held is not None and answering.held.opens != handles.Opens.ANSWER:
        handles.keep_for_receipt(answering.handle, answering.at)
        return answering.go("sent")
    return answering.go("sent") if answering.response is not None else answering.lead_back()


def _show(answering: Answering, draft: Draft, form: SendForm, status: int) -> HttpResponse:
    questionnaire, details = answering.questionnaire, draft.details
    left = missing(questionnaire, draft.answers)
    reasons = details.get("confidentiality", {})
    counted = counting(questionnaire, draft.answers)
    reasoned = is_complete(counted, reasons)
    hidden = any(map(is_for_officials, counted.values()))
    return answering.render(
        "check",
        _("Check your response"),
        status=status,
        form=form,
        who=who(draft),
        confidentiality=reasons_given(reasons) if hidden else [],
        parts=rows(questionnaire, draft.answers),
        missing=left,
        not_sent=list(not_sent(questionnaire, draft.answers)),
        reasoned=reasoned,
        can_send=not left and reasoned and bool(counted) and not notes_in(details),
        may_send=user_may_send(answering.user, draft),
        signers=signers_of(draft),
        signed=signed_of(draft, draft.response, questionnaire),
        is_empty=not counted,
        files=states_of_files(questionnaire, draft.answers),
        statements=statements(answering.page),
        lost=[line_of(each) for each in lost(draft, questionnaire)],
        **about(draft, answering),
    )


@answering_page
def sent(answering: Answering) -> HttpResponse:
    """
    Show the receipt: with the code in hand or in an account, as often as it is asked for.

    After sending without an account it is shown once. The browser holds nothing from then on.
    """
    last_time = _take_receipt(answering)
    response = answering.response
    if response is None or response.status == Status.WITHDRAWN:
        return answering.lead_back()
    version = _newest(response)
    return answering.render(
        "sent",
        _("We have received your response"),
        response=response,
        version=version,
        is_awaited=version.sent_files.filter(is_awaited=True).exists(),
        code=_code_of(answering, response),
        last_time=last_time,
        query=answering.own_query(response),
        signed=signed_of(None, response, answering.questionnaire),
        when_published=when_published(answering.page),
        **_printed(response),
    )


def _printed(response: Response) -> dict[str, Any]:
    """Return what stands on paper: of an answer without a name nothing that tells of it."""
    if response.identity == Identity.ANONYMOUS:
        return {"is_unnamed": True}
    version = _newest(response)
    made = receipts.receipt_of(version)
    return {
        "receipt": made,
        "square": receipts.square_of(made),
        "later": receipts.later_entries(version),
    }


@answering_page
def proof(answering: Answering) -> HttpResponse:
    """Show what a proof of a nameless answer tells to whoever finds it, and the files."""
    response, version = _kept_or_404(answering)
    if response.identity != Identity.ANONYMOUS:
        return answering.go("sent", query=answering.own_query(response))
    return answering.render(
        "proof",
        _("A proof, and what it tells others"),
        response=response,
        later=receipts.later_entries(version),
        query=answering.own_query(response),
    )


def _take_receipt(answering: Answering) -> bool:
    """Say whether this is the one time that the receipt is shown without the code typed."""
    held = answering.held
    if held is None or held.opens == handles.Opens.ANSWER or answering.request.method != "GET":
        return False
    if not handles.take_receipt(answering.handle):
        return False
    answering.code = held.code
    answering.let_go = True
    if answering.is_nameless:
        logout(answering.request)
    return True


@answering_page
def receipt_file(answering: Answering) -> HttpResponse:
    """Send the receipt as a file, which verifies anywhere; `?entry=` names one that followed."""
    response, version = _kept_or_404(answering)
    made = receipts.receipt_of(version)
    if "entry" in answering.request.GET:
        later = {entry.leaf: entry for entry in receipts.later_entries(version)}
        entry = later.get(answering.request.GET["entry"])
        if entry is None:
            raise Http404
        made = receipt(entry)
    return JsonResponse(
        made,
        json_dumps_params={"indent": 1},
        headers=saved_as(_name(answering, "receipt", response) + ".json"),
    )


@answering_page
def answers_file(answering: Answering) -> HttpResponse:
    """Send what was sent, as the receipt's digest covers it."""
    response, version = _kept_or_404(answering)
    return JsonResponse(
        receipts.answers_of(version),
        json_dumps_params={"indent": 1, "ensure_ascii": False},
        headers=saved_as(_name(answering, "answers", response) + ".json"),
    )


@answering_page
def answers_text(answering: Answering) -> HttpResponse:
    """Send the same to be read."""
    response, version = _kept_or_404(answering)
    text = receipts.as_text(response, version)
    name = _name(answering, "answers", response)
    return HttpResponse(text, content_type=TEXT, headers=saved_as(f"{name}.txt"))


@revalidated
@answering_page
def attachment(answering: Answering, file_id: UUID) -> HttpResponse:
    """Send a file of one's own, of the draft or of what was sent; raises Http404 for others."""
    questionnaire, wanted = answering.questionnaire, str(file_id)
    held = files_in(questionnaire, answering.draft.answers) if answering.draft else set()
    if answering.response is not None:
        for version in answering.response.versions.all():
            held |= files_in(questionnaire, version.answers)
            held |= files_in(questionnaire, answers_now(version))
    stored = StoredFile.objects.filter(pk=file_id).first() if wanted in held else None
    if stored is None:
        raise Http404
    return download(answering.request, stored, name="attachment")


def _newest(response: Response) -> ResponseVersion:
    return response.versions.latest("number")


def _kept_or_404(answering: Answering) -> tuple[Response, ResponseVersion]:
    """Return a response and its newest version, unless that was erased; raises Http404."""
    response = answering.response_or_404()
    version = _newest(response)
    if version.erased_on is not None:
        raise Http404
    return response, version


def _code_of(answering: Answering, response: Response) -> str:
    return shown(answering.code) if answering.code and response.code_hash else ""


def _name(answering: Answering, what: str, response: Response) -> str:
    """Name a file: in a list of downloads, that of a nameless answer tells nothing."""
    tells_nothing = answering.is_nameless or response.identity == Identity.ANONYMOUS
    return "file" if tells_nothing else f"{what}-{response.reference}"
