"""How allauth behaves here: what it keeps of a person, and what it must never keep."""

import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from portal.onion import on_the_open_web
from portal.stakeholders.models import User
from portal.stakeholders.notifications import tell_of_account
from portal.web.rate_limits import stand_in

UNIQUE_LOCAL = ipaddress.ip_network("fc00::/7")  # RFC 4193: of no network that anybody is given


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
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("A code was sent just now. Wait a little before you ask for another."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """
        A stand-in for the client's address, the same for a day and then another.

        Rate limits need to tell clients apart for minutes, not to know them: what they count by is
        this hash under the day's key, which nobody has once the day has ended.
        """
        try:
            address = ipaddress.ip_address(super().get_client_ip(request))
        except (PermissionDenied, ValueError):  # a server on a socket names no client
            network = "unknown"
        else:
            # Whoever has an IPv6 address has a network of them; not so what Tor numbers its
            # circuits by, which is of no network.
            whole = address.version == 4 or address in UNIQUE_LOCAL
            network = str(
                ipaddress.ip_network((address, address.max_prefixlen if whole else 64), False)
            )
        return stand_in(network)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Hand the mail to the outbox, which bounds what one address gets in a day.

        So a mail server that is away fails no page, and how long a page takes tells nothing.
        """
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
            is_notice=context.get("is_notice", False),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of an account what was done to it while signed in."""
        context = {"is_notice": True, **(context or {})}
        super().send_notification_mail(template_prefix, user, context, email)

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: BaseForm,
        commit: bool = True,
    ) -> AbstractBaseUser:
        """The new person with what the sign-up form asked: the one place where it is kept."""
        assert isinstance(user, User)
        user.name = form.cleaned_data["name"]
        user.submitter_type = form.cleaned_data["submitter_type"]
        user.affiliation = form.cleaned_data["affiliation"]
        return super().save_user(request, user, form, commit=commit)


class MFAAdapter(DefaultMFAAdapter):
    """The default, with a QR code that stands in the page itself."""

    def build_totp_svg(self, url: str) -> str:
        """
        The QR code as an `<svg>` element, described for those who do not see it.

        The content security policy allows no `data:` image, which is what allauth would show.
        """
        drawing = super().build_totp_svg(url)
        label = escape(_("QR code with the key below"))
        return drawing[drawing.index("<svg ") :].replace(
            "<svg ", f'<svg role="img" class="qr-code" aria-label="{label}" ', 1
        )
