"""Who read a translation, and when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form


class ReviewForm(Form):
    """Form for who read a text, and on which day."""

    read_by = forms.CharField(
        label=_("Who read it"),
        help_text=_(
            "A person or an organisation, as they wish to be named. Leave it empty if they do not "
            "wish to be named. Only staff see it."
        ),
        required=False,
        max_length=200,
    )
    read_on = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say on which day it was read.")},
    )
