"""The form to hand in a receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.record import receipt_parser

# Ours are a hundredth of it.
LONGEST = 200_000


class ReceiptForm(forms.Form):
    """A receipt, pasted or as a file; `cleaned_data["read"]` is an `receipt_parser.Receipt`."""

    receipt = forms.CharField(
        label=_("Paste the receipt"),
        help_text=_("The whole text of the file, from the first brace to the last."),
        required=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or choose the file"),
        help_text=_("It is read, and neither stored nor logged."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        upload = cleaned.get("file")
        name = "file" if upload else "receipt"
        try:
            text = _text_of(upload) if upload else cleaned.get("receipt", "")
            if len(text) > LONGEST:
                raise receipt_parser.Unreadable(_("This is far too long to be a receipt."))
            if not text:
                raise receipt_parser.Unreadable(_("Paste a receipt, or choose its file."))
            cleaned["read"] = receipt_parser.read(text)
        except receipt_parser.Unreadable as error:
            self.add_error(name, str(error))
        return cleaned


def _text_of(upload: Any) -> str:
    if upload.size > LONGEST:
        raise receipt_parser.Unreadable(_("This file is far too large to be a receipt."))
    try:
        text = upload.read().decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise receipt_parser.Unreadable(_("This file is not a receipt: it is not text.")) from None
    if not text:
        raise receipt_parser.Unreadable(_("This file is empty."))
    return text
