"""An answer as its owner reads it: the list of tasks, and every answer with its question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.calls.answers import readable
from consultations.calls.questionnaire import Answers, Kind, Part, Question, Questionnaire
from consultations.responses.answered import counting, files_in, for_officials, is_for_officials
from consultations.responses.answering import Answering
from consultations.responses.completeness import is_answered
from consultations.responses.confidential import is_complete
from consultations.responses.models import Draft, Identity, LegalBasis
from consultations.responses.signing import may_have_signatories, signed_of
from portal.files.models import StoredFile
from portal.stakeholders.models import State, User
from portal.taxonomy.vocabularies import LANGUAGE, SUBMITTER_TYPE


@dataclass(frozen=True)
class Row:
    """One question and what was answered; `files` are ids, descriptions, whether there is text."""

    question: Question
    lines: Sequence[str]
    for_officials: bool
    public_version: str
    is_missing: bool
    files: Sequence[tuple[str, str, bool]]


def rows(questionnaire: Questionnaire, answers: Answers) -> list[tuple[Part, list[Row]]]:
    """Every question that applies, answered or not, part by part; a query where there are files."""
    ids = files_in(questionnaire, answers)
    stored = {str(each.pk): each for each in StoredFile.objects.filter(pk__in=ids)} if ids else {}
    return [
        (part, [_row(question, answers.get(question.id), stored) for question in part.questions])
        for part in questionnaire.applicable(answers)
    ]


def _row(
    question: Question, answer: Mapping[str, Any] | None, stored: Mapping[str, StoredFile]
) -> Row:
    value = (answer or {}).get("value")
    files: list[tuple[str, str, bool]] = []
    if question.kind == Kind.FILE:
        found = [stored[str(each)] for each in value or () if str(each) in stored]
        files = [
            (str(each.pk), each.describe(place), each.is_ready and each.has_text)
            for place, each in enumerate(found, 1)
        ]
    return Row(
        question=question,
        lines=readable(question, value, files=[text for _id, text, _has_text in files]),
        for_officials=is_for_officials(answer),
        public_version=(answer or {}).get("public_version", ""),
        is_missing=question.required and not is_answered(question, answer),
        files=files,
    )


def who(draft: Draft) -> list[tuple[str, str]]:
    """What a draft says of who answers: label and value, "" where it says nothing."""
    details = draft.details
    state = State.objects.filter(iso2=details.get("state", "")).first()
    named = [
        (_("Name"), details.get("name", "")),
        (_("Organisation"), details.get("organisation_name", "")),
    ]
    return [
        (_("Shown to the public"), draft.get_identity_display()),
        *(pair for pair in named if pair[1]),
        (_("You speak as"), str(SUBMITTER_TYPE.label_of(details["submitter_type"]))),
        (_("State"), state.name if state else ""),
        (_("Language of your answer"), str(LANGUAGE.label_of(details["language"]))),
        *([(_("Your words"), _how(draft))] if draft.identity == Identity.ANONYMOUS else []),
    ]


def _how(draft: Draft) -> str:
    if draft.translation_only:
        return _("Published only in translation; files not at all")
    return _("Published as you wrote them")


def signers_of(draft: Draft) -> list[str]:
    """The names of those who may sign an organisation's draft; none for one's own."""
    if draft.organisation_id is None:
        return []
    return [str(each) for each in User.objects.signing_for(draft.organisation_id)]


def reasons_given(reasons: Mapping[str, str]) -> list[tuple[str, str]]:
    """Why answers are for officials only: label and value, "" where nothing is said."""
    grounds = dict(LegalBasis.choices)
    return [
        (_("Ground"), str(grounds.get(reasons.get("legal_basis", ""), ""))),
        (_("Justification"), reasons.get("justification", "")),
    ]


def tasks(answering: Answering, draft: Draft) -> list[dict[str, Any]]:
    """What there is to do, in any order, as the component `task_list` takes it."""
    questionnaire, answers = answering.questionnaire, draft.answers
    listed = [
        {
            "text": _("Who answers"),
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
        "hint": _("Others who sign the same answer. It counts as one."),
        "status": _("%(confirmed)d confirmed, %(waiting)d waiting") % numbers
        if len(signed)
        else _("None"),
        "tone": "plain",
        "is_optional": True,
    }


def _state(part: Part, answers: Answers) -> tuple[str, str]:
    answered = [is_answered(each, answers.get(each.id)) for each in part.questions]
    if not any(answered):
        return _("Not started"), "todo"
    left = any(
        question.required and not done
        for question, done in zip(part.questions, answered, strict=True)
    )
    return (_("In progress"), "wait") if left else (_("Done"), "done")
