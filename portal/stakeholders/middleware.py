"""Whom a session names, who passes the admin's door, and how often forms on accounts are taken."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import middleware as django_auth
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.sessions.store import session_of
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.known_devices import device_of
from portal.stakeholders.models import User
from portal.stakeholders.permissions import user_can_enter_admin, user_may_work_in_admin
from portal.stakeholders.proof.session import was_second_factor_used, way_to_prove, why_to_prove
from portal.stakeholders.rate_limits import FORMS
from portal.web.turns import MustWait
from portal.web.waiting import ask_to_wait

# What an open page of the admin asks by itself: nobody need be there.
BY_ITSELF = "editing-sessions/"
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
        "mfa_login_webauthn",
    }
)


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """
    Return whom the session names, who knows whether a second factor was used in it.

    That they are here is noted in the session.
    """
    person = django_auth.get_user(request)
    if isinstance(person, User):
        person.second_factor_used = was_second_factor_used(request, person)
        session_of(request).use(
            by_staff=person.is_staff_member,
            is_activity=not request.path.startswith(admin_home() + BY_ITSELF),
        )
    return person


@cache
def admin_home() -> str:
    """Return the address of the admin, asked for on every page of everybody who is signed in."""
    return reverse("wagtailadmin_home")


class AuthenticationMiddleware(django_auth.AuthenticationMiddleware):
    """Django's; nothing is read of a session until somebody asks who its person is."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


class AdminDoorMiddleware:
    """
    Staff reach the admin only with their powers in force; others not at all.

    A member is refused here, since Wagtail would send them to sign in, which they have done, and
    so round in circles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.guards(request.path):
            return self.get_response(request)
        if not request.user.is_authenticated:
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                messages.info(request, _("You have been signed out. Sign in to go on."))
            return self.get_response(request)
        if user_can_enter_admin(request.user):
            return self.get_response(request)
        if not user_may_work_in_admin(request.user):
            raise PermissionDenied
        note(request.user, What.UNPROVED)
        messages.warning(request, why_to_prove(request.user))
        next_url = request.get_full_path() if request.method == "GET" else admin_home()
        return redirect(way_to_prove(request.user, next_url))

    def guards(self, path: str) -> bool:
        """Say whether the path lies in the admin; its sign-out is open to all who are signed in."""
        return path.startswith(admin_home()) and path != reverse("admin_logout")


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


def was_refused(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether the response refuses: 403, or the admin's way home with an error to be told."""
    if response.status_code != 302:
        return response.status_code == 403
    if response.headers["Location"] != admin_home():
        return False
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    return any(each.level == messages.ERROR for each in queued)


class RefusalsOfStaffMiddleware:
    """Notes in the log of staff what was refused to one of them, and where."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if was_refused(request, response) and request.user.is_authenticated:
            note(request.user, What.REFUSED, f"{request.method} {request.path}")
        return response
