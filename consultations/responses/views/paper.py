"""A form that was filled in elsewhere; and, for staff, the letter that takes the code back."""

from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.allowances import one_draft
from consultations.responses.access.codes import shown
from consultations.responses.access.nameless import nameless_elsewhere, takes_nameless
from consultations.responses.access.notices import OnPaper
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.errors import AnotherDraft
from consultations.responses.forms.identity import IdentityForm, typed_from
from consultations.responses.offline.forms import FilledForm
from consultations.responses.offline.parsing import Reading
from consultations.responses.permissions import user_can_enter_answers
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refusal_told, take_in


@answering_page
@keeps_what_is_typed
def upload(answering: Answering) -> HttpResponse:
    """Turn a filled-in form, as a file or as text, into a draft; ask what it does not say."""
    request = answering.request
    posted = request.method == "POST"
    form = FilledForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        consultation=answering.page,
    )
    who = _who(answering, form) if posted else None
    show = partial(_show, answering, form, who)
    return take_in(request, form, lambda: _begin(answering, form, who), show)


def _who(answering: Answering, form: FilledForm) -> IdentityForm | None:
    """Return who answers: as typed beside the form, else as the form says; None while unread."""
    posted = answering.request.POST
    reading = form.reading if form.is_valid() else None
    if "who" not in posted and reading is None:
        return None
    said = identity_data(reading) if reading is not None else {}
    typed = {name: posted[name] for name in IdentityForm.base_fields if name in posted}
    if "language" in typed:  # all was asked: a box that is not sent was left or made empty
        said.pop("translation_only", None)
    return IdentityForm(
        {**said, **typed}, anonymous_allowed=takes_nameless(answering), by=answering.user
    )


def identity_data(reading: Reading) -> dict[str, str]:
    """Return what a form says of who answers, for `IdentityForm`."""
    return typed_from(reading.details)


def _begin(answering: Answering, form: FilledForm, who: IdentityForm | None) -> HttpResponse:
    reading = form.reading
    if reading is None or who is None or not who.is_valid():
        return _show(answering, form, who, 422)
    if answering.draft is not None:
        raise AnotherDraft
    with one_draft(answering.request, who.cleaned_data["identity"]):
        begun = actions.begin_from_form(
            consultation=answering.page,
            by=answering.user,
            identity=who.cleaned_data["identity"],
            details={**who.details(), "confidentiality": reading.confidentiality},
            answers=reading.answers,
            notes=reading.notes,
            at=answering.at,
        )
    answering.give_code = begun.code
    return answering.go("code" if begun.code else "tasks")


def _show(
    answering: Answering, form: FilledForm, who: IdentityForm | None, status: int
) -> HttpResponse:
    posted = answering.request.POST
    asked = who if who is not None and ("who" in posted or who.errors) else None
    if asked is not None and asked.is_choice_alone(posted):
        asked = asked.opened(asked.data)  # nothing of it was asked yet, so nothing is wrong
    return answering.render(
        "upload",
        _("Send a form that you filled in"),
        status=status,
        page_has_errors=status != 200,
        form=form,
        who=asked,
        nameless_elsewhere=nameless_elsewhere(answering),
    )


@answering_page
def put_notes_away(answering: Answering) -> HttpResponse:
    """Take in that what could not be read of a form has been seen to."""
    draft = answering.draft
    if draft is None:
        return answering.lead_back()
    if answering.request.method == "POST":
        with refusal_told(answering.request):
            actions.put_notes_away(draft=draft, by=answering.user, at=answering.at)
    return answering.go("tasks")


@answering_page
def letter(answering: Answering) -> HttpResponse:
    """Show staff what goes back by post to whoever sent an answer on paper, with its code."""
    if not user_can_enter_answers(answering.user):
        raise Http404
    response = answering.response
    if response is None or not OnPaper(answering).has_letter:
        return answering.lead_back()
    request = answering.request
    return answering.render(
        "letter",
        _("Letter to the submitter"),
        response=response,
        version=response.versions.latest("number"),
        code=shown(answering.code),
        resume_address=request.build_absolute_uri(answering.href("resume")),
        verify_address=request.build_absolute_uri(reverse("record:verify")),
    )
