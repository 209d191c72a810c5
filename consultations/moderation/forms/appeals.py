"""What an author says against a decision, and what another moderator answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.models import MAX_APPEAL
from portal.web.forms import Form


class DecideAppealForm(Form):
    """Another moderator's decision on an appeal."""

    GRANT, REFUSE = "grant", "refuse"
    appeal = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (GRANT, _("Grant it: take the decision back")),
            (REFUSE, _("Do not grant it: the decision stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    answer = forms.CharField(
        label=_("Why"),
        help_text=_("Its author reads this. It is not published."),
        max_length=MAX_APPEAL,
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealForm(Form):
    """The words of an author against a rejection or a removal."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        help_text=_("Only the people who check responses read this. It is not published."),
        max_length=MAX_APPEAL,
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"maxlength": MAX_APPEAL, "dir": "auto"}),
    )
