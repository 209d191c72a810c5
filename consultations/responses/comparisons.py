"""An organisation's draft beside what those who sign for it saw last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from consultations.questionnaires.parts import Questionnaire
from consultations.responses.answers.mapping import counting
from consultations.responses.files.sent import answers_now
from consultations.responses.models import Draft, SignatureRequest
from consultations.responses.presenters import Row, reasons_given, rows, who


class Difference(NamedTuple):
    """A line of an answer, or an answer, before and now; empty where there was or is none."""

    label: str
    before: Sequence[str]
    now: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """A draft beside what those who sign saw last: sent on `sent_on`, else sent back."""

    sent_on: date | None
    differences: Sequence[Difference]


def comparison(
    questionnaire: Questionnaire, draft: Draft, request: SignatureRequest | None
) -> Comparison | None:
    """
    Compare an organisation's draft with what it sent back or sent last; None where it did neither.

    What was sent back was seen later than what was sent.
    """
    if draft.organisation_id is None:
        return None
    sent_on: date | None = None
    if request is not None and request.sent_back_on is not None:
        before = Draft(**request.seen)
    elif draft.response is not None:
        version = draft.response.versions.latest("number")
        said = ("name", "organisation_name", "submitter_type", "state", "language")
        details = {key: getattr(version, key) for key in said}
        details |= {"confidentiality": version.confidentiality, **version.represents}
        before = Draft(identity=version.identity, details=details, answers=answers_now(version))
        sent_on = version.submitted_on
    else:
        return None
    before.consultation = draft.consultation
    return Comparison(sent_on, _differences(questionnaire, before, draft))


def _differences(questionnaire: Questionnaire, before: Draft, now: Draft) -> list[Difference]:
    pairs = [
        *_told_of(who(before), who(now)),
        *_told_of(
            reasons_given(before.details.get("confidentiality", {})),
            reasons_given(now.details.get("confidentiality", {})),
        ),
    ]
    found = [Difference(label, was, is_now) for label, was, is_now in pairs if was != is_now]
    was_said, is_said = _answered(questionnaire, before), _answered(questionnaire, now)
    for question in questionnaire.questions:
        was, is_now = was_said.get(question.id), is_said.get(question.id)
        if was != is_now:
            label = f"{question.number}. {question.text}"
            found.append(Difference(label, was[1] if was else [], is_now[1] if is_now else []))
    return found


def _told_of(
    before: list[tuple[str, str]], now: list[tuple[str, str]]
) -> list[tuple[str, list[str], list[str]]]:
    was, is_now = dict(before), dict(now)
    labels = dict.fromkeys([*was, *is_now])
    return [
        (each, list(filter(None, [was.get(each)])), list(filter(None, [is_now.get(each)])))
        for each in labels
    ]


def _answered(questionnaire: Questionnaire, draft: Draft) -> dict[str, tuple[Any, list[str]]]:
    """Return each answer that counts, by question: as it is kept, and as its writer reads it."""
    counted = counting(questionnaire, draft.answers)
    return {
        row.question.id: (counted[row.question.id], _lines(row))
        for _part, found in rows(questionnaire, draft.answers)
        for row in found
        if row.question.id in counted
    }


def _lines(row: Row) -> list[str]:
    lines = [*row.lines, *(each.note for each in row.files if each.note)]
    if row.for_officials:
        public = row.public_version or _("nothing yet")
        lines.append(_("Officials only. The public reads: %(text)s") % {"text": public})
    return lines
