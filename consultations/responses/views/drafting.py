"""Writing an answer: the list of tasks, the parts, what is for officials only."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.questionnaires.parts import Part, Questionnaire
from consultations.responses import actions
from consultations.responses.access.allowances import give_back_bytes, sizes_of
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.answers.mapping import files_in, fingerprint, for_officials
from consultations.responses.errors import ChangedMeanwhile, DraftLost, Refused, SentMeanwhile
from consultations.responses.forms.intake import say_what_was_added, take_in_files
from consultations.responses.forms.part import PartForm
from consultations.responses.forms.prefill import form_of
from consultations.responses.forms.steps import ConfidentialityForm
from consultations.responses.models import Draft, LegalBasis
from consultations.responses.presenters import rows, tasks
from consultations.responses.signatories.signatures import at_stake
from consultations.responses.views.organisations import asked_for
from portal.files.actions import erase as erase_files
from portal.web.csrf import FORGED, is_forged, keeps_what_is_typed
from portal.web.form_handling import refuse

PLAIN = "text/plain; charset=utf-8"


@answering_page
def task_list(answering: Answering) -> HttpResponse:
    """Show what there is to do, in any order."""
    draft = answering.draft
    if draft is None:
        return answering.lead_back()
    listed = tasks(answering, draft)
    needed = [each for each in listed if not each.get("is_optional")]
    return answering.render(
        "tasks",
        _("Your response"),
        tasks=listed,
        needed=len(needed),
        left=[each for each in needed if each["tone"] != "done"],
        saved=_saved(answering, draft),
        asked=asked_for(draft),
    )


@answering_page
@keeps_what_is_typed
def part(answering: Answering, number: int) -> HttpResponse:
    """Show one part of the questionnaire; the button saves it, and script while it is filled in."""
    whole, draft = answering.part_or_404(number), answering.draft
    if answering.request.method == "POST":
        return _save_part(answering, whole, draft)
    if draft is None:
        return answering.lead_back()
    if all(each.id != whole.id for each in answering.questionnaire.applicable(draft.answers)):
        return answering.go("tasks")
    form = form_of(draft, answering.questionnaire, whole)
    return _show_part(answering, whole, form)


def why_no_draft(answering: Answering) -> str:
    """Return why what was typed cannot be saved: what it was for was sent, or is not in hand."""
    if response := answering.response:
        page = f"{answering.href('status')}{answering.own_query(response)}"
        return str(SentMeanwhile(page))
    return str(DraftLost())


def _save_part(answering: Answering, whole: Part, draft: Draft | None) -> HttpResponse:
    request = answering.request
    by_script = "X-Autosave" in request.headers
    questionnaire = answering.questionnaire if draft else _without_conditions(answering, whole)
    form = PartForm(
        questionnaire,
        whole,
        answers=draft.answers if draft else {},
        allow_confidential=True,
        data=request.POST,
        files=None if by_script else request.FILES,
    )
    form.is_valid()
    if is_forged(answering.request) or draft is None:
        form.add_error(None, FORGED if draft else why_no_draft(answering))
        return HttpResponse(status=403) if by_script else _show_part(answering, whole, form, 403)
    return _keep_part(answering, whole, draft, form, by_script)


def _keep_part(
    answering: Answering, whole: Part, draft: Draft, form: PartForm, by_script: bool
) -> HttpResponse:
    """Save what is right; then on, or the form again with what is wrong."""
    before = sizes_of(draft)
    added = {}
    if not by_script:
        added = take_in_files(form, draft, answering.request)
    try:
        draft = actions.save_part(
            draft=draft,
            by=answering.user,
            part=whole,
            answers=form.answers(),
            seen=answering.request.POST.get("seen"),
            at=answering.at,
        )
    except Refused as refusal:
        arrived = {each for ids in form.file_ids.values() for each in ids}
        erase_files(arrived - files_in(answering.questionnaire, draft.answers))
        status = refuse(form, refusal)
        changed = isinstance(refusal, ChangedMeanwhile)
        if by_script and changed:  # its sentence is about what the whole page shows
            return HttpResponse(status=status)
        if by_script:
            return HttpResponse(str(refusal), status=status, content_type=PLAIN)
        return _show_part(answering, whole, form, status, changed=changed)
    answering.draft = draft
    say_what_was_added(form, added)
    gone = before.keys() - files_in(answering.questionnaire, draft.answers)
    give_back_bytes(answering.request, draft, sum(before[each] for each in gone))
    state = fingerprint(whole, draft.answers)
    if by_script:
        status = 422 if form.errors else 204
        return HttpResponse(status=status, headers={"X-Form-State": state})
    if form.errors:
        return _show_part(answering, whole, form, 422)
    arrived = files_in(answering.questionnaire, draft.answers) - before.keys()
    return _onward(answering, whole, draft, with_files=bool(arrived))


def _onward(answering: Answering, whole: Part, draft: Draft, with_files: bool) -> HttpResponse:
    """Lead back to where somebody came from, to the part asked for, or to sending what is done."""
    if answering.request.GET.get("return") == "check":
        return answering.go("check")
    numbers = [each.number for each in answering.questionnaire.applicable(draft.answers)]
    later = [number for number in numbers if number > whole.number]
    before = [number for number in numbers if number < whole.number]
    query, to = (f"?saved={whole.number}" if with_files else ""), answering.request.POST.get("to")
    if to == "previous" and before:
        return answering.go("part", before[-1], query=query)
    if to == "tasks":
        return answering.go("tasks", query=query)
    if later:
        return answering.go("part", later[0], query=query)
    is_done = all(each["tone"] == "done" for each in tasks(answering, draft))
    return answering.go("check" if is_done else "tasks", query=query)


def _saved(answering: Answering, draft: Draft | None) -> str:
    """Say that files have come, on the page that follows the part which they were sent with."""
    number = answering.request.GET.get("saved", "")
    parts = [each for each in answering.questionnaire.parts if str(each.number) == number]
    held = len(files_in(Questionnaire(tuple(parts)), draft.answers)) if draft and parts else 0
    if not held:
        return ""
    return ngettext(
        "Your file for part %(number)s has arrived. We check it: look at it again before you send "
        "your response, to see whether we take it and what people will read from it.",
        "Your %(count)s files for part %(number)s have arrived. We check them: look at them again "
        "before you send your response, to see whether we take them and what people will read "
        "from them.",
        held,
    ) % {"count": held, "number": number}


def _show_part(
    answering: Answering, whole: Part, form: PartForm, status: int = 200, changed: bool = False
) -> HttpResponse:
    draft = answering.draft
    answers = draft.answers if draft else {}
    applicable = answering.questionnaire.applicable(answers)
    stored = (
        [
            row
            for each, found in rows(answering.questionnaire, answers)
            for row in found
            if each.id == whole.id
        ]
        if changed
        else []
    )
    before = [each.number for each in applicable if each.number < whole.number]
    return answering.render(
        "part",
        whole.title,
        neutral_title=_("Form, page %(number)d") % {"number": len(before) + 1},
        status=status,
        part=whole,
        form=form,
        stored=stored,
        seen=fingerprint(whole, answers),
        previous=before[-1] if before else None,
        place=len(before) + 1,
        count=max(len(applicable), len(before) + 1),
        from_check=answering.request.GET.get("return") == "check",
        saved=_saved(answering, draft) if status == 200 else "",
        asked_again=at_stake(draft, answering.questionnaire),
    )


def _without_conditions(answering: Answering, whole: Part) -> Questionnaire:
    """Return a part's questions without conditions: what was typed is all there is to go by."""
    questions = tuple(replace(each, condition=None) for each in whole.questions)
    parts = (
        replace(each, condition=None, questions=questions) if each.id == whole.id else each
        for each in answering.questionnaire.parts
    )
    return Questionnaire(tuple(parts))


@answering_page
@keeps_what_is_typed
def confidentiality(answering: Answering) -> HttpResponse:
    """Show what answers for officials only must come with, or take it in."""
    request, draft = answering.request, answering.draft
    if draft is None and request.method != "POST":
        return answering.lead_back()
    questions = (
        for_officials(answering.questionnaire, draft.answers)
        if draft
        else [
            (each, question)
            for each in answering.questionnaire.parts
            for question in each.questions
            if f"public-{question.id}" in request.POST
        ]
    )
    if not questions:
        return answering.go("tasks")
    form = ConfidentialityForm(
        request.POST if request.method == "POST" else None,
        initial=_confidential_of(draft) if draft else {},
        questions=questions,
    )
    status = 200
    stored: list[tuple[str, str]] = []
    if request.method == "POST":
        answer = _keep_confidentiality(answering, form)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
        if draft and status == ChangedMeanwhile.status_code and answering.timing.is_taken:
            stored = _stored(form, _confidential_of(draft))
    seen = actions.confidential_fingerprint(answering.draft) if answering.draft else ""
    shown = rows(answering.questionnaire, draft.answers if draft else {})
    return answering.render(
        "confidentiality",
        _("Answers for officials only"),
        status=status,
        form=form,
        seen=seen,
        stored=stored,
        asked_again=at_stake(answering.draft, answering.questionnaire),
        answered={row.question.id: row.lines for _part, found in shown for row in found},
    )


def _stored(form: ConfidentialityForm, kept: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is stored, by the labels of the form."""
    grounds = {str(key): str(label) for key, label in LegalBasis.choices}
    return [
        (str(field.label), grounds.get(kept.get(name, ""), kept.get(name, "")))
        for name, field in form.fields.items()
    ]


def _confidential_of(draft: Draft) -> dict[str, str]:
    texts = {
        f"public-{key}": answer.get("public_version", "") for key, answer in draft.answers.items()
    }
    return {**draft.details.get("confidentiality", {}), **texts}


def _keep_confidentiality(answering: Answering, form: ConfidentialityForm) -> HttpResponse | int:
    """Save what is right even where something is left: nothing typed is lost."""
    form.is_valid()
    if is_forged(answering.request) or answering.draft is None:
        form.add_error(None, FORGED if answering.draft else why_no_draft(answering))
        return 403
    try:
        answering.draft = actions.save_confidentiality(
            draft=answering.draft,
            by=answering.user,
            confidentiality=form.reasons(form.cleaned_data),
            public_versions=form.public_versions(form.cleaned_data),
            seen=answering.request.POST.get("seen"),
            at=answering.at,
        )
    except Refused as refusal:
        return refuse(form, refusal)
    if form.errors:
        return 422
    return answering.go("check" if answering.request.GET.get("return") == "check" else "tasks")
