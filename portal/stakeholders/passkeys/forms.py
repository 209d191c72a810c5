"""allauth's forms of passkeys in the portal's words."""

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.forms import Worded, Words
from portal.web.forms import TypedText


class PasskeyForm(TypedText, AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except forms.ValidationError:
            note(self.user, What.WRONG_FACTOR, Authenticator.Type.WEBAUTHN)
            raise


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):
    """The same, before something that concerns the account's safety."""


PASSKEY_NAME = Words(
    pgettext_lazy("of a thing", "Name"),
    _("For example “work laptop”. Only you see it."),
    required=_("Enter a name for the passkey."),
)


class AddPasskeyForm(Worded, AddWebAuthnForm):
    """A new passkey: its name, and whether it is to sign its owner in by itself."""

    words: ClassVar = {
        "name": PASSKEY_NAME,
        "passwordless": Words(
            _("Sign me in with it alone"),
            _("It then asks for your finger, face or PIN. Old security keys cannot do that."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["passwordless"].initial = True


class PasskeyNameForm(Worded, EditWebAuthnForm):
    """Another name for a passkey."""

    words: ClassVar = {"name": PASSKEY_NAME}
