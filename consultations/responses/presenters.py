"""An answer as its owner reads it: the list of tasks, and every answer with its question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.schema import Answer, Answers
from consultations.questionnaires.types import Question
from consultations.responses.access.session import Answering
from consultations.responses.answers.confidential import is_complete
from consultations.responses.answers.mapping import (
    counting,
    files_in,
    for_officials,
    present,
)
from consultations.responses.files.sent import sent_files
from consultations.responses.models import Draft, Identity, LegalBasis, ResponseVersion
from consultations.responses.signatories.signatures import may_have_signatories, signed_of
from portal.files.models import StoredFile
from portal.files.passages import ALL, Cuts
from portal.stakeholders.countries import name_of
from portal.stakeholders.models import User
from portal.taxonomy.vocabularies import LANGUAGE, SUBMITTER_TYPE


class ListedFile(NamedTuple):
    """A file of an answer as its owner reads of it; `note` says what is left out of it."""

    id: str
    description: str
    has_text: bool
    is_ready: bool
    note: str


@dataclass(frozen=True)
class Row:
    """One question and what was answered."""

    question: Question
    lines: Sequence[str]
    for_officials: bool
    public_version: str
    is_missing: bool
    files: Sequence[ListedFile]


def rows(questionnaire: Questionnaire, answers: Answers) -> list[tuple[Part, list[Row]]]:
    """List each question that applies, answered or not, by part; a query where there are files."""
    ids = files_in(questionnaire, answers)
    stored = {str(each.pk): each for each in StoredFile.objects.filter(pk__in=ids)} if ids else {}
    return [
        (part, [_row(question, answers.get(question.id), stored) for question in part.questions])
        for part in questionnaire.applicable(answers)
    ]


def _row(
    question: Question, kept: Mapping[str, Any] | None, stored: Mapping[str, StoredFile]
) -> Row:
    answer = Answer.of(kept)
    found = [stored[each] for each in question.file_ids(answer.value) if each in stored]
    files = [
        _listed(each, place, answer.left_out.get(str(each.pk)))
        for place, each in enumerate(found, 1)
    ]
    return Row(
        question=question,
        lines=question.readable(answer.value, files=[each.description for each in files]),
        for_officials=answer.is_for_officials,
        public_version=answer.public_version or "",
        is_missing=question.required and not question.is_answered(answer.value),
        files=files,
    )


def _listed(file: StoredFile, place: int, cuts: Cuts | None) -> ListedFile:
    note = ""
    if cuts:
        note = _("You leave it out.") if cuts == ALL else _("You leave passages out.")
    has_text = file.is_ready and file.has_text
    return ListedFile(str(file.pk), file.describe(place), has_text, file.is_ready, note)


def states_of_files(questionnaire: Questionnaire, answers: Answers) -> set[str]:
    """Return how the files among answers stand (`portal.files.models.State`)."""
    ids = files_in(questionnaire, answers)
    return (
        set(StoredFile.objects.filter(pk__in=ids).values_list("state", flat=True)) if ids else set()
    )


class LaterFile(NamedTuple):
    """A file that was still being checked when the answer was sent: how it stands, in a word."""

    description: str
    standing: str  # awaited, added, another (may be attached), over
    place: str
    until: date | None


def later_files(
    questionnaire: Questionnaire, version: ResponseVersion, today: date
) -> list[LaterFile]:
    """List the files of a version not checked when it was sent, in the order of the answer."""
    known = {key: row for key, row in sent_files(version).items() if row.came_later}
    stored = StoredFile.objects.in_bulk([row.stored for row in known.values()]) if known else {}
    found = []
    for question in questionnaire.questions:
        ids = question.file_ids(value_in(version.answers, question))
        for number, each in enumerate(ids, 1):
            row = known.get(each)
            if row is not None and row.stored in stored:
                described = stored[row.stored].describe(number)
                found.append(LaterFile(described, row.standing(today), str(row.file), row.until))
    return found


def who(draft: Draft) -> list[tuple[str, str]]:
    """List what a draft says of who answers: label and value, "" where it says nothing."""
    details = draft.details
    named = [
        (_("Name"), details.get("name", "")),
        (_("Organisation"), details.get("organisation_name", "")),
    ]
    return [
        (_("Shown to the public"), draft.get_identity_display()),
        *(pair for pair in named if pair[1]),
        (_("You speak as"), str(SUBMITTER_TYPE.label_of(details["submitter_type"]))),
        (_("State or territory"), name_of(details.get("state", ""))),
        (_("Language of your response"), str(LANGUAGE.label_of(details["language"]))),
        *on_behalf(draft.represents),
        *([(_("Your words"), _how(draft))] if draft.identity == Identity.ANONYMOUS else []),
    ]


def on_behalf(represents: Mapping[str, str]) -> list[tuple[str, str]]:
    """List on whose behalf somebody speaks: label and value; nothing where nobody was asked."""
    labels = {"on_behalf_of": _("On behalf of"), "register_number": _("Register number")}
    return [(labels[name], each or _("not stated")) for name, each in represents.items()]


def _how(draft: Draft) -> str:
    if draft.translation_only:
        return _("Published only in translation; your files are not published")
    return _("Published as you wrote them")


def signers_of(draft: Draft) -> list[str]:
    """List the names of those who may sign an organisation's draft; none for one's own."""
    if draft.organisation_id is None:
        return []
    return [str(each) for each in User.objects.signing_for(draft.organisation_id)]


def reasons_given(reasons: Mapping[str, str]) -> list[tuple[str, str]]:
    """List why answers are for officials only: label and value, "" where nothing is said."""
    grounds = dict(LegalBasis.choices)
    return [
        (_("Ground"), str(grounds.get(reasons.get("legal_basis", ""), ""))),
        (_("Justification"), reasons.get("justification", "")),
    ]


def tasks(answering: Answering, draft: Draft) -> list[dict[str, Any]]:
    """List what there is to do, in any order, as the component `task_list` takes it."""
    questionnaire = answering.questionnaire
    answers = present(questionnaire, draft.answers)
    listed = [
        {
            "text": _("Who responds"),
            "href": answering.href("identity"),
            "hint": draft.get_identity_display(),
            "status": _("Done"),
            "tone": "done",
        }
    ]
    for part in questionnaire.applicable(answers):
        status, tone = _state(part, answers)
        listed.append(
            {
                "text": part.title,
                "href": answering.href("part", part.number),
                "hint": _how_far(part, answers),
                "status": status,
                "tone": tone,
            }
        )
    if for_officials(questionnaire, answers):
        reasons = draft.details.get("confidentiality", {})
        done = is_complete(counting(questionnaire, answers), reasons)
        listed.append(
            {
                "text": _("Answers for officials only"),
                "href": answering.href("confidentiality"),
                "hint": _("A public version, a justification and a ground for each."),
                "status": _("Done") if done else _("Not started"),
                "tone": "done" if done else "todo",
            }
        )
    if may_have_signatories(draft):
        listed.append(_signatories(answering, draft))
    return listed


def _signatories(answering: Answering, draft: Draft) -> dict[str, Any]:
    signed = signed_of(draft, draft.response, answering.questionnaire)
    numbers = {"confirmed": signed.confirmed, "waiting": signed.waiting}
    return {
        "text": _("Signatories (optional)"),
        "href": answering.href("signatories"),
        "hint": _("Others who sign the same response. It counts as one."),
        # Translators: people who sign a response together.
        "status": _("%(confirmed)d confirmed, %(waiting)d waiting") % numbers
        if len(signed)
        else pgettext("no signatories", "None"),
        "tone": "plain",
        "is_optional": True,
    }


def _how_far(part: Part, answers: Answers) -> str:
    """Say how many questions of a part are answered, and of how many that must be it is not so."""
    open_ones = [each for each in part.questions if not each.is_answered(value_in(answers, each))]
    count = len(part.questions)
    words = ngettext(
        "%(done)d of %(count)d question answered", "%(done)d of %(count)d questions answered", count
    ) % {"done": count - len(open_ones), "count": count}
    must = sum(each.required for each in open_ones)
    if not must:
        return words
    left = ngettext("%(num)d must still be answered", "%(num)d must still be answered", must)
    return f"{words} · {left % {'num': must}}"


def _state(part: Part, answers: Answers) -> tuple[str, str]:
    answered = [each.is_answered(value_in(answers, each)) for each in part.questions]
    if not any(answered):
        return _("Not started"), "todo"
    left = any(
        question.required and not done
        for question, done in zip(part.questions, answered, strict=True)
    )
    return (_("In progress"), "wait") if left else (_("Done"), "done")
