"""What staff type to decide while a consultation runs: a later deadline, other words."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminDateTimeInput

from consultations.calls import zones
from consultations.calls.page_forms import WallTimeField
from consultations.questionnaires.blocks import INTRODUCTION_FEATURES
from consultations.questionnaires.rewording import WORDS
from portal.cms.jinja import zone_name
from portal.web.forms import Form


class ExtensionForm(Form):
    """A later deadline, typed as its last minute in the consultation's `zone`, and why."""

    closes_at = WallTimeField(label=_("New deadline"), widget=AdminDateTimeInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Published with the new deadline."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["closes_at"].help_text = _(
            "The last minute that is in time, in %(zone)s: e.g. 2027-01-31 23:59."
        ) % {"zone": zone_name(zone, get_language())}

    def clean_closes_at(self) -> datetime:
        return zones.end_of_minute(self.cleaned_data["closes_at"], self.zone)


class CorrigendumForm(Form):
    """
    New words for a question (`text`, `help`) or a section (`introduction`), and why.

    `words` are the present ones, by name; the form has a field for each.
    """

    text = forms.CharField(
        label=_("Question"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    help = forms.CharField(
        label=_("Help"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    introduction = forms.CharField(label=_("Introduction"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Published with the words before and after."),
    )

    def __init__(self, *args: Any, words: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": words})
        for name in WORDS:
            if name not in words:
                del self.fields[name]
        if "introduction" in self.fields:
            self.fields["introduction"].widget = get_rich_text_editor_widget(
                features=INTRODUCTION_FEATURES
            )
