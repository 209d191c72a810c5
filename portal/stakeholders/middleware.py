"""Who passes the admin's door."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.stakeholders.permissions import user_can_enter_admin


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
