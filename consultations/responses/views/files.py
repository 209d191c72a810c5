"""A file as it will be read, and what its author leaves out of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.questionnaires.schema import LEFT_OUT, Answers
from consultations.responses import actions
from consultations.responses.access.allowances import counted_as
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.answers.mapping import is_for_officials, question_of
from consultations.responses.days import day_of
from consultations.responses.errors import NotPermitted, PublishedAlready, Refused
from consultations.responses.files.sent import answers_now, language_of, readers_words
from consultations.responses.forms.files import ON_A_PAGE, AnotherFileForm, LeaveOutForm
from consultations.responses.forms.intake import not_added, receive_file
from consultations.responses.models import Response, SentFile, Status
from consultations.responses.permissions import UNPUBLISHED, user_may_answer_for
from consultations.responses.signatories.signatures import at_stake
from portal.files.actions import erase as erase_files
from portal.files.downloads import TEXT, attachment
from portal.files.errors import FileRefused
from portal.files.messages import REMAINS
from portal.files.models import StoredFile
from portal.files.passages import Cuts, passages
from portal.web.csrf import keeps_what_is_typed
from portal.web.errors import NotRight
from portal.web.form_handling import take_in


@dataclass
class Held:
    """
    A file of a draft or of what was sent; `keep` says anew what is left out of it.

    `too_late` is the sentence for whoever can no longer do that, "" where it can be done. `name` is
    this page's own, `query` what its address needs; `back` is the page that leads here.
    """

    stored: StoredFile
    number: int
    cuts: Cuts
    for_officials: bool
    language: str
    too_late: str
    keep: Callable[[Cuts], Any]
    name: str
    back: str
    query: str = ""


@answering_page
@keeps_what_is_typed
def file(answering: Answering, file_id: UUID) -> HttpResponse:
    """Show a file of the draft in hand; raises Http404 for any other."""
    draft = answering.draft
    if draft is None:
        return answering.lead_back()
    held = _held(
        answering,
        file_id,
        draft.answers,
        language=draft.details.get("language", ""),
        too_late="" if answering.timing.is_taken else _("The deadline has passed."),
        keep=lambda cuts: actions.leave_out_of_draft(
            draft=draft, by=answering.user, file=str(file_id), cuts=cuts, at=answering.at
        ),
        name="file",
        back=answering.href("check"),
    )
    return _page(answering, held)


@answering_page
@keeps_what_is_typed
def sent_file(answering: Answering, file_id: UUID) -> HttpResponse:
    """Show a file of what was sent; raises Http404 for any other."""
    response = answering.response_or_404()
    version = response.versions.latest("number")
    too_late = ""
    if not user_may_answer_for(answering.user, response):
        too_late = str(NotPermitted())
    elif response.status == Status.WITHDRAWN:
        raise Http404
    elif response.status not in UNPUBLISHED:
        too_late = str(PublishedAlready(answering.page.contact_email))
    query = answering.own_query(response)
    held = _held(
        answering,
        file_id,
        answers_now(version),
        language=version.language,
        too_late=too_late,
        keep=lambda cuts: actions.leave_out(
            response=response, by=answering.user, file=str(file_id), cuts=cuts, at=answering.at
        ),
        name="sent_file",
        back=answering.href("status") + query,
        query=query,
    )
    return _page(answering, held)


def _held(answering: Answering, file_id: UUID, answers: Answers, **values: Any) -> Held:
    wanted = str(file_id)
    question = question_of(answering.questionnaire, answers, wanted)
    stored = StoredFile.objects.ready().filter(pk=file_id).first() if question else None
    if question is None or stored is None:
        raise Http404
    answer = answers[question.id]
    values["language"] = language_of(answering.page, values["language"])
    return Held(
        stored=stored,
        number=answer["value"].index(wanted) + 1,
        cuts=answer.get(LEFT_OUT, {}).get(wanted, []),
        for_officials=is_for_officials(answer),
        **values,
    )


def _page(answering: Answering, held: Held) -> HttpResponse:
    request, stored = answering.request, held.stored
    if request.GET.get("as") == "readers":
        left = readers_words(stored, held.cuts, held.language)
        return attachment(left.encode(), "attachment.txt", TEXT)
    words = passages(stored.text, stored.kind)
    count = max(1, -(-len(words) // ON_A_PAGE))
    asked = request.GET.get("page", "1")
    page = min(int(asked), count) if asked.isdecimal() and len(asked) < 6 and int(asked) else 1
    data = request.POST if request.method == "POST" else None
    form = LeaveOutForm(data, passages=words, page=page, before=held.cuts)
    address = _href(answering, held)

    def act() -> HttpResponse:
        held.keep(form.cuts())
        onward = request.POST.get("to") == "next" and page < count
        return redirect(f"{address}page={page + 1}#passages" if onward else held.back)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "file",
            _("Your file, as it will be read"),
            status=status,
            form=form,
            held=held,
            page=page,
            count=count,
            href=address,
            own_file=answering.href("attachment", stored.pk),
            asked_again=at_stake(
                answering.draft if held.name == "file" else None, answering.questionnaire
            ),
        )

    return take_in(request, form, act, show)


def _href(answering: Answering, held: Held) -> str:
    """Return the address of this page, ready for what is asked after it."""
    address = answering.href(held.name, held.stored.pk)
    return f"{address}{held.query}&" if held.query else f"{address}?"


@answering_page
@keeps_what_is_typed
def another_file(answering: Answering, file_id: UUID) -> HttpResponse:
    """Take in a file in the place of one that could not be taken after sending; else Http404."""
    request, response = answering.request, answering.response_or_404()
    version = response.versions.latest("number")
    row = version.sent_files.filter(file=file_id).exclude(until=None).first()
    if row is None or row.is_awaited or not user_may_answer_for(answering.user, response):
        raise Http404
    posted = request.method == "POST"
    form = AnotherFileForm(request.POST if posted else None, request.FILES if posted else None)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "another_file",
            _("Attach another file"),
            status=status,
            form=form,
            until=row.until,
            is_over=row.until is not None and row.until < day_of(answering.page, answering.at),
            why=StoredFile.objects.get(pk=row.stored).why_not,
            notice_lines=REMAINS,
            query=answering.own_query(response),
        )

    return take_in(request, form, lambda: _attach(answering, response, row, form), show)


def _attach(
    answering: Answering, response: Response, row: SentFile, form: AnotherFileForm
) -> HttpResponse:
    upload, request = form.cleaned_data["file"], answering.request
    try:
        stored = receive_file(
            upload,
            request,
            counted_as(request),
            response.reference,
            keep_colour=form.cleaned_data["colour"],
        )
    except FileRefused as refusal:
        raise NotRight(not_added(upload, refusal), field="file") from refusal
    try:
        actions.attach_another(
            response=response,
            by=answering.user,
            file=str(row.file),
            stored=stored,
            at=answering.at,
        )
    except Refused:
        erase_files([stored.pk])
        raise
    return answering.go("status", query=answering.own_query(response))
