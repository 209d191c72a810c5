"""What is typed about owners of guides, and about a guide that is still true."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from knowledge.guides.actions.still_true import NOT_AHEAD
from knowledge.guides.models import MAILBOXES, StillTrue
from knowledge.guides.models.review import LONGEST_NOTE
from portal.notifications.addresses import clean_address
from portal.web.forms import Form, TypedText


class OwnerForm(TypedText, WagtailAdminModelForm):
    """The form of an owner in the admin; an address that is changed has to be verified anew."""

    def clean_mailbox(self) -> str:
        return clean_address(typed) if (typed := self.cleaned_data["mailbox"]) else ""

    def clean_deputy_mailbox(self) -> str:
        return clean_address(typed) if (typed := self.cleaned_data["deputy_mailbox"]) else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("deputy_mailbox") and not cleaned.get("deputy_name"):
            self.add_error("deputy_name", _("Name the deputy whose mailbox this is."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        for box in MAILBOXES:
            if box.field in self.changed_data:
                setattr(self.instance, box.verified, None)
                setattr(self.instance, box.secret, "")
        return super().save(commit)


class StillTrueForm(Form):
    """Somebody's word that a guide still holds."""

    was_read = forms.BooleanField(
        label=_("I read it against its sources and it is still true"),
        error_messages={"required": _("Read it against its sources first, and tick this.")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you compared. The second person reads it, and it is kept."),
        error_messages={"required": _("Say in a few words what you compared.")},
    )
    review_due = forms.DateField(label=_("Next review"), widget=AdminDateInput)

    def clean_review_due(self) -> date:
        due: date = self.cleaned_data["review_due"]
        if due <= timezone.localdate():
            raise forms.ValidationError(NOT_AHEAD)
        return due


class ConfirmForm(Form):
    """A second person's answer; each button of the page has its own decision."""

    decision = forms.ChoiceField(choices=StillTrue.Decision, widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Why not"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you refuse. Whoever asked reads it."),
    )
