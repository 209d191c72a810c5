"""What a reader may ask of the register, as GET parameters of its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import REGION


class RegisterFilterForm(forms.Form):
    """Narrow the register. Every field is optional; an unknown value is an error by its field."""

    name = forms.CharField(label=_("Find a state"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any status")), *State.CodeStatus.choices],
        error_messages={"invalid_choice": _("Choose a status from the list.")},
    )
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
