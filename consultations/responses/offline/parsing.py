"""A form that was filled in without a connection, made into the beginnings of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.calls.offline import text_form
from consultations.calls.offline.lines import Parsed
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import OFFICIALS
from consultations.questionnaires.types import Question
from consultations.responses.answers.mapping import counting
from consultations.responses.errors import AnotherConsultation, Unreadable
from consultations.responses.forms.part import PartForm, field_name, visibility_name
from consultations.responses.forms.prefill import as_typed

# What only the PDF asks: there is no place for it in the form as plain text.
ONLY_HERE = PUBLIC_VERSION, LEGAL_BASIS = "public-version", "legal-basis"
MOST_OUTSIDE = 50_000  # characters: as many as the longest answer has


@dataclass
class Reading:
    """
    Result of reading a form.

    `details` are what it says of who answers, as `IdentityForm` takes them; `confidentiality` is as
    `Draft.details` has it. `answers` are right, by question; `notes` say what is not
    (`form_notes`).
    """

    details: dict[str, str] = field(default_factory=dict)
    confidentiality: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)


def read(text: str, page: ConsultationPage) -> Reading:
    """
    Read a form of this consultation, held against the rules of its questions.

    Raises AnotherConsultation where it is of another, Unreadable where nothing is found in it.
    Never raises anything else, whatever the text.
    """
    questionnaire = page.questionnaire()
    parsed = text_form.parse(text, questionnaire, ONLY_HERE)
    if parsed.docket and parsed.docket != page.docket:
        raise AnotherConsultation(parsed.docket)
    details = {key: value for key, value in parsed.details.items() if isinstance(value, str)}
    if not (details or parsed.answers or parsed.unread):
        nothing = _(
            "No answer was found in this. Send the form of this consultation, filled in between "
            "its lines in double brackets."
        )
        raise Unreadable(" ".join([nothing, *(parsed.problems if parsed.docket else ())]))
    reading = Reading(details, dict(parsed.details.get("confidentiality", {})))
    reading.notes += [_note(text) for text in _problems(parsed, questionnaire)]
    for part in questionnaire.parts:
        _read_part(questionnaire, part, parsed, reading)
    reading.notes += [
        _note(
            _("Question %(number)s is not for you, given your answers: what you wrote is not sent.")
            % {"number": question.number}
        )
        for question in questionnaire.questions
        if question.id in reading.answers
        and question.id not in counting(questionnaire, reading.answers)
    ]
    reading.notes += [_note(text) for text in _only_in_the_pdf(parsed)]
    reading.notes += _outside(parsed, page)
    return reading


def _problems(parsed: Parsed, questionnaire: Questionnaire) -> list[str]:
    """Return those that are of no single question."""
    of_questions = {problem for _written, problem in parsed.unread.values()}
    return [each for each in parsed.problems if each not in of_questions]


def _read_part(questionnaire: Questionnaire, part: Part, parsed: Parsed, reading: Reading) -> None:
    """Put the right answers of a part into the reading, and a note for each that is not."""
    typed: dict[str, list[str]] = {}
    for question in part.questions:
        if question.id in parsed.answers:
            typed |= as_typed(question, parsed.answers[question.id])
    form = PartForm(
        without_conditions(questionnaire),
        part,
        answers={},
        allow_confidential=True,
        data=MultiValueDict(typed),
    )
    right = form.answers()
    for question in part.questions:
        if question.id in parsed.unread:
            written, problem = parsed.unread[question.id]
            own = question.as_written(field_name(question), written)
            if question.id in parsed.officials:
                own[visibility_name(question)] = [OFFICIALS]
            reading.notes.append(_note(problem, question, own))
        elif question.id not in parsed.answers:
            if question.id in parsed.named_for_officials:
                reading.notes.append(_without_an_answer(question))
        elif answer := right.get(question.id):
            reading.answers[question.id] = answer
            if remark := parsed.remarks.get(question.id):
                reading.notes.append(_note(remark, question))
        else:
            words = {
                "number": question.number,
                "problem": " ".join(map(str, form.errors.get(field_name(question), ()))),
            }
            problem = _("Question %(number)s: %(problem)s") % words
            own = as_typed(question, parsed.answers[question.id])
            reading.notes.append(_note(problem, question, own))


def _without_an_answer(question: Question) -> dict[str, Any]:
    """Return the note that keeps who may read an answer which is yet to be given."""
    told = _(
        "Question %(number)s: you want its answer to be for officials only, and no answer was "
        "found at its place."
    )
    own = {visibility_name(question): [OFFICIALS]}
    return _note(told % {"number": question.number}, question, own)


def _outside(parsed: Parsed, page: ConsultationPage) -> list[dict[str, Any]]:
    """Return a note of the lines that are neither the form's nor at any place for answers."""
    strange = text_form.printed(page).strange(parsed.outside)
    first = f"{parsed.docket} form:{parsed.digest}"
    lines = "\n".join(line for line in strange if line != first)
    if not lines:
        return []
    told = _("This stands outside the places for answers, so it is in no answer:\n%(lines)s")
    return [_note(told % {"lines": lines[:MOST_OUTSIDE]})]


def _only_in_the_pdf(parsed: Parsed) -> list[str]:
    words = {
        PUBLIC_VERSION: _("What you wrote for publication: %(text)s"),
        LEGAL_BASIS: _("Ground: %(text)s"),
    }
    return [
        words[name] % {"text": written}
        for name, lines in parsed.further.items()
        if (written := "\n".join(lines).strip())
    ]


def _note(
    text: str, question: Question | None = None, typed: Mapping[str, list[str]] | None = None
) -> dict[str, Any]:
    note: dict[str, Any] = {"text": text}
    if question is not None:
        note |= {"question": question.id, "typed": dict(typed or {})}
    return note


def without_conditions(questionnaire: Questionnaire) -> Questionnaire:
    """Return the same questions, asked of everybody: all that was written is kept."""
    return Questionnaire(
        tuple(
            replace(
                part,
                condition=None,
                questions=tuple(replace(each, condition=None) for each in part.questions),
            )
            for part in questionnaire.parts
        )
    )
