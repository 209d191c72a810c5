"""What is typed to ask for a page to be taken down, and to decide it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.registry import Ends
from portal.web.forms import Form

# What stands for no end at all in a form, where an empty value is one that nobody chose.
ONLY = "unpublished"


class AskForm(Form):
    reason = forms.CharField(
        label=_("Why should it be unpublished?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever decides reads it. It is kept in the page's history."),
    )


class AskToEndForm(AskForm):
    """
    The way in which a page should end, of a type that has ends.

    `may_unpublish` also offers to unpublish it without more.
    """

    field_order = ("end", "successor", "reason")
    end = forms.ChoiceField(label=_("What should become of it?"), widget=forms.RadioSelect)
    successor = forms.ModelChoiceField(
        Page.objects.none(),
        label=_("What takes its place"),
        required=False,
        help_text=_("Readers are led there."),
    )

    def __init__(self, *args: Any, ends: Ends, page: Page, may_unpublish: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(each.key, f"{each.label}: {each.told}") for each in ends.ends]
        if may_unpublish:
            choices.append(
                (ONLY, gettext("Only unpublished: readers find that it was taken down."))
            )
        end, successor = self.fields["end"], self.fields["successor"]
        end.choices = choices  # type: ignore[attr-defined]
        successor.queryset = ends.successors(page)  # type: ignore[attr-defined]
        self.fields["reason"].help_text = _(
            "Whoever decides reads it. Where the text stays, readers read it too."
        )

    def clean_end(self) -> str:
        chosen: str = self.cleaned_data["end"]
        return "" if chosen == ONLY else chosen


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
