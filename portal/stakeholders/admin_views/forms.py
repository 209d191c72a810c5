"""Forms of the admin about people: an invitation, and the reason for an act."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notifications.addresses import QUIET, AddressField
from portal.stakeholders.fields import StateChoiceField
from portal.stakeholders.models import Organisation, State
from portal.web.forms import Form


class InvitationForm(Form):
    """An offer of roles, an organisation or a state to a mailbox."""

    email = AddressField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs=QUIET),
        error_messages={"required": _("Enter the address of the person.")},
    )
    roles = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the person may do here. Give no more than they need."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        help_text=_("Only once the organisation has confirmed that they speak for it."),
    )
    signs_for_organisation = forms.BooleanField(
        label=_("Signs for the organisation"),
        required=False,
        help_text=_("May send in its name what its people have prepared together."),
    )
    state = StateChoiceField(
        State.objects.all(),
        label=_("Delegate of"),
        required=False,
        help_text=_("For state delegates: the state whose page they keep."),
    )
    reason = forms.CharField(
        label=_("What for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One or two plain sentences. The person reads them in the mail, with your name. "
            "For example: “Please help us to screen the answers to the consultation on spyware.”"
        ),
        error_messages={"required": _("Write what the person is invited for.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = cast(forms.ModelMultipleChoiceField, self.fields["roles"])
        roles.queryset = Group.objects.order_by("name")
        organisations = cast(forms.ModelChoiceField, self.fields["organisation"])
        organisations.queryset = Organisation.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("signs_for_organisation") and not data.get("organisation"):
            self.add_error("signs_for_organisation", _("Choose the organisation they sign for."))
        if not any(data.get(each) for each in ("roles", "organisation", "state")):
            self.add_error(
                "roles", _("Choose a role, an organisation or a state: else there is no offer.")
            )
        return data


class ReasonForm(Form):
    """The reason for an act; `help_text` says who reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=150,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a reason.")},
    )

    def __init__(self, *args: Any, help_text: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text  # type: ignore[assignment]
