"""Forms about people: what they say of themselves, and allauth's own in the portal's words."""

from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as ActivateForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notifications.addresses import clean_address
from portal.sessions.models import Session
from portal.stakeholders.models import User
from portal.stakeholders.names import checked_name, reserved_from
from portal.stakeholders.rate_limits import ANY_ACCOUNT, try_secret
from portal.taxonomy.vocabularies import SUBMITTER_TYPE
from portal.web.forms import Form


class ProfileFields(Form):
    """Fields in which a person describes themself, at sign-up and later."""

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
    # Whose profile it is; None for somebody who has no account yet.
    person: User | None = None

    def clean_name(self) -> str:
        """Return the name without what cannot be seen; raise ValidationError if it may not be."""
        return checked_name(self.cleaned_data["name"], reserved_from(self.person))

    def clean_affiliation(self) -> str:
        """Clean it as the name."""
        return checked_name(self.cleaned_data["affiliation"], reserved_from(self.person))


class ProfileForm(ProfileFields):
    """A person's own profile; opens with what is stored."""

    @classmethod
    def of(cls, user: User, data: Any = None) -> "ProfileForm":
        form = cls(data, initial={name: getattr(user, name) for name in cls.base_fields})
        form.person = user
        return form


class DeleteAccountForm(Form):
    """A choice of what becomes of what somebody wrote for everybody; asked where there is some."""

    KEEP, ERASE = "keep", "erase"

    comments = forms.ChoiceField(
        label=_("Your comments in discussions"),
        choices=[
            (KEEP, _("Keep them without my name and my organisation")),
            (ERASE, _("Remove them, with every earlier wording")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of your comments.")},
    )

    def __init__(self, *args: Any, has_choice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_choice:
            del self.fields["comments"]

    @property
    def erases(self) -> bool:
        """Say whether the comments are to be removed."""
        return self.cleaned_data.get("comments") == self.ERASE


class SessionNameForm(Form):
    """A person's name for a browser in which they are signed in; opens with what is stored."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        error_messages={"max_length": _("Use at most %(limit_value)d characters for the name.")},
        help_text=_("For example “work laptop”. Only you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @classmethod
    def of(cls, session: Session) -> "SessionNameForm":
        return cls(initial={"name": session.name}, auto_id=f"{session.pk[:12]}-%s")


@dataclass(frozen=True)
class Words:
    """Words by which a field is asked for; what is empty stays as allauth has it."""

    label: str | Promise = ""
    help_text: str | Promise = ""
    required: str | Promise = ""
    invalid: str | Promise = ""

    def put_on(self, field: forms.Field) -> None:
        field.label = self.label or field.label  # type: ignore[assignment]
        field.help_text = self.help_text or field.help_text  # type: ignore[assignment]
        for code in ("required", "invalid"):
            if message := getattr(self, code):
                field.error_messages[code] = message


def email_words(label: str | Promise = "", help_text: str | Promise = "") -> Words:
    return Words(
        label or _("E-mail address"),
        help_text,
        required=_("Enter your e-mail address."),
        invalid=_("Enter an e-mail address like name@example.org."),
    )


class Worded(Form):
    """A form of allauth's whose fields are asked for in the portal's words."""

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            words.put_on(self.fields[name])
        for field in self.fields.values():
            if isinstance(field, forms.EmailField):
                field.validators = [check_address]

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """Read an address as mail servers take it, as everywhere (`addresses`)."""
        typed = super()._widget_data_value(widget, html_name)
        if not typed or getattr(widget, "input_type", "") != "email":
            return typed
        try:
            return clean_address(typed)
        except ValidationError:  # said by the field
            return typed


def check_address(typed: str) -> None:
    """Raise ValidationError with a sentence that says why mail cannot be sent there."""
    clean_address(typed)


class SignupForm(Worded, ProfileFields, account.SignupForm):
    """Sign-up: an address, to which a code is sent, and what the person says of themself."""

    field_order = ("email", "name", "submitter_type", "affiliation")
    words: ClassVar = {
        "email": email_words(
            help_text=_("We send a code to it. It is not shown to other visitors.")
        )
    }


class LoginForm(Worded, account.LoginForm):
    """
    One form for both ways in: without a password, a code is sent to the address.

    allauth drops the password field where sign-up asks for none, so that nobody could use the
    password that they set later; here it stays, and may be left empty.
    """

    words: ClassVar = {
        "login": email_words(),
        "password": Words(
            _("Password"), _("Only if you have set one. Leave it empty to be sent a code.")
        ),
    }

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False


class AddEmailForm(Worded, account.AddEmailForm):
    """The address to change to."""

    words: ClassVar = {
        "email": email_words(
            _("New e-mail address"), _("We send a code to it before anything changes.")
        )
    }


class RequestLoginCodeForm(Worded, account.RequestLoginCodeForm):
    """The address that a code for signing in is sent to."""

    words: ClassVar = {"email": email_words()}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """The address of an account whose password is forgotten."""

    words: ClassVar = {"email": email_words()}


class MailedCodeForm(Form):
    """A code from a mail, counted by client before it is looked at; three wrong ones end it."""

    def clean_code(self) -> str:
        turn = ANY_ACCOUNT.take(context.request)
        code: str = super().clean_code()  # type: ignore[misc]
        turn.give_back()
        return code


CODE = {"code": Words(_("Code"), required=_("Enter the code from the e-mail."))}


class LoginCodeForm(Worded, MailedCodeForm, account.ConfirmLoginCodeForm):
    """The code that signs its owner in."""

    words: ClassVar = CODE


class EmailCodeForm(Worded, MailedCodeForm, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    words: ClassVar = CODE


class PasswordResetCodeForm(Worded, MailedCodeForm, account.ConfirmPasswordResetCodeForm):
    """The code that lets its owner choose a new password."""

    words: ClassVar = CODE


class ProofCodeForm(Worded, Form):
    """The code that its owner proves once more with who they are."""

    code = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
    words: ClassVar = CODE


APP_CODE = {"code": Words(_("Code"), required=_("Enter the code that your app shows."))}


class ActivateTOTPForm(Worded, ActivateForm):
    """The first code of an authenticator app, which proves that it is set up."""

    words: ClassVar = APP_CODE


class SecondSecretForm(Form):
    """A second factor, counted by account and client before it is looked at."""

    user: User

    def clean_code(self) -> str:
        tried = try_secret(context.request, "second", self.user.email, is_second=True)
        code: str = super().clean_code()  # type: ignore[misc]
        tried.was_right()
        return code


class SecondFactorForm(Worded, SecondSecretForm, AuthenticateForm):
    """The second step of signing in: the app's code or a recovery code."""

    words: ClassVar = APP_CODE


class SecondFactorAgainForm(Worded, SecondSecretForm, ReauthenticateForm):
    """The same, asked again before something that concerns the account's safety."""

    words: ClassVar = {
        "code": Words(
            _("Code"),
            _("From your authenticator app, or one of your recovery codes."),
            required=_("Enter the code that your app shows, or a recovery code."),
        )
    }
