"""How allauth behaves here: what it keeps of a person, and what it must never keep."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.sites.shortcuts import get_current_site
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.onion import on_the_open_web
from portal.sessions.actions import end_sessions
from portal.sessions.store import session_of
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders import known_devices
from portal.stakeholders.models import Person, User
from portal.stakeholders.notifications import CODE, KNOWN, NOTICE, tell_of_account
from portal.stakeholders.proof.session import was_code_just_used, was_proved_again, ways_in
from portal.stakeholders.rate_limits import may_be_mailed, try_secret
from portal.stakeholders.sealing import open_secret, seal_secret
from portal.web.clients import client_of


class AccountAdapter(DefaultAccountAdapter):
    """
    Keeps what a person states at sign-up, and neither IP address nor user agent of anyone.

    allauth uses the address to limit rates and offers both to the mail that it sends about
    changes to an account; both get a stand-in here, so nothing behind this class can store them.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("The code is not right. Check it against the newest e-mail."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Enter your current password; this is not it."),
        "duplicate_email": _("This is your e-mail address already."),
        # Said where a mailed code was wrong for the last time; passwords have turns (rate_limits).
        "too_many_login_attempts": _(
            "The code was wrong too often and no longer works. Begin again."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """
        Return a stand-in for the client (`portal.web.clients`): the same for a day.

        Rate limits need to tell clients apart for minutes, not to know them: what they count by is
        a hash under the day's key, which nobody has once the day has ended.
        """
        return client_of(request).alone

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the password before it is looked at; raises MustWait."""
        self._tried = try_secret(request, "password", credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None:
            self._tried.was_right()
        return user

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Note that all steps are done: strangers' attempts no longer hold this browser back."""
        response = super().post_login(request, user, **more)
        assert isinstance(user, User)
        known_devices.remember(request, response, user.email)
        return response

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Hand the mail to the outbox, which bounds what one address gets in a day.

        So a mail server that is away fails no page, and how long a page takes tells nothing. What a
        client asks for too often is not sent, and it is not told so: others may use its address.
        """
        kind = context.get("kind", CODE)
        if kind == CODE:
            may_go, is_known = may_be_mailed(self.request, email)
            if not may_go:
                return
            kind = KNOWN if is_known else CODE
            context["known_url"] = on_the_open_web(known_devices.link_for(email))
        ours = {
            "site_name": settings.SITE_NAME,
            "login_url": on_the_open_web(reverse("account_login")),
            "signup_url": on_the_open_web(reverse("account_signup")),
        }
        more = {
            "request": self.request,
            "email": email,
            "current_site": get_current_site(self.request),
        }
        mail = self.render_mail(template_prefix, email, {**more, **context, **ours})
        tell_of_account(
            to=email,
            subject=mail.subject,
            text=str(mail.body),
            kind=kind,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of an account what was done to it while signed in."""
        context = {"kind": NOTICE, **(context or {})}
        super().send_notification_mail(template_prefix, user, context, email)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in; from the first answer on it is known whose hours the session keeps."""
        super().login(request, user)
        assert isinstance(user, User)
        note(user, What.SIGNED_IN, ways_in(request, user))
        session_of(request).use(by_staff=user.is_staff_member, is_activity=True)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            note(request.user, What.SIGNED_OUT)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        for person in User.objects.filter(email__iexact=credentials.get("email") or ""):
            note(person, What.WRONG_PASSWORD)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Change the password, which ends every other session of its owner."""
        super().set_password(user, password)
        end_sessions(user, but=self.request.session.session_key)
        note(user, What.PASSWORD_CHANGED)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """
        Ways to prove again who one is: by the second factor for whoever has one, never around it.

        Whoever has neither that nor a password proves it by a mailed code.
        """
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use your passkey"),
        }
        ways = [
            {**way, "description": words[way["id"]]}
            for way in super().get_reauthentication_methods(user)
        ]
        factors = [way for way in ways if way["id"] != "reauthenticate"]
        if ways or not user.is_authenticated:
            return factors or ways
        return [
            {
                "id": "mailed_code",
                "description": _("Use a code by e-mail"),
                "url": reverse("account_reauthenticate_by_code"),
            }
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """
        Ask as allauth does, and those with only a mailbox, whom it would let through.

        Not, though, for the code that they have just signed in with, where they set up their first
        factor: a second code from the same mailbox would prove nothing more.
        """
        person = self.request.user
        if not get_reauthentication_flows(person) and not was_proved_again(self.request, person):
            if app == "allauth.mfa" and was_code_just_used(self.request, person):
                return False
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,
    ) -> AbstractBaseUser:
        """Save what the sign-up form asked of a new person: the one place where it is kept."""
        assert isinstance(user, User)
        user.name = form.cleaned_data["name"]
        user.submitter_type = form.cleaned_data["submitter_type"]
        user.affiliation = form.cleaned_data["affiliation"]
        return super().save_user(request, user, form, commit=commit)


class MFAAdapter(DefaultMFAAdapter):
    """The default, with a QR code that stands in the page itself, and with sealed secrets."""

    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return open_secret(encrypted_text)

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        """Name a passkey to which its owner gives no name; the second one has a number."""
        before = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if not before:
            return gettext("Passkey")
        return gettext("Passkey %(number)d") % {"number": before + 1}

    def build_totp_svg(self, url: str) -> str:
        """
        Return the QR code as an `<svg>` element, described for those who do not see it.

        The content security policy allows no `data:` image, which is what allauth would show.
        """
        drawing = super().build_totp_svg(url)
        label = escape(_("QR code with the key below"))
        return drawing[drawing.index("<svg ") :].replace(
            "<svg ", f'<svg role="img" class="qr-code" aria-label="{label}" ', 1
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Passkeys are made for the name of this host, and say which portal they are for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}
