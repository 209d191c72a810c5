"""What Wagtail's generic views do not do: verifying an organisation, and one's own preferences."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    NameEmailSettingsPanel,
)

from portal.stakeholders import actions
from portal.stakeholders.models import Organisation
from portal.stakeholders.permissions import user_can_verify_organisation
from portal.stakeholders.views import SignedInRequest


def verify_url(organisation: Organisation) -> str:
    return reverse("verify_organisation", args=[organisation.pk])


def verify_organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then record that the organisation answered from its own domain."""
    if not user_can_verify_organisation(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST":
        context = {
            "organisation": organisation,
            "page_title": _("Verify an organisation"),
            "page_subtitle": organisation.name,
            "header_icon": "group",
        }
        return render(request, "stakeholders_admin/verify_organisation.html", context)
    actions.verify_organisation(organisation=organisation, by=request.user, on=timezone.localdate())
    messages.success(request, _("%(name)s is verified.") % {"name": organisation.name})
    return redirect("organisations:index")


class PreferencesView(AccountView):
    """
    Wagtail's page of one's own preferences, without the first and last name that ours lack, and
    without a portrait, which no address would show.
    """

    def get_panels(self) -> list[Any]:
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]
