"""What staff fill in to leave passages out, or to translate."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.forms.base import VersionForm
from consultations.publication.redaction import RedactionReason
from portal.taxonomy import languages


class RedactionForm(VersionForm):
    exact = frozenset({"text"})  # it is held against the words that were sent
    text = forms.CharField(
        label=_("Text of the public copy"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "spellcheck": "false"}),
    )


class TranslationForm(VersionForm):
    """
    The translation of one answer; `seen` is of the one that was kept when the page was opened.

    `written_in` is the language that it is not to be translated into.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    into = forms.ChoiceField(
        label=_("Language of the translation"), help_text=_("One for the whole response.")
    )
    text = forms.CharField(
        label=_("Translation"),
        help_text=_(
            "Put a mark, such as [[personal-data]], in place of each passage that you leave out."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        error_messages={"required": _("Write the translation.")},
    )

    def __init__(self, *args: Any, written_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = cast(forms.ChoiceField, self.fields["into"])
        into.choices = languages.choices(without=written_in)


class WholeRedactionForm(VersionForm):
    """For an answer without words, such as a file: it is shown or left out as a whole."""

    reason = forms.ChoiceField(
        label=_("Leave the answer out because of"),
        choices=[
            ("", _("Nothing: show it")),
            *((each.value, each.label) for each in RedactionReason),
        ],
        required=False,
    )
