"""What forms of staff on a response have in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.errors import ReasonDoesNotGo
from consultations.moderation.policy import (
    Reason,
    require_pair,
)
from portal.web.forms import Form

PRIVATE = _("For staff only. It is shown nowhere else.")


def note_field(*, required: bool = False, **said: Any) -> forms.CharField:
    """Return the field of a note to the staff; `said` is what it says of itself."""
    return forms.CharField(
        **{"label": _("Private note"), "help_text": PRIVATE, **said},
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VersionForm(Form):
    """Names the version that was read, so that none is judged unread; its form's only button."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PairForm(Form):
    """A form in which a response is accepted, and a reason that goes with it."""

    def clean(self) -> dict[str, Any]:
        """Check that the reason goes with how the response is accepted."""
        data = self.cleaned_data
        if "handling" in data and "reason" in data:
            try:
                require_pair(data["handling"], Reason(data["reason"]))
            except ReasonDoesNotGo as error:
                self.add_error("reason", str(error))
        return data
