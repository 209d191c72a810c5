"""What is filled in about a response that was sent in somebody else's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.forms.base import note_field
from consultations.moderation.models import Dispute
from portal.web.forms import Form


class TakeUpDisputeForm(Form):
    dispute = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field()


class DecideDisputeForm(TakeUpDisputeForm):
    field_order = ("dispute", "outcome", "note")
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Dispute.Outcome.choices, widget=forms.RadioSelect
    )


class DisputeForm(Form):
    """“Sent in my name falsely”. `website` is for machines: people do not see it."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_(
            "Say whose name was used, and how we can tell. Do not send identity documents."
        ),
        max_length=3000,
        widget=forms.Textarea,
        error_messages={"required": _("Write what is wrong.")},
    )
    website = forms.CharField(required=False, label=_("Leave this empty"), max_length=200)

    @property
    def is_from_machine(self) -> bool:
        """Say whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))
