"""What is typed to ask for a page to be taken down, and to decide it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cms.models import UnpublishRequest
from portal.web.forms import Form


class AskForm(Form):
    reason = forms.CharField(
        label=_("Why should it be unpublished?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever decides reads it. It is kept in the page's history."),
    )


class DecideForm(Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (UnpublishRequest.Decision.UNPUBLISHED, _("Unpublish the page now")),
            (UnpublishRequest.Decision.KEPT, _("Keep it published")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why it stays"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you keep it. Whoever asked reads it."),
    )
