"""What staff fill in to decide on a response."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consultations.moderation.errors import ReasonDoesNotGo
from consultations.moderation.forms.base import PairForm, VersionForm, note_field
from consultations.moderation.policy import (
    FOR_ACCEPTING,
    FOR_LATE,
    FOR_REJECTING,
    HANDLING_OF,
    Reason,
    choices,
    require_pair,
)
from consultations.responses.models import Handling
from portal.web.forms import Form


class AcceptForm(VersionForm):
    """
    A choice of how to accept a response: each reason goes with one way alone.

    A form that names a way of its own (`handling`) is held against that.
    """

    reason = forms.ChoiceField(
        label=_("Accept as"),
        choices=[
            (each.value, format_lazy("{} · {}", HANDLING_OF[each].label, each.label))
            for each in FOR_ACCEPTING
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how to accept it.")},
    )
    note = note_field()

    def clean(self) -> dict[str, Any]:
        """Add the way that goes with the reason."""
        data = self.cleaned_data
        if "reason" in data:
            reason = Reason(data["reason"])
            data["handling"] = HANDLING_OF[reason].value
            try:
                require_pair(self.data.get("handling") or data["handling"], reason)
            except ReasonDoesNotGo as error:
                self.add_error("reason", str(error))
        return data


class AskForm(VersionForm):
    question = forms.CharField(
        label=_("Your question"),
        help_text=_("The submitter reads it on the response's page, and can answer there."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProposeQuestionForm(AskForm):
    """A question to whoever answered without a name: somebody else reads it before it goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].help_text = _(
            "This person gave no name. A second person reads your question before it goes. It ends "
            "with: “You need not answer. If you do not, nothing changes.”"
        )


class SendQuestionForm(VersionForm):
    proposal = forms.IntegerField(widget=forms.HiddenInput)


class DeclineQuestionForm(SendQuestionForm):
    note = note_field()


class ProposeRejectionForm(VersionForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=choices(FOR_REJECTING),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = note_field()


class DecideRejectionForm(VersionForm):
    note = note_field()


def leave_out_late_reasons(form: forms.Form) -> None:
    """Offer no reason of late responses: for a response that is not marked as late."""
    reason: Any = form.fields.get("reason")
    if reason is not None:
        reason.choices = [each for each in reason.choices if each[0] not in FOR_LATE]


class NoteForm(Form):
    note = note_field(required=True)


class BulkAcceptForm(PairForm):
    """Accepting several at once as they came in: what needs judgement is done one by one."""

    handling = forms.ChoiceField(
        label=_("Accept as"),
        choices=[(each.value, each.label) for each in Handling if each != Handling.CONFIDENTIAL],
        widget=forms.RadioSelect,
        initial=Handling.PUBLIC,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=choices(tuple(each for each in FOR_ACCEPTING if each != Reason.CLAIM_HOLDS)),
    )
    note = note_field()


class BulkPublishForm(Form):
    """Publishing asks nothing more."""
