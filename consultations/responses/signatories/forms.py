"""What a lead types of signatories, and what a signatory sends back."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from consultations.responses.models import Signatory
from consultations.responses.signatories.signatures import MOST
from portal.notifications.addresses import QUIET, AddressField
from portal.notifications.confirmations import CodeField
from portal.stakeholders.names import checked_name, reserved_from
from portal.web.forms import Form

LONGEST = 200
LIST_MAX = 2 * MOST * (LONGEST + 1)
# What parts a name from an organisation: as it is typed, or as it comes out of a spreadsheet.
PARTED = re.compile("[\t,;\u060c\uff0c]")  # and the commas of Arabic and Chinese
ERRORS_SHOWN = 5


class SignatoriesForm(Form):
    """Those asked to sign: one in two fields, or many, one a line."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation_name = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    listed = forms.CharField(
        label=_("Or several, one a line: name, organisation"),
        help_text=_(
            "For example: Ada Vrba, Riverside Institute. The first comma separates the name from "
            "the organisation. You can leave the organisation out."
        ),
        required=False,
        max_length=LIST_MAX,
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A limit that no list comes near to needs no count beside it.
        self.fields["listed"].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.reserved = reserved_from()
        name, organisation = self._typed(data, "name"), self._typed(data, "organisation_name")
        self.people = [(name, organisation)] if name else []
        if organisation and not name and "name" not in self.errors:
            self.add_error("name", _("Enter the name of the person who signs."))
        self.people += self._pasted(data.get("listed", ""))
        if not self.people and not self.errors:
            self.add_error("name", _("Enter a name, or paste a list."))
        return data

    def _typed(self, data: dict[str, Any], field: str) -> str:
        try:
            return checked_name(data.get(field, ""), self.reserved)
        except ValidationError as error:
            self.add_error(field, error)
            return ""

    def _pasted(self, listed: str) -> list[tuple[str, str]]:
        people, faults = [], []
        for number, line in enumerate(listed.splitlines(), 1):
            if not line.strip():
                continue
            try:
                name, *organisation = (
                    checked_name(part, self.reserved) for part in PARTED.split(line, maxsplit=1)
                )
            except ValidationError as error:
                faults.append(
                    gettext("Line %(line)d: %(fault)s")
                    % {"line": number, "fault": " ".join(error.messages)}
                )
                continue
            if not name:
                faults.append(gettext("Line %(line)d has no name.") % {"line": number})
            elif max(map(len, (name, *organisation))) > LONGEST:
                faults.append(
                    gettext("Line %(line)d is too long: at most 200 characters for each.")
                    % {"line": number}
                )
            else:
                people.append((name, organisation[0] if organisation else ""))
        more = len(faults) - ERRORS_SHOWN
        if more > 0:
            faults[ERRORS_SHOWN:] = [
                ngettext("And %(num)d more line.", "And %(num)d more lines.", more) % {"num": more}
            ]
        for fault in faults:
            self.add_error("listed", fault)
        return people


NAMED, WITHHELD = "named", "withheld"


class SignForm(Form):
    """A signatory's answer; `seen` is the digest of what they read."""

    naming = forms.ChoiceField(
        label=_("How do you sign?"),
        choices=[
            (NAMED, _("With my name: it is published with the response")),
            (WITHHELD, _("With my name withheld: I am counted, and my name is not published")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your name is published.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    @property
    def is_withheld(self) -> bool:
        """Say whether the signatory is not to be named; once the form was found right."""
        return bool(self.cleaned_data["naming"] == WITHHELD)


class SignByAddressForm(SignForm):
    """The signatory's own address, to which a code goes."""

    email = AddressField(
        label=_("Your own e-mail address"),
        help_text=_(
            "We send a code there and nothing else. The people who send the response never see the "
            "address. It is erased once you have typed the code, or after 30 minutes."
        ),
        error_messages={"required": _("Enter an e-mail address of your own.")},
        widget=forms.EmailInput(attrs={**QUIET, "class": "govuk-!-width-two-thirds", "dir": "ltr"}),
    )


class SignForOrganisationForm(SignByAddressForm):
    """The same page where the other button is pressed: what stands in it as an address is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["email"]
        self.fields["email"] = forms.CharField(
            label=asked.label, help_text=asked.help_text, required=False, widget=asked.widget
        )


class SignByCodeForm(SignForm):
    """The code from the mail, with what was chosen before."""

    code = CodeField()


class DeclineForm(Form):
    """The button that takes a name back: nothing is typed."""


def line_of(signatory: Signatory) -> str:
    """Write a signatory in one line, as it is typed."""
    return ", ".join(filter(None, (signatory.name, signatory.organisation_name)))
