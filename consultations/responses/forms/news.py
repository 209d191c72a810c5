"""Hearing of an answer by mail: the address, and the code that was sent to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.notifications.addresses import QUIET, AddressField
from portal.notifications.confirmations import CodeField, Reachable
from portal.web.forms import Form


class AddressForm(Form):
    """Form for the address at which somebody hears of their answer, and for the language."""

    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter an e-mail address.")},
        widget=forms.EmailInput(attrs={**QUIET, "class": "govuk-!-width-two-thirds", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        error_messages={"required": _("Choose a language.")},
    )
    understood = forms.BooleanField(
        label=_("I have read what a mail tells others, and I want it anyway."),
        error_messages={"required": _("Tick the box if you have read it, or leave mail off.")},
    )

    def __init__(
        self, data: Any = None, *, is_nameless: bool, known: Reachable | None = None, own: str = ""
    ) -> None:
        """
        `known` is what was typed before. `own` is the address of the account in hand.

        Without a name nothing is suggested: neither the account's address nor, in a mail that
        tells nothing, the language of the page or of the answer.
        """
        language = settings.LANGUAGE_CODE if is_nameless else get_language()
        initial = {"email": "" if is_nameless else own, "language": language}
        if known is not None:
            initial = {"email": known.address, "language": known.language or language}
        super().__init__(data, initial=initial)
        self.known_address = "" if is_nameless else own
        if not is_nameless:
            del self.fields["understood"]
            self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        if len(settings.LANGUAGES) == 1:  # nothing to choose
            self.fields["language"].widget = forms.HiddenInput()


class CodeForm(Form):
    """The code; with it the address, so that nobody has to type it again who comes too late."""

    code = CodeField()
    email = forms.CharField(widget=forms.HiddenInput, required=False, max_length=320)
    language = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    @classmethod
    def of(cls, waiting: Reachable) -> "CodeForm":
        """Build it for the address that a code was sent to."""
        return cls(initial={"email": waiting.address, "language": waiting.language})

    def typed_before(self) -> Reachable:
        """Return the address as it was typed; for showing it again, and for nothing else."""
        return Reachable(self.cleaned_data.get("email", ""), self.cleaned_data.get("language", ""))
