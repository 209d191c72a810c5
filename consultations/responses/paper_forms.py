"""What is typed about an answer that did not begin on the portal, or comes late."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from consultations.calls.editing import WallTimeField
from consultations.calls.models import ConsultationPage
from consultations.calls.zones import end_of_minute
from consultations.responses.actions.paper import ON_PAPER
from consultations.responses.errors import Refused
from consultations.responses.form_file import MOST_TEXT, text_of
from consultations.responses.forms import CodeForm
from consultations.responses.models import Channel
from consultations.responses.offline_form import Reading, read

REASON_MAX = 500


class FilledForm(forms.Form):
    """A form that somebody filled in elsewhere: as a file, or as its text."""

    file = forms.FileField(
        label=_("The form as a file"),
        help_text=_("The plain-text form, or the PDF form with its fields filled in."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,text/plain,application/pdf"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        help_text=_("The whole text of the plain-text form, from its first line to its last."),
        required=False,
        strip=False,
        validators=[MaxLengthValidator(MOST_TEXT)],  # no count beside it: nobody gets near
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "false"}),
    )
    is_needed = True

    def __init__(self, *args: Any, consultation: ConsultationPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.reading: Reading | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors.keys().isdisjoint(("file", "text")):
            return data
        upload, text = data.get("file"), data.get("text", "")
        if upload and text.strip():
            self.add_error("file", _("Send the file or the text, not both."))
        elif upload or text.strip():
            self._read("file" if upload else "text", upload, text)
        elif self.is_needed:
            self.add_error("file", _("Choose the file, or paste the text of the form."))
        return data

    def _read(self, source: str, upload: Any, text: str) -> None:
        try:
            text = text_of(upload, self.consultation) if upload else text
            self.reading = read(text, self.consultation)
        except Refused as refusal:
            self.add_error(source, str(refusal))
        else:
            # A browser does not send a file again: what was in it stays in the field for the text.
            self.data = {**{name: self.data[name] for name in self.data}, "text": text}


class EntryForm(FilledForm):
    """An answer that staff enter: how it came, when, and the form where there is one."""

    is_needed = False
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(each.value, each.label) for each in ON_PAPER],
        initial=Channel.POST,
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label=_("Day received"),
        help_text=_(
            "The day on which it arrived; of a letter, that of the post-mark if it is earlier. An "
            "answer of the day of the deadline is in time."
        ),
        widget=AdminDateInput,
        error_messages={"required": _("Enter the day on which it was received.")},
    )
    reason = forms.CharField(
        label=_("Why it is taken in"),
        help_text=_(
            "Needed after the deadline: that it was post-marked in time, or why a late answer is "
            "let in. Staff read it; it is not published. Name nobody."
        ),
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("channel", "received_on", "reason", "file", "text")


class TokenForm(CodeForm):
    """The token that lets one answer in after the deadline."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Your late token")
        self.fields["code"].error_messages["required"] = _("Enter your late token.")


class LateTokenForm(forms.Form):
    """A late token to be given."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For staff; it is not published. Name nobody who answers without a name."),
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why this answer is let in late.")},
    )
    expires_at = WallTimeField(
        label=_("Valid until"),
        widget=AdminDateTimeInput,
        error_messages={"required": _("Say until when it is valid.")},
    )

    def __init__(self, *args: Any, consultation: ConsultationPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = consultation.timezone
        self.fields["expires_at"].help_text = _(
            "The last minute in which the answer can be sent, in %(zone)s: e.g. 2027-01-31 23:59."
        ) % {"zone": self.zone}

    def clean_expires_at(self) -> datetime:
        """The exclusive instant, in UTC, of what was typed as clocks show it in the zone."""
        try:
            return end_of_minute(self.cleaned_data["expires_at"], self.zone)
        except OverflowError:  # the last or first minute there is
            raise ValidationError(_("Enter a date that a calendar has.")) from None
