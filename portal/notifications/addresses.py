"""An e-mail address as people type it, and as mail servers take it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from portal.languages.lists import in_words
from portal.text import address

LONGEST = 254
# What a browser neither keeps nor corrects.
QUIET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


def clean_address(typed: str) -> str:
    """
    Return the address in ASCII, the part after the "@" in lower case.

    Wide letters of East Asian keyboards, marks of direction and a domain beyond ASCII are taken
    for what they mean. Raises ValidationError with a sentence that says what is wrong.
    """
    name, at, domain = address(typed).rpartition("@")
    strange = sorted({each for each in name if not each.isascii()})
    if at and strange:
        text = _(
            "We can write only to addresses that have the letters a to z, digits and signs before "
            "the “@”. This one has %(characters)s. Use another address."
        )
        raise ValidationError(
            text, params={"characters": in_words(_("“%s”") % c for c in strange[:5])}
        )
    try:
        ascii_address = f"{name}@{punycode(domain).lower()}"
        validate_email(ascii_address)
    except (UnicodeError, ValidationError):
        raise ValidationError(_("Enter an e-mail address like name@example.org.")) from None
    if len(ascii_address) > LONGEST:
        raise ValidationError(_("This address is longer than an e-mail address can be."))
    return ascii_address


class AddressField(forms.CharField):
    """Asks for an address; what it gives is in ASCII, or "" where it may be left empty."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        # A browser's own check knows no address beyond ASCII: ours says what is wrong with it.
        super().__init__(**{"max_length": 320, **kwargs})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return clean_address(typed) if typed else ""
