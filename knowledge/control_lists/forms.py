"""What a reader looks for among the entries: a number of any list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.web.forms import Form


class FindEntryForm(Form):
    """Find entries by a number, as any of the lists writes it."""

    number = forms.CharField(
        label=pgettext_lazy("of a list", "Number"),
        required=False,
        max_length=40,
        help_text=_("Of any list, such as “4.A.5”, “4A005” or “ECCN 5A001.f”."),
    )

    @property
    def chosen(self) -> str:
        """Return the number that was asked for; "" for none, or for one that is wrong."""
        self.is_valid()
        return str(self.cleaned_data.get("number", ""))
