"""The form to show a receipt, the file of one's answers, or the code of an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.record.verification import parsing
from portal.record.verification.parsing import Unreadable
from portal.web.forms import Form

# A receipt is a thousandth of it. Answers can be long.
LONGEST = 2_000_000


class VerifyForm(Form):
    """
    One of three; `cleaned_data["read"]` is what a file or a text is (`parsing.HandedIn`).

    It is None where a code was typed.
    """

    exact = frozenset({"receipt"})  # a checksum is over every sign of it

    file = forms.FileField(
        label=_("Choose the file of your receipt or of your answers"),
        help_text=_("It is read, but neither stored nor logged."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    code = forms.CharField(
        label=_("Or type the code of your response"),
        help_text=_("20 letters and digits. Spaces, hyphens and capitals do not matter."),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-30 govuk-input--extra-letter-spacing",
            }
        ),
    )
    receipt = forms.CharField(
        label=_("Or paste the receipt or the answers"),
        help_text=_("The whole text of the file, from the first { to the last }."),
        required=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in self.fields if cleaned.get(name)]
        if self.errors:
            return cleaned
        if len(given) != 1:
            too_many = _("Show one of the three: a file, a code, or a text.")
            none = _("Choose a file, type a code, or paste a text.")
            self.add_error(given[-1] if given else "file", too_many if given else none)
            return cleaned
        try:
            cleaned["read"] = self._read(given[0], cleaned)
        except Unreadable as error:
            self.add_error(given[0], str(error))
        return cleaned

    def _read(self, name: str, cleaned: dict[str, Any]) -> parsing.HandedIn | None:
        if name == "code":
            return None
        text = _text_of(cleaned["file"]) if name == "file" else cleaned["receipt"]
        if len(text) > LONGEST:
            raise Unreadable(_("This is far too long to be a receipt or answers."))
        return parsing.read(text)


def _text_of(upload: Any) -> str:
    if upload.size > LONGEST:
        raise Unreadable(_("This file is far too large to be a receipt or answers."))
    try:
        text = upload.read().decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Unreadable(
            _("This is neither a receipt nor the file of your answers: it is not text.")
        ) from None
    if not text:
        raise Unreadable(_("This file is empty."))
    return text
