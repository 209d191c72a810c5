"""What a reader may ask of the register, and tell of a state."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.taxonomy.vocabularies import REGION
from portal.web.forms import Form


class RegisterFilterForm(Form):
    """Narrow the register. Every field is optional; an unknown value is an error by its field."""

    name = forms.CharField(label=_("Find any state or territory"), required=False, max_length=100)
    region = forms.ChoiceField(
        label=_("UN region"),
        required=False,
        choices=[("", _("Any region")), *REGION.choices],
        error_messages={"invalid_choice": _("Choose a region from the list.")},
    )

    @property
    def chosen(self) -> dict[str, str]:
        """Return the valid filters by name, empty ones left out."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SourceTipForm(Form):
    """A source that anyone can read. `website` is for machines: people do not see it."""

    source = forms.URLField(
        label=_("Address of the source"),
        help_text=_(
            "A page or document that anyone can read, best the issuer’s own or an archive’s. It "
            "begins with https:// or http://."
        ),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": _("Enter the address of the source."),
            "invalid": _("Enter an address such as https://www.un.org/en/."),
        },
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label=_("What does it say?"),
        help_text=_(
            "In a sentence: an endorsement, an invitation, a mistake here. Nothing that names you "
            "or somebody else is needed."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    website = forms.CharField(required=False, label=_("Leave this empty"), max_length=200)

    def clean_source(self) -> str:
        source = self.cleaned_data["source"]
        if not source.startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["source"].error_messages["invalid"])
        return source
