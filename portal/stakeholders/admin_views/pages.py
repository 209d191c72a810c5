"""What every page about people in the admin shares."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.stakeholders.models import User

INDEX = "wagtailusers_users:index"


def person_for(pk: int, may: Callable[[Any, User], bool], request: HttpRequest) -> User:
    """Return the person whom an act is about; PermissionDenied where `may(user, person)` is no."""
    person = get_object_or_404(User, pk=pk)
    if not may(request.user, person):
        raise PermissionDenied
    return person


def show(
    request: HttpRequest, template: str, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page that lies below the list of people."""
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse(INDEX), "label": _("People")},
        {"url": "", "label": title},
    ]
    shared = {
        "header_title": title,
        "header_icon": "user",
        "breadcrumbs_items": trail,
        "back": reverse(INDEX),
    }
    return render(request, template, {**shared, **context}, status=status)
