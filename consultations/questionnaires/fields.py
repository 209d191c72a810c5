"""The form field of a question. What is typed, kept and refused, its kind says (`types`)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consultations.questionnaires.types import Question


class Controls(forms.Widget):
    """Reads what a question's controls sent; drawn by `components/question.html`."""

    def __init__(self, read: Callable[[Mapping[str, Any], Mapping[str, Any], str], Any]) -> None:
        super().__init__()
        self.read = read

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Any:
        return self.read(data, files, name)


class AnswerField(forms.Field):
    """
    The answer to one question; left empty it is None, which is no error while a draft is written.

    It holds three shapes of an answer: what a browser sends (several controls where the kind needs
    them), what was typed (`read`, shown again as it is), and the value that is kept (`clean`).
    `before` is the value that was kept so far. `error_prefix` leads its messages where they stand
    away from the question.
    """

    def __init__(self, question: Question, before: Any = None) -> None:
        super().__init__(
            required=False,
            label=question.text,
            help_text=question.help,
            widget=Controls(question.read),
            initial=question.fill(before),
        )
        self.widget.needs_multipart_form = question.has_files
        self.question = question
        self.before = before
        self.error_prefix = _("Question %(number)s:") % {"number": question.number}

    def clean(self, value: Any) -> Any:
        """Return the value of what was typed, None where nothing was. Raises ValidationError."""
        return self.question.clean(value, self.before)
