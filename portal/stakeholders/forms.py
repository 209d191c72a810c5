"""Forms about people."""

from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.stakeholders.models import User
from portal.taxonomy.vocabularies import SUBMITTER_TYPE

EMAIL_LABEL = _("E-mail address")


class ProfileFields(forms.Form):
    """What a person says of themself, at sign-up and later."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Shown beside what you write. It may be a pseudonym."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter a name; it may be a pseudonym.")},
    )
    submitter_type = forms.ChoiceField(
        label=_("You speak as"),
        choices=SUBMITTER_TYPE.choices,
        widget=forms.RadioSelect,
        help_text=_("Shown beside what you write, as your stakeholder group."),
        error_messages={"required": _("Choose whom you speak as, or “Prefer not to say”.")},
    )
    affiliation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Shown as “not verified” until the portal's staff have checked it."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class ProfileForm(ProfileFields):
    """A person's own profile; opens with what is stored."""

    @classmethod
    def of(cls, user: User, data: Any = None) -> "ProfileForm":
        names = ("name", "submitter_type", "affiliation")
        return cls(data, initial={name: getattr(user, name) for name in names})


class SignupForm(ProfileFields, AllauthSignupForm):
    """Sign-up: an address, to which a code is sent, and what the person says of themself."""

    field_order = ("email", "name", "submitter_type", "affiliation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL_LABEL
        self.fields["email"].help_text = _("We send a code to it. It is never shown to others.")


class LoginForm(AllauthLoginForm):
    """
    One form for both ways in: without a password, a code is sent to the address.

    allauth drops the password field where sign-up asks for none, so that nobody could use the
    password that they set later; here it stays, and may be left empty.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL_LABEL

    def _setup_password_field(self) -> None:
        password = self.fields["password"]
        password.required = False
        password.help_text = _("Only if you have set one. Leave it empty to be sent a code.")


class AddEmailForm(AllauthAddEmailForm):
    """The address to change to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].help_text = _("We send a code to it before anything changes.")


class RequestLoginCodeForm(AllauthRequestLoginCodeForm):
    """The address that a code for signing in is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL_LABEL


class ResetPasswordForm(AllauthResetPasswordForm):
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL_LABEL
