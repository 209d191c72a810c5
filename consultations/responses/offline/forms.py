"""What is typed about an answer that did not begin on the portal, or comes late."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from consultations.calls.models import ConsultationPage
from consultations.calls.page_forms import WallTimeField
from consultations.calls.zones import end_of_minute
from consultations.responses.actions.paper import ON_PAPER
from consultations.responses.errors import Refused
from consultations.responses.forms.steps import CodeForm
from consultations.responses.models import Channel, LateReason, LateToken
from consultations.responses.notices import why
from consultations.responses.offline.parsing import Reading, read
from consultations.responses.offline.uploads import MOST_TEXT, text_of
from portal.cms.jinja import zone_name
from portal.web.forms import Form


class FilledForm(Form):
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
            "The day on which it arrived. For a letter, the day of the post-mark if that is "
            "earlier. A response of the day of the deadline is in time."
        ),
        widget=AdminDateInput,
        error_messages={"required": _("Enter the day on which it was received.")},
    )
    reason = forms.ChoiceField(
        label=_("Why it is taken late"),
        help_text=_(
            "Needed after the deadline. It is not published. It is forgotten when a response "
            "without a name is sent."
        ),
        required=False,
        choices=[("", _("Nothing: it is typed in before the deadline")), *LateReason.choices],
        widget=forms.RadioSelect,
    )
    field_order = ("channel", "received_on", "reason", "file", "text")


class TokenForm(CodeForm):
    """
    Form for what lets an answer in after the deadline: one of those announced, or a token.

    `cleaned_data["way"]` is the announced `LateToken`, None where the code of a token counts.
    """

    OWN = "token"
    way = forms.ChoiceField(
        label=_("What kept you from responding in time?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kept you from responding in time.")},
    )
    field_order = ("way", "code")

    def __init__(self, *args: Any, announced: Sequence[LateToken], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.announced = {str(token.pk): token for token in announced}
        code = self.fields["code"]
        code.label, code.required = _("Your late token"), False
        if announced:
            code.help_text = _("Only if you were given one.")
            way = cast(forms.ChoiceField, self.fields["way"])
            way.choices = [
                *((key, why(token)) for key, token in self.announced.items()),
                (self.OWN, _("Something else: I was given a late token")),
            ]
        else:
            del self.fields["way"]

    def clean_way(self) -> LateToken | None:
        return self.announced.get(self.cleaned_data["way"])

    def clean_code(self) -> str:
        """Check a code as every form does, unless something announced was chosen."""
        if self.announced and self.data.get("way") != self.OWN:
            return ""
        if not self.cleaned_data["code"]:
            raise ValidationError(_("Enter your late token."))
        return super().clean_code()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return {**data, "way": data.get("way")}


class LateTokenForm(Form):
    """A late token to be given. No text can be tested for names: so only events have one."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            (each.value, each.label) for each in LateReason if each is not LateReason.POSTMARKED
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why responses are let in late.")},
    )
    event = forms.CharField(
        label=_("What happened, and where"),
        help_text=_(
            "Needed for all reasons except the last, and published if you announce it. For the "
            "last reason leave it empty. The portal cannot tell a name from another word. So write "
            "only about the event and the place, never about a person, an organisation, or "
            "somebody's illness."
        ),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_announced = forms.BooleanField(
        label=_("Announce it: everybody who was affected gets in without a token"),
        help_text=_(
            "The consultation's page then shows it, with the reason and until when. Nobody has to "
            "prove anything, and nobody stands out. Choose this whenever it affected many people."
        ),
        required=False,
    )
    most_answers = forms.IntegerField(
        label=_("How many responses the token lets in"),
        help_text=_(
            "Leave it empty to let in any number. Give one token to all people whom the same thing "
            "affected. If only one person has a token, others easily take them for the writer of "
            "the only late response."
        ),
        required=False,
        min_value=1,
        max_value=100_000,
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
            "The last minute in which a response can be sent, in %(zone)s: e.g. 2027-01-31 23:59. "
            "A response can be sent as long as any token of the consultation is valid."
        ) % {"zone": zone_name(self.zone, get_language())}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_announced") and data.get("most_answers"):
            self.add_error(
                "most_answers",
                _("What is announced lets in any number of responses. Leave this empty."),
            )
        return data

    def clean_expires_at(self) -> datetime:
        """Return in UTC, exclusive, the instant that was typed as the zone's clocks show it."""
        try:
            return end_of_minute(self.cleaned_data["expires_at"], self.zone)
        except OverflowError:  # the last or first minute there is
            raise ValidationError(_("Enter a date that a calendar has.")) from None
