"""The form of one part of a questionnaire."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires.fields import AnswerField
from consultations.questionnaires.parts import Part, Questionnaire, value_in
from consultations.questionnaires.schema import OFFICIALS, PUBLIC, Answer, Answers, Condition
from consultations.questionnaires.types import Question
from portal.files.models import StoredFile
from portal.languages.lists import in_words
from portal.web.forms import Form

VISIBILITY = [
    (PUBLIC, gettext_lazy("Everybody: it may be published")),
    (OFFICIALS, gettext_lazy("Officials only")),
]


class VisibilityField(forms.ChoiceField):
    """Choice of who may read an answer; where nothing was sent, who could before."""

    def __init__(self, *, initial: str) -> None:
        super().__init__(
            label=_("Who may read this answer"),
            choices=VISIBILITY,
            required=False,
            initial=initial,
            error_messages={"invalid_choice": _("Choose who may read this answer.")},
        )
        self.error_prefix = ""


class PartForm(Form):
    """
    A field for each question of a part that may apply, and who may read the answer.

    `part` names the part; its questions are read from `questionnaire`, whole. `answers` are those
    of the draft so far, of all parts. A question that depends on an earlier part is a field only
    where its condition holds; one that depends on this very part is always a field, says on what
    it depends, and is hidden by script until it applies. What was typed into it is kept, but its
    errors do not count while it does not apply.

    Empty is never an error: a draft may be incomplete (`completeness.missing` tells what is left).
    A wrong value is one. The form then shows what was typed, and `answers()` holds the answers of
    this part that are right, so that saving those loses nothing but what is shown as wrong:

        form = PartForm(…, data=request.POST, files=request.FILES)
        take_in_files(form)                    # part_files; not where a script saves
        save_part(…, answers=form.answers())   # in either case
        if form.errors: show the form again

    Fields are named `q-<question id>`, those of visibility `v-<question id>`.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        part: Part,
        *,
        answers: Answers,
        allow_confidential: bool,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files)
        self.questionnaire = questionnaire
        self.part = next(each for each in questionnaire.parts if each.id == part.id)
        self.stored = answers
        self.allow_confidential = allow_confidential
        self.questions = self._may_apply()
        self.file_ids: dict[str, list[str]] = {}
        for question in self.questions:
            self._add_fields(question)

    def _may_apply(self) -> list[Question]:
        earlier = self.questionnaire.keys_given(self.stored)
        questions: list[Question] = []
        for question in self.part.questions:
            condition = question.condition
            here = {each.id for each in questions}
            if not question.is_asked:
                continue
            if condition is None or condition.question in here or condition.holds(earlier):
                questions.append(question)
        return questions

    def _add_fields(self, question: Question) -> None:
        answer = Answer.of(self.stored.get(question.id))
        field = AnswerField(question, answer.value)
        self.fields[field_name(question)] = field
        if self.allow_confidential:
            readers = VisibilityField(initial=answer.visibility)
            readers.error_prefix = field.error_prefix
            self.fields[visibility_name(question)] = readers

    def full_clean(self) -> None:
        """Check every field, then forgive those that do not apply to what was answered."""
        super().full_clean()
        if not self.is_bound:
            return
        for question in self._with_files():
            if (name := field_name(question)) not in self.errors:
                self.file_ids[question.id] = list(self.cleaned_data[name] or [])
        given = {key: answer for key, answer in self.answers().items() if answer}
        kept = {key: answer for key, answer in self.stored.items() if key not in self.answers()}
        here = {
            question.id
            for part in self.questionnaire.applicable({**kept, **given})
            for question in part.questions
        }
        for question in self.questions:
            if question.id not in here:
                self.errors.pop(field_name(question), None)
                self.errors.pop(visibility_name(question), None)

    def answers(self) -> dict[str, dict[str, Any] | None]:
        """
        Return what is to be kept, by question: its answer, or None where it was cleared.

        A question whose answer is wrong is not among them.
        """
        self.is_valid()
        return {
            question.id: self._answer(question)
            for question in self.questions
            if question.id in self.file_ids or self._is_right(question)
        }

    def _is_right(self, question: Question) -> bool:
        names = [field_name(question)]
        if self.allow_confidential:
            names.append(visibility_name(question))
        return all(name in self.cleaned_data for name in names)

    def _answer(self, question: Question) -> dict[str, Any] | None:
        stored = Answer.of(self.stored.get(question.id))
        if question.has_files:
            value = self.file_ids.get(question.id) or None
        else:
            value = self.cleaned_data[field_name(question)]
        if value is None:
            return None
        chosen = self.cleaned_data.get(visibility_name(question))
        visibility = chosen or stored.visibility
        public_version = stored.public_version if visibility == OFFICIALS else None
        left_out = {key: cuts for key, cuts in stored.left_out.items() if key in value}
        return Answer(value, visibility, public_version, left_out).kept()

    # -- files ---------------------------------------------------------------------------------

    def _with_files(self) -> list[Question]:
        return [question for question in self.questions if question.has_files]

    def uploads(self) -> list[tuple[Question, list[Any], bool]]:
        """
        Return the files that came with each question, where their number is right, and whether
        scans among them keep their colours.
        """
        self.is_valid()
        return [
            (question, typed["uploads"], typed["keep_colour"])
            for question in self._with_files()
            if question.id in self.file_ids
            for typed in [self.bound(question).data]
        ]

    def files_of(self, question: Question) -> list[str]:
        """Return the ids of the files that an answer holds now."""
        already = question.file_ids(value_in(self.stored, question))
        return self.file_ids.get(question.id, already)

    def listed_files(self, question: Question) -> list[tuple[str, str, list[Any]]]:
        """List the id, description and what became of each file that is there now, in order."""
        ids = self.files_of(question)
        found = {str(key): file for key, file in StoredFile.objects.in_bulk(ids).items()}
        return [
            (each, found[each].describe(number), found[each].told)
            for number, each in enumerate(ids, 1)
            if each in found
        ]

    # -- what the page says ----------------------------------------------------------------------

    def bound(self, question: Question) -> forms.BoundField:
        return self[field_name(question)]

    def bound_visibility(self, question: Question) -> forms.BoundField | None:
        return self[visibility_name(question)] if self.allow_confidential else None

    def depends_on(self, question: Question) -> Condition | None:
        """Return its condition, if that is on a question of this part: a script reveals it."""
        condition = question.condition
        here = condition and any(each.id == condition.question for each in self.part.questions)
        return condition if here else None

    def condition_note(self, question: Question) -> str:
        """Say when a question is to be answered; "" where that is not decided here."""
        condition = self.depends_on(question)
        asked = self.questionnaire.find(condition.question) if condition else None
        if condition is None or asked is None:
            return ""
        options = asked.condition_options()
        chosen = [_("“%s”") % each.label for each in options if each.key in condition.keys]
        # Translators: options is a list in quotation marks: “Cost” or “Staff”.
        return _("Answer only if you chose %(options)s in question %(number)s.") % {
            "options": in_words(chosen, "or"),
            "number": asked.number,
        }


def field_name(question: Question) -> str:
    return f"q-{question.id}"


def visibility_name(question: Question) -> str:
    return f"v-{question.id}"
