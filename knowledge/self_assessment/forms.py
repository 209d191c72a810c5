"""What is posted: all answers, those of the page as choices and the others out of sight."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.self_assessment import copies
from knowledge.self_assessment.copies import Copy
from knowledge.self_assessment.criteria import WORDS, Part, Subject
from portal.web.errors import Refused
from portal.web.forms import Form

BEFORE = "before"


class AnswersForm(Form):
    """
    Form for the answers; `part` is the one whose statements are shown, None where none are.

    `before` is the text of an earlier file to compare with.
    """

    before = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        subject: Subject,
        part: Part | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.subject, self.part = subject, part
        shown = {each.key for each in part.statements} if part else set()
        for each in subject.statements:
            self.fields[each.key] = forms.ChoiceField(
                label=each.text,
                choices=[(key, WORDS[key]) for key in subject.choices],
                required=False,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"})
                if each.key in shown
                else forms.HiddenInput,
                error_messages={"invalid_choice": _("Choose one of the answers.")},
            )

    def clean_before(self) -> str:
        """Take an earlier file only as it was saved here."""
        text: str = self.cleaned_data[BEFORE]
        if text:
            try:
                copies.read(self.subject, text.encode())
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return text

    def answers(self) -> dict[str, str]:
        """Return what was answered; what is no answer is left out."""
        said = {each.key: self.cleaned_data.get(each.key) for each in self.subject.statements}
        return {key: value for key, value in said.items() if value}

    def earlier(self) -> Copy | None:
        """Return the earlier answers to compare with; None where there are none."""
        text = self.cleaned_data.get(BEFORE)
        return copies.read(self.subject, text.encode()) if text else None


class CopyForm(Form):
    """Form to show a file that was saved here."""

    file = forms.FileField(
        label=_("The file that you saved"),
        help_text=_("It is read, but neither stored nor logged."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": _("Choose the file that you saved.")},
    )

    def __init__(self, *args: Any, subject: Subject) -> None:
        super().__init__(*args)
        self.subject = subject
        self.text = ""

    def clean_file(self) -> Copy:
        """Return what the file holds; `text` is how it is carried along."""
        upload = self.cleaned_data["file"]
        try:
            copy = copies.read(self.subject, upload.read(copies.LARGEST + 1))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        self.text = copies.written(self.subject, copy)
        return copy
