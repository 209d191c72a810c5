"""What people type beside the answers themselves. What is accepted is decided by the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from consultations.questionnaires.parts import Part
from consultations.questionnaires.types import Question
from consultations.responses.access import codes
from consultations.responses.answers.confidential import JUSTIFICATION_MAX, PUBLIC_VERSION_MAX
from consultations.responses.models import LegalBasis
from portal.web.forms import Form


class CodeForm(Form):
    """The code that reopens an answer. Tells what is wrong with its shape alone."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("20 letters and digits. Spaces, hyphens and capitals do not matter."),
        max_length=100,
        error_messages={"required": _("Enter your code.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-30 govuk-input--extra-letter-spacing",
            }
        ),
    )

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if strange := codes.strange_characters(typed):
            raise ValidationError(
                gettext("No code has %(characters)s in it. Check it against what you wrote down.")
                % {"characters": ", ".join(f"“{each}”" for each in strange[:5])}
            )
        code = codes.normalise(typed)
        if len(code) != codes.LENGTH:
            raise ValidationError(
                ngettext(
                    "A code has 20 letters and digits; you typed %(count)d.",
                    "A code has 20 letters and digits; you typed %(count)d.",
                    len(code),
                )
                % {"count": len(code)}
            )
        return code


class ConfidentialityForm(Form):
    """Form for why some answers are for officials only, and what the public reads instead."""

    legal_basis = forms.ChoiceField(
        label=_("On what ground?"),
        choices=LegalBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a ground.")},
    )
    justification = forms.CharField(
        label=_("Why must these answers stay with officials?"),
        help_text=_("Say what harm would follow if they were published. This is not published."),
        max_length=JUSTIFICATION_MAX,
        widget=forms.Textarea(attrs={"maxlength": JUSTIFICATION_MAX}),
        error_messages={"required": _("Say why these answers must stay with officials.")},
    )

    def __init__(
        self, *args: Any, questions: Sequence[tuple[Part, Question]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [question for _part, question in questions]
        for question in self.questions:
            self.fields[f"public-{question.id}"] = forms.CharField(
                label=_("Public version of your answer to question %(number)s")
                % {"number": question.number},
                help_text=question.text,
                max_length=PUBLIC_VERSION_MAX,
                widget=forms.Textarea(attrs={"maxlength": PUBLIC_VERSION_MAX, "dir": "auto"}),
                error_messages={
                    "required": gettext(
                        "Write what the public may read instead of your answer to question "
                        "%(number)s."
                    )
                    % {"number": question.number}
                },
            )

    def public_versions(self, data: dict[str, Any]) -> dict[str, str]:
        """Return them by question, of whatever is right so far."""
        return {
            question.id: data[f"public-{question.id}"]
            for question in self.questions
            if f"public-{question.id}" in data
        }

    def reasons(self, data: dict[str, Any]) -> dict[str, str]:
        """Return justification and ground, of whatever is right so far."""
        return {key: data[key] for key in ("justification", "legal_basis") if key in data}


# What it gives away, said wherever it is asked.
ALONE = _(
    "A response without a name is published only when at least five of them are public, so that "
    "none stands alone. If fewer come together, officials read them, and they are not published. "
    "If yours is the only one and is published, people who know or guess that you responded "
    "without a name know what you wrote."
)


class SendForm(Form):
    """The declaration under an answer, before it is sent; without a name, one choice more."""

    even_if_alone = forms.BooleanField(
        label=_("Publish mine even if it is the only one without a name"),
        help_text=ALONE,
        required=False,
    )
    declared = forms.BooleanField(
        label=_("I have read what happens with my response, and I may give it in this form."),
        error_messages={"required": _("Confirm the declaration to send your response.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asks_alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_alone:
            del self.fields["even_if_alone"]


class ClarificationForm(Form):
    """The answer to a question of the screening staff."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("For the staff who asked. It is not published."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"maxlength": 5_000, "dir": "auto"}),
        error_messages={"required": _("Write your answer.")},
    )


class ConfirmForm(Form):
    """A deed that cannot be undone, confirmed by a tick."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you are sure.")})

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = label


class RemarkForm(Form):
    """Form for why a draft is sent back: what is to change before it is signed."""

    remark = forms.CharField(
        label=_("What should change before you sign?"),
        help_text=_("All people of your organisation who write in the draft can read it."),
        max_length=2000,
        error_messages={"required": _("Write what should change.")},
        widget=forms.Textarea(attrs={"dir": "auto"}),
    )
