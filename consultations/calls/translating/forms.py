"""What is asked of who sends the words of a consultation for approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form


class ReasonForm(Form):
    """A reason why words change that people have answered."""

    reason = forms.CharField(
        label=_("Why words change that people have answered"),
        help_text=_(
            "Needed only once the consultation has opened and words of a question that are public "
            "in this language change. Write it in this language: it is published."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
