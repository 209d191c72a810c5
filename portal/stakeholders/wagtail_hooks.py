"""Organisations and states in the admin, under “Stakeholders”."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from portal.stakeholders.admin_views import verify_organisation, verify_url
from portal.stakeholders.models import Organisation, State, User
from portal.stakeholders.permissions import user_can_change_person, user_can_verify_organisation


class OrganisationIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: Organisation) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if not instance.is_verified and user_can_verify_organisation(self.request.user):
            buttons.append(
                Button(_("Verify"), url=verify_url(instance), icon_name="check", priority=15)
            )
        return buttons


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    index_view_class = OrganisationIndexView
    # Verified by its own action, so that the date says who answered when, not what was typed.
    form_fields = ("name", "submitter_type", "state", "website")
    list_display = (
        "name",
        "submitter_type",
        BooleanColumn("is_verified", label=_("Verified")),
        "verified_on",
    )
    list_filter = ("submitter_type",)
    search_fields = ("name",)
    inspect_view_enabled = True
    copy_view_enabled = False  # a copy would count as verified


class StateViewSet(ModelViewSet):
    model = State
    icon = "globe"
    menu_label = _("States")
    form_fields = (
        "name",
        "iso2",
        "iso3",
        "region",
        "code_status",
        "endorsed_on",
        "date_precision",
        "summit_2021",
        "summit_2023",
        "initiative_role",
        "note",
    )
    list_display = ("name", "iso2", "code_status", "endorsed_on")
    list_filter = ("code_status", "region")
    search_fields = ("name", "iso2", "iso3")


class StakeholdersViewSetGroup(ModelViewSetGroup):
    items = (OrganisationViewSet("organisations"), StateViewSet("states"))
    menu_label = _("Stakeholders")
    menu_icon = "group"
    menu_order = 300


@hooks.register("register_admin_viewset")
def register_stakeholders() -> StakeholdersViewSetGroup:
    return StakeholdersViewSetGroup()


@hooks.register("register_admin_urls")
def register_verifying() -> list[Any]:
    return [
        path("organisations/verify/<int:pk>/", verify_organisation, name="verify_organisation"),
    ]


@hooks.register("before_bulk_action")
def keep_superusers_from_bulk_actions(
    request: HttpRequest, action_type: str, objects: Any, action_class: Any
) -> None:
    """Wagtail asks for the permission on people at large; ours depends on the person."""
    people = [each for each in objects if isinstance(each, User)]
    if not all(user_can_change_person(request.user, person) for person in people):
        raise PermissionDenied
