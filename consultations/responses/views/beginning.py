"""Before the first question: what is asked, who answers, the code, coming back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.calls.notes import notes
from consultations.calls.privacy import statements
from consultations.responses import actions, contacts
from consultations.responses.actions import KEPT_DAYS
from consultations.responses.answering import Answering, answering_page
from consultations.responses.attempts import try_code
from consultations.responses.codes import hash_code, shown
from consultations.responses.forms import CodeForm, ConfirmForm
from consultations.responses.identity_form import IdentityForm, typed_from
from consultations.responses.models import Draft, Identity, Response
from consultations.responses.permissions import is_open
from consultations.responses.posting import take_in
from portal.stakeholders.models import Organisation

# Of another country and another purpose; it asks for nothing and tells nothing of where one was.
ELSEWHERE = "https://www.yr.no/en"


@answering_page
def start(answering: Answering) -> HttpResponse:
    """What is asked, until when, and what happens to an answer."""
    return answering.render(
        "start",
        _("Answer"),
        response=answering.response,
        theirs=answering.organisation,
        shared_draft=answering.shared_draft,
        shared_response=answering.shared_response,
        is_open_here=is_open(answering.page, answering.at),
        statements=statements(answering.page),
        parts=answering.questionnaire.parts,
        kept_days=KEPT_DAYS,
        notes=notes(answering.page, answering.at),
    )


@answering_page
def identity(answering: Answering) -> HttpResponse:
    """
    Who answers: the first step of a new answer, and changeable until it is sent.

    How, and then what is asked of those who answer so: no address tells which way was chosen.
    """
    request, draft = answering.request, answering.draft
    organisation = answering.organisation if answering.for_organisation else None
    initial = _identity_of(draft) if draft else _identity_before(organisation)
    form = IdentityForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        # An organisation's answer can be taken out of it, and does not begin outside it.
        anonymous_allowed=answering.page.anonymous_allowed
        and (draft is not None or not organisation),
        chosen=draft.identity if draft and "choose" not in request.GET else "",
        fixed=draft.identity if draft and draft.is_revision else "",
        organisation=organisation,
    )
    status = 200
    if form.is_choice_alone(request.POST):
        form = form.opened(initial)
    elif request.method == "POST":
        answer = take_in(answering, form, lambda: _keep_identity(answering, form))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    fixed = draft is not None and draft.is_revision
    return answering.render(
        "identity",
        _("Who answers"),
        status=status,
        form=form,
        fixed=fixed,
        change_href="" if fixed else _another_way(request),
    )


def _another_way(request: HttpRequest) -> str:
    """The same page with nothing chosen, leading back to where it would have led."""
    query = request.GET.copy()
    query["choose"] = "yes"
    return f"?{query.urlencode()}"


def _identity_before(organisation: Organisation | None) -> dict[str, Any]:
    """What a new answer's form begins with."""
    if organisation is None:
        return {}
    return {
        "identity": Identity.ORGANISATION,
        "submitter_type": organisation.submitter_type,
        "place": organisation.state.iso2 if organisation.state else "",
    }


def _identity_of(draft: Draft) -> dict[str, Any]:
    contact = contacts.readable(draft.sealed_contact) if draft.sealed_contact else None
    email = contact[0] if contact else ""
    return {**typed_from(draft.details), "identity": draft.identity, "email": email}


def _keep_identity(answering: Answering, form: IdentityForm) -> HttpResponse:
    draft, email = answering.draft, form.cleaned_data["email"]
    values = {
        "by": answering.user,
        "identity": form.cleaned_data["identity"],
        "details": form.details(),
        "sealed_contact": contacts.pack(email, get_language() or "en") if email else None,
        "at": answering.at,
    }
    if draft is None:
        begun = actions.begin_draft(
            consultation=answering.page, for_organisation=answering.for_organisation, **values
        )
    else:
        begun = actions.save_identity(draft=draft, **values)
    answering.give_code = begun.code
    if begun.code and draft is not None:
        messages.success(
            answering.request,
            _("The draft has left your organisation: nobody there finds it any more.")
            if answering.for_organisation
            else _("Your draft has left your account, and nothing there tells of it any more."),
        )
    if begun.code:
        return answering.go("code")
    return answering.go("check" if answering.request.GET.get("return") == "check" else "tasks")


@answering_page
def code(answering: Answering) -> HttpResponse:
    """The code of this browser's answer, to be written down."""
    if not answering.code or (answering.draft or answering.response) is None:
        return answering.lead_back()
    return answering.render("code", _("Write down your code"), code=shown(answering.code))


@answering_page
def code_text(answering: Answering) -> HttpResponse:
    """The same as a small file."""
    if not answering.code or (answering.draft or answering.response) is None:
        return answering.lead_back()
    page, where = answering.page, answering.request.build_absolute_uri(answering.href("resume"))
    lines = [page.title, _("Your code: %(code)s") % {"code": shown(answering.code)}, where]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="code.txt"'},
    )


@answering_page
def resume(answering: Answering) -> HttpResponse:
    """Going on, on whatever machine, with the code."""
    request = answering.request
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        answer = take_in(answering, form, lambda: _open(answering, form))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return answering.render("resume", _("Go on with your code"), status=status, form=form)


def _open(answering: Answering, form: CodeForm) -> HttpResponse:
    code = form.cleaned_data["code"]
    hashed = hash_code(code)

    def look_up() -> str | None:
        # Both, whatever the first finds: how long it takes tells nothing.
        draft = Draft.objects.of_code(answering.page.pk, hashed).exists()
        sent = Response.objects.of_code(answering.page.pk, hashed).exists()
        return "tasks" if draft else "status" if sent else None

    where = try_code(answering.request, look_up)
    if where is None:
        form.add_error(
            "code",
            _(
                "Nothing in this consultation is opened by this code. Check it against what you "
                "wrote down, and that you answered this consultation. A draft that was not sent is "
                "erased %(days)d days after the deadline."
            )
            % {"days": KEPT_DAYS},
        )
        return answering.render("resume", _("Go on with your code"), status=422, form=form)
    answering.give_code = code
    return answering.go(where)


@answering_page
def forget(answering: Answering) -> HttpResponse:
    """Take the code out of this browser; the answer stays, for whoever has the code."""
    if answering.request.method == "POST" and not answering.is_forged:
        answering.forget_code = True
    return answering.go("start")


@answering_page
def leave(answering: Answering) -> HttpResponse:
    """Away at once, without the code staying behind."""
    answering.forget_code = True
    return HttpResponseRedirect(ELSEWHERE, headers={"Referrer-Policy": "no-referrer"})


@answering_page
def discard(answering: Answering) -> HttpResponse:
    """Erasing a draft, once confirmed."""
    draft, request = answering.draft, answering.request
    if draft is None:
        return answering.lead_back()
    label = _("Erase this draft. It cannot be brought back.")
    form = ConfirmForm(request.POST if request.method == "POST" else None, label=label)
    status = 200
    if request.method == "POST":
        answer = take_in(answering, form, lambda: _discard(answering, draft))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return answering.render("discard", _("Erase this draft"), status=status, form=form)


def _discard(answering: Answering, draft: Draft) -> HttpResponse:
    actions.discard_draft(draft=draft, by=answering.user)
    answering.forget_code = not draft.is_revision
    messages.success(answering.request, _("Your draft is erased."))
    return answering.go("status" if draft.is_revision else "start")
