"""What learners choose and give: answers of a quiz, a file of progress, a name for the paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.learning.modules import Module, Option, Question
from knowledge.learning.progress import MOST_BYTES, Progress, from_file
from portal.web.errors import Refused
from portal.web.forms import Form

MOST_OF_A_NAME = 100


class QuizForm(Form):
    """The questions of a module, each with its answers; one that is valid may hold wrong ones."""

    def __init__(self, module: Module, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.module = module
        for number, question in enumerate(module.questions):
            choose = _("Choose an answer to this question.")
            self.fields[name_of(number)] = forms.ChoiceField(
                label=question.text,
                choices=[(str(n), each.text) for n, each in enumerate(question.options)],
                widget=forms.RadioSelect,
                error_messages={"required": choose, "invalid_choice": choose},
            )

    @property
    def chosen(self) -> list[tuple[Question, Option | None]]:
        """Return each question with the answer that was chosen, None where none was."""
        return [
            (question, self._chosen(number, question))
            for number, question in enumerate(self.module.questions)
        ]

    @property
    def is_all_right(self) -> bool:
        """Say whether every question has its right answer."""
        return self.is_bound and all(
            option and option.is_right for _question, option in self.chosen
        )

    def _chosen(self, number: int, question: Question) -> Option | None:
        value = getattr(self, "cleaned_data", {}).get(name_of(number), "")
        return question.options[int(value)] if value else None


def name_of(number: int) -> str:
    """Return the name of a question's field, by its place from 0."""
    return f"question-{number + 1}"


class FileForm(Form):
    """A file of progress that somebody saved earlier."""

    file = forms.FileField(
        label=_("File of progress"),
        help_text=_("A file that you saved from this path. It stays on your device."),
        error_messages={
            "required": _("Choose the file that you saved."),
            "empty": _("This file is empty. Choose the file that you saved."),
        },
    )

    def __init__(self, path: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path = path

    def clean_file(self) -> Progress:
        """Return the progress that the file holds."""
        file = self.cleaned_data["file"]
        try:
            return from_file(file.read(MOST_BYTES + 1), self.path)  # one more tells a bigger one
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class NameForm(Form):
    """The name that is printed on a certificate, and kept nowhere."""

    name = forms.CharField(
        label=_("Your name, as it is to stand on the paper"),
        help_text=_("It is printed and not kept. You may leave a line for it and write by hand."),
        max_length=MOST_OF_A_NAME,
        required=False,
    )
