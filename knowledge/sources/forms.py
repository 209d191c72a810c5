"""What is typed about sources: what a reader looks for, and where an editor's text rests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from knowledge.sources.kinds import Kind
from portal.web.forms import Form, TypedText


class SourceForm(TypedText, WagtailAdminModelForm):
    """The form of a source in the admin; a key may be typed in capital letters."""

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"]).lower()


class FindForm(Form):
    """Find sources by words and kind."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a thing", "Kind"),
        choices=[("", _("All kinds")), *Kind.choices],
        required=False,
    )

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was asked for, as arguments of `found`; what is wrong is left out."""
        self.is_valid()
        return {
            "words": self.cleaned_data.get("q", ""),
            "kind": self.cleaned_data.get("kind", ""),
        }


class PlaceForm(Form):
    """Say where in a source the text rests."""

    pinpoint = forms.CharField(
        label=_("Where in the source"),
        required=False,
        max_length=80,
        help_text=_("An article, a page, a principle: “Art. 5(1)”, “p. 12”, “principle 31”."),
    )

    def clean_pinpoint(self) -> Any:
        """Refuse the signs that would end a citation in a content file."""
        pinpoint = self.cleaned_data["pinpoint"]
        if set(pinpoint) & set("{}<>"):
            raise forms.ValidationError(_("Leave out the signs { } < >."))
        return pinpoint
