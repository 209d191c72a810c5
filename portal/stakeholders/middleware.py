"""Who passes the admin's door, and how often forms about accounts are taken."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.stakeholders.known_devices import device_of
from portal.stakeholders.permissions import user_can_enter_admin
from portal.stakeholders.rate_limits import FORMS
from portal.web.turns import MustWait
from portal.web.waiting import ask_to_wait

# What anybody can send about an account: allauth's views by their names.
OPEN_TO_ALL = frozenset(
    {
        "account_login",
        "account_signup",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "mfa_authenticate",
    }
)


class StaffSecondFactorMiddleware:
    """
    Staff reach the admin only with a second factor, where `STAFF_MFA_REQUIRED`; others not at all.

    A member is refused here, since Wagtail would send them to sign in, which they have done, and
    so round in circles. Whoever has a second factor was asked for it when signing in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.guards(request.path) or not request.user.is_authenticated:
            return self.get_response(request)
        if not user_can_enter_admin(request.user):
            raise PermissionDenied
        if settings.STAFF_MFA_REQUIRED and not is_mfa_enabled(request.user):
            messages.warning(
                request, _("Set up two-step sign-in first: the admin asks it of all staff.")
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def guards(self, path: str) -> bool:
        """Whether the path lies in the admin; its sign-out is open to all who are signed in."""
        return path.startswith(reverse("wagtailadmin_home")) and path != reverse("admin_logout")


class AccountFormsMiddleware:
    """
    Takes a turn for each form about an account that anybody can send.

    By client, or by the browser where the account that is named has signed in before. Stands after
    the check against forged forms, for the page that asks to wait holds what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in OPEN_TO_ALL:
            return None
        typed = request.POST.get("login") or request.POST.get("email") or ""
        device = device_of(request, typed)
        try:
            if device:
                FORMS.take_own(request, device)
            else:
                FORMS.take(request)
        except MustWait as wait:
            return ask_to_wait(request, wait)
        return None
