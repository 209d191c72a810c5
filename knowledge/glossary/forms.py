"""What a reader may ask of the glossary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.forms import Form


class FindForm(Form):
    """Find terms by words, in any language. The field is chosen by a link and carried along."""

    q = forms.CharField(
        label=_("Find a term, in any of the five languages"), required=False, max_length=100
    )
    field = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was asked for, as arguments of `find_terms`; what is wrong is left out."""
        self.is_valid()
        return {
            "words": self.cleaned_data.get("q", ""),
            "field": self.cleaned_data.get("field", ""),
        }
