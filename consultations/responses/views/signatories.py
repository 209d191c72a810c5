"""The list of those who sign an answer together, for the lead, and their private links."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.codes import hash_code, normalise
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.actions.signatories import Invited, is_closed
from consultations.responses.errors import DraftLost
from consultations.responses.models import Draft, Response, Signatory, Status
from consultations.responses.permissions import user_may_answer_for
from consultations.responses.signatories.forms import SignatoriesForm, line_of
from consultations.responses.signatories.signatures import (
    MOST,
    SIGNABLE,
    may_have_signatories,
    signed_of,
)
from portal.web.csrf import keeps_what_is_typed
from portal.web.downloads import saved_as
from portal.web.form_handling import refusal_told, refuse, take_in


@answering_page
@keeps_what_is_typed
def signatories(answering: Answering) -> HttpResponse:
    """Show who is asked to sign too and how each stands; add more before it is sent."""
    draft, response = _answer_in_hand(answering)
    posted = answering.request.method == "POST"
    if draft is None and response is None and not posted:
        return answering.lead_back()
    form = SignatoriesForm(answering.request.POST if posted else None)
    show = partial(_list, answering, form)
    if draft is None:
        return show(refuse(form, DraftLost()) if posted else 200)
    invited: list[Invited] = []

    def add() -> HttpResponse:
        invited.extend(
            actions.add_signatories(
                draft=draft, by=answering.user, people=form.people, at=answering.at
            )
        )
        if invited:
            return _list(answering, SignatoriesForm(), invited=invited)
        messages.info(answering.request, _("All of them are already on the list."))
        return answering.go("signatories")

    return take_in(answering.request, form, add, show)


@answering_page
def renew(answering: Answering, signatory_id: int) -> HttpResponse:
    """Make a signatory's link anew, and show it once."""
    signatory = _own_or_404(answering, signatory_id)
    if answering.request.method != "POST":
        return _back(answering)
    with refusal_told(answering.request):
        made = actions.renew_link(signatory=signatory, by=answering.user, at=answering.at)
        return _list(answering, SignatoriesForm(None), invited=[made])
    return _back(answering)


@answering_page
def remove(answering: Answering, signatory_id: int) -> HttpResponse:
    """Take somebody off the list."""
    signatory = _own_or_404(answering, signatory_id)
    if answering.request.method == "POST":
        with refusal_told(answering.request):
            actions.remove_signatory(signatory=signatory, by=answering.user, at=answering.at)
            messages.success(
                answering.request, _("%(name)s is off the list.") % {"name": signatory.name}
            )
    return _back(answering)


@answering_page
def links_text(answering: Answering) -> HttpResponse:
    """Send the links that were just made, as a file; they come from the page that shows them."""
    if answering.request.method != "POST":
        return _back(answering)
    codes = {hash_code(code): code for code in answering.request.POST.getlist("code")[:MOST]}
    draft, response = _answer_in_hand(answering)
    signed = signed_of(draft, response, answering.questionnaire)
    lines = [
        f"{line_of(each)}\n{_link(answering, codes[each.token_hash])}\n"
        for each, _standing in signed.rows
        if each.token_hash in codes
    ]
    return HttpResponse(
        "\n".join([answering.page.title + "\n", *lines]),
        content_type="text/plain; charset=utf-8",
        headers=saved_as("links.txt"),
    )


def _answer_in_hand(answering: Answering) -> tuple[Draft | None, Response | None]:
    """Return the draft with what it changes, if any; else, or where `?of=` asks, what was sent."""
    draft, response = answering.draft, answering.response
    if "of" in answering.request.GET and response is not None:
        return (draft if draft and draft.response_id == response.pk else None), response
    if draft is not None:
        return draft, draft.response
    return None, response


def _own_or_404(answering: Answering, signatory_id: int) -> Signatory:
    draft, response = _answer_in_hand(answering)
    found = Signatory.objects.filter(pk=signatory_id).first()
    if found is not None and draft is not None and found.draft_id == draft.pk:
        found.draft = draft
        return found
    if found is not None and response is not None and found.response_id == response.pk:
        return found
    raise Http404


def _is_open(response: Response, answering: Answering) -> bool:
    return response.status in SIGNABLE and not is_closed(response, answering.at)


def _back(answering: Answering) -> HttpResponse:
    return answering.go("signatories", query=_query(answering))


def _query(answering: Answering) -> str:
    """Keep from page to page of which of one's answers it is."""
    response = answering.response
    asked = "of" in answering.request.GET and response is not None
    return f"?of={response.reference}" if asked and response else ""


def _link(answering: Answering, code: str) -> str:
    path = answering.href("sign", normalise(code).lower())
    return answering.request.build_absolute_uri(path)


def _list(
    answering: Answering,
    form: SignatoriesForm,
    status: int = 200,
    invited: Sequence[Invited] = (),
) -> HttpResponse:
    draft, response = _answer_in_hand(answering)
    may_answer = response is None or user_may_answer_for(answering.user, response)
    return answering.render(
        "signatories",
        _("Signatories"),
        status=status,
        form=form,
        draft=draft,
        response=response,
        signed=signed_of(draft, response, answering.questionnaire),
        invited=[(line_of(each), _link(answering, code), code) for each, code in invited],
        offered=draft is None or may_have_signatories(draft),
        may_add=draft is not None and may_have_signatories(draft) and answering.timing.is_taken,
        may_renew=may_answer and (response is None or _is_open(response, answering)),
        is_public=response is not None and response.status == Status.PUBLISHED,
        query=_query(answering),
        most=MOST,
    )
