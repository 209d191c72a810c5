"""What people type beside the answers themselves. What is accepted is decided by the actions."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from consultations.calls.questionnaire import Part, Question
from consultations.responses import codes
from consultations.responses.confidential import JUSTIFICATION_MAX, PUBLIC_VERSION_MAX
from consultations.responses.models import Identity, LegalBasis
from consultations.responses.typed import clean_name
from portal.stakeholders.models import Organisation, State
from portal.taxonomy.vocabularies import LANGUAGE, SUBMITTER_TYPE

DETAILS = ("name", "organisation_name", "submitter_type", "state", "language")
HINTS = {
    Identity.NAMED: _("Your name, and your organisation's if you give it, are published."),
    Identity.ORGANISATION: _("Only your organisation's name is published. Yours is not asked."),
    Identity.ANONYMOUS: _(
        "Nothing that names you is kept. A code, not an account, opens your answer."
    ),
}


class IdentityForm(forms.Form):
    """Who answers, and how the public sees it."""

    identity = forms.ChoiceField(
        label=_("How do you want to answer?"),
        choices=Identity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to answer.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Needed if you answer with your name; otherwise it is not kept."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    organisation_name = forms.CharField(
        label=_("Your organisation"),
        help_text=_(
            "Needed if you answer for an organisation; not kept if you answer without any name."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "spellcheck": "false"}),
    )
    submitter_type = forms.ChoiceField(
        label=_("You speak as"),
        help_text=_("Counted and published by group. “Prefer not to say” is an answer."),
        choices=[("", _("Choose")), *SUBMITTER_TYPE.choices],
        error_messages={"required": _("Choose what you speak as, or “Prefer not to say”.")},
    )
    state = forms.ChoiceField(
        label=_("State"),
        help_text=_(
            "Where you or your organisation work. It can narrow down who you are: "
            "leave it out if that could harm you."
        ),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of your answer"), choices=LANGUAGE.choices, initial=get_language
    )
    email = forms.EmailField(
        label=_("E-mail address for news of your answer"),
        help_text=_(
            "Used only to tell you that something happened to your answer, and kept unreadable "
            "apart from it. A message in your mailbox shows that you answered: leave this empty "
            "if that could harm you. Your code, or your account, shows the same without e-mail."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(
        self,
        *args: Any,
        anonymous_allowed: bool,
        fixed: str = "",
        organisation: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        """
        `fixed` is the identity of a response that is being changed: it stays. `organisation` is
        whose people answer together: its name is not asked.
        """
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        if organisation is not None:
            del self.fields["organisation_name"]
        identity = cast(forms.ChoiceField, self.fields["identity"])
        identity.choices = [
            (key, label)
            for key, label in Identity.choices
            if fixed in ("", key) and (anonymous_allowed or key != Identity.ANONYMOUS or fixed)
        ]
        identity.widget.option_hints = {key.value: hint for key, hint in HINTS.items()}
        if fixed:
            identity.initial = fixed
            identity.help_text = _("This cannot be changed once an answer was sent.")
        states = State.objects.values_list("iso2", "name")
        state = cast(forms.ChoiceField, self.fields["state"])
        state.choices = [("", _("Not given")), *states]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for field in ("name", "organisation_name"):
            if field in data:
                data[field] = clean_name(data[field])
        identity = data.get("identity")
        if identity == Identity.NAMED and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter your name, or choose another way to answer."))
        if self.organisation is not None:
            data["organisation_name"] = self.organisation.name
        organisation = data.get("organisation_name") or "organisation_name" in self.errors
        if identity == Identity.ORGANISATION and not organisation:
            self.add_error(
                "organisation_name",
                _("Enter your organisation's name, or choose another way to answer."),
            )
        if identity in (Identity.ORGANISATION, Identity.ANONYMOUS):
            data["name"] = ""
        if identity == Identity.ANONYMOUS:
            data["organisation_name"] = ""
        return data

    def details(self) -> dict[str, str]:
        """As `Draft.details` keeps them."""
        return {name: self.cleaned_data[name] for name in DETAILS}


class CodeForm(forms.Form):
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


class ConfidentialityForm(forms.Form):
    """Why some answers are for officials only, and what the public reads instead of each."""

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
        """By question, of whatever is right so far."""
        return {
            question.id: data[f"public-{question.id}"]
            for question in self.questions
            if f"public-{question.id}" in data
        }

    def reasons(self, data: dict[str, Any]) -> dict[str, str]:
        """Justification and ground, of whatever is right so far."""
        return {key: data[key] for key in ("justification", "legal_basis") if key in data}


class SendForm(forms.Form):
    """The declaration under an answer, before it is sent."""

    declared = forms.BooleanField(
        label=_("I have read what happens with my answer, and I may give it as I give it here."),
        error_messages={"required": _("Confirm the declaration to send your answer.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ClarificationForm(forms.Form):
    """The answer to a question of the screening staff."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("For the staff who asked. It is not published."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"maxlength": 5_000, "dir": "auto"}),
        error_messages={"required": _("Write your answer.")},
    )


class ConfirmForm(forms.Form):
    """A deed that cannot be undone, confirmed by a tick."""

    sure = forms.BooleanField(error_messages={"required": _("Tick the box if you are sure.")})

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = label
