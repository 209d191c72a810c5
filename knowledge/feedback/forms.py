"""What is typed at the foot of a guide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.feedback.models import LONGEST_TEXT
from portal.curation.query_privacy import counted_as
from portal.web.forms import Form

YES, NO = "yes", "no"


class UsefulForm(Form):
    """A reader’s word on a guide. `website` is for machines: people do not see it."""

    useful = forms.ChoiceField(
        label=_("Was this guide useful?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes or no."),
            "invalid_choice": _("Choose yes or no."),
        },
    )
    text = forms.CharField(
        label=_("What is missing?"),
        help_text=_("Do not write names or anything about yourself."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    words = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False, label=_("Leave this empty"))

    def clean_words(self) -> str:
        """Return them as they may be counted; nothing of what might tell of a person."""
        return counted_as(self.cleaned_data["words"]) or ""
