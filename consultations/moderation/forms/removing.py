"""What staff fill in to remove a published response, and to put it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.forms.base import note_field
from consultations.moderation.policy import (
    FOR_REMOVING,
    explain,
)
from portal.web.forms import Form


def reasons_for_removing() -> list[tuple[str, str]]:
    """Return each reason with what it means, as its submitter and the public read it."""
    return [(reason.value, explain(reason)) for reason in FOR_REMOVING]


class RemoveForm(Form):
    """No reason is chosen beforehand: each says something else about the response, in public."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_(
            "Everybody can read it. Where publication puts somebody at risk, the response is "
            "removed at once, and a second person confirms or lifts that. For any other reason it "
            "stays published until a second person confirms."
        ),
        choices=reasons_for_removing,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = note_field(
        label=_("Why it must be removed"),
        help_text=_("For the person who confirms it. Only staff read this."),
        error_messages={"required": _("Say why, for the person who confirms it.")},
        required=True,
    )


class DecideRemovalForm(Form):
    """Names the act that was read, so that nothing is confirmed unread."""

    removal = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field()


class ProposeReturnForm(Form):
    note = note_field(
        label=_("Why it should be published again"),
        help_text=_("For the person who confirms it. Only staff read this."),
        error_messages={"required": _("Say why, for the person who confirms it.")},
        required=True,
    )
