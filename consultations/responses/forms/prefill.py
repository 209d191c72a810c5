"""Answers as a browser would have sent them: for forms that are filled in from somewhere else."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import Answer
from consultations.questionnaires.types import Question
from consultations.responses.answers.notes import notes_in
from consultations.responses.forms.part import PartForm, field_name, visibility_name
from consultations.responses.models import Draft

Typed = dict[str, list[str]]


def as_typed(question: Question, answer: Mapping[str, Any]) -> Typed:
    """Return an answer under its question's field names; nothing of files."""
    given = Answer.of(answer)
    readers = {visibility_name(question): [given.visibility]}
    return {**readers, **question.sent(field_name(question), given.value)}


def form_of(draft: Draft, questionnaire: Questionnaire, part: Part) -> PartForm:
    """
    Build the form of a part, filled in from the draft.

    What was written on another form and was not right there stands in it as it was written, with
    what is wrong with it.
    """
    here = {question.id: question for question in part.questions}
    wrong = {
        note["question"]: note["typed"]
        for note in notes_in(draft.details)
        if note.get("question") in here and note.get("typed")
    }
    if not wrong:
        return PartForm(questionnaire, part, answers=draft.answers, allow_confidential=True)
    typed: Typed = {}
    for key, question in here.items():
        if key in wrong:
            typed |= wrong[key]
        elif key in draft.answers:
            typed |= as_typed(question, draft.answers[key])
    return PartForm(
        questionnaire,
        part,
        answers=draft.answers,
        allow_confidential=True,
        data=MultiValueDict(typed),
    )
