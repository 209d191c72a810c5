"""Form in which a member of staff says what their interest is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form


class InterestForm(Form):
    """A form that asks for the reason and nothing else of the person."""

    reason = forms.CharField(
        label=_("What the interest is"),
        help_text=_(
            "For example: you worked for a body that responds, or somebody of your family does. "
            "Editors and administrators read it; it is not published."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the interest is.")},
    )
