"""Organisations and states in the admin, under “Stakeholders”."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from portal.sessions.actions import end_sessions
from portal.staff_log.actions import name_for_log, note
from portal.staff_log.models import What
from portal.stakeholders.admin_views.accounts import (
    ask_for_reset,
    export_person,
    factor_resets,
)
from portal.stakeholders.admin_views.dashboard import WithoutFactorPanel
from portal.stakeholders.admin_views.invitations import invitations, invite
from portal.stakeholders.admin_views.organisations import verify_organisation, verify_url
from portal.stakeholders.choosers import OrganisationChooserViewSet
from portal.stakeholders.countries import codes_named
from portal.stakeholders.models import Organisation, ReservedName, State, User
from portal.stakeholders.permissions import (
    user_can_ask_for_reset,
    user_can_change_person,
    user_can_export_person,
    user_can_keep_people,
    user_can_verify_organisation,
)
from portal.stakeholders.session_views import end_sessions_of
from portal.web.dashboard import show_to


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
        BooleanColumn(
            "is_verified", label=pgettext_lazy("a column: whether an organisation is", "Verified")
        ),
        "verified_on",
    )
    list_filter = ("submitter_type",)
    search_fields = ("name",)
    inspect_view_enabled = True
    copy_view_enabled = False  # a copy would count as verified

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        """Offer states as pages do: this class asks the models alone."""
        return formfield_for_dbfield(db_field, **kwargs)


class StateIndexView(generic.IndexView):
    is_searchable = True

    def search_queryset(self, queryset: Any) -> Any:
        """Filter the list by code and name; names stand in no column."""
        if not self.is_searching:
            return queryset
        return queryset.filter(iso2__in=codes_named(self.search_query))


class StateViewSet(ModelViewSet):
    model = State
    icon = "globe"
    menu_label = _("States")
    form_fields = (
        "iso2",
        "iso3",
        "region",
        "code_status",
        "endorsed_on",
        "date_precision",
        "endorsement_source",
        "endorsement_url",
        "summit_2021",
        "summit_2023",
        "summit_2024",
        "initiative_role",
        "note",
    )
    list_display = ("name", "iso2", "code_status", "endorsed_on")
    list_filter = ("code_status", "region")
    index_view_class = StateIndexView


class ReservedNameViewSet(ModelViewSet):
    model = ReservedName
    icon = "lock"
    menu_label = _("Reserved names")
    form_fields = ("words", "kind")
    list_display = ("words", "kind")
    list_filter = ("kind",)
    search_fields = ("words",)
    copy_view_enabled = False


class StakeholdersViewSetGroup(ModelViewSetGroup):
    items = (
        OrganisationViewSet("organisations"),
        StateViewSet("states"),
        ReservedNameViewSet("reserved_names"),
    )
    menu_label = _("Stakeholders")
    menu_icon = "group"
    menu_order = 300


@hooks.register("register_admin_viewset")
def register_stakeholders() -> StakeholdersViewSetGroup:
    return StakeholdersViewSetGroup()


@hooks.register("register_admin_viewset")
def register_choosers() -> OrganisationChooserViewSet:
    return OrganisationChooserViewSet("organisation_chooser")


@hooks.register("register_admin_urls")
def register_verifying() -> list[Any]:
    return [
        path("organisations/verify/<int:pk>/", verify_organisation, name="verify_organisation"),
        path("users/invite/", invite, name="invite"),
        path("users/invitations/", invitations, name="invitations"),
        path("users/resets/", factor_resets, name="factor_resets"),
        path("users/resets/ask/<int:pk>/", ask_for_reset, name="ask_for_reset"),
        path("users/export/<int:pk>/", export_person, name="export_person"),
        path("users/sessions/<int:pk>/", end_sessions_of, name="end_sessions_of"),
    ]


@hooks.register("before_bulk_action")
def keep_superusers_from_bulk_actions(
    request: HttpRequest, action_type: str, objects: Any, action_class: Any
) -> None:
    """Wagtail asks for the permission on people at large; ours depends on the person."""
    people = [each for each in objects if isinstance(each, User)]
    # "All" is all there are, whatever the list was searched and filtered for.
    if people and "all" in request.GET.getlist("id"):
        raise PermissionDenied
    if not all(user_can_change_person(request.user, person) for person in people):
        raise PermissionDenied
    if action_type == "set_active_state" and request.method == "POST":
        left = User.objects.administrators().exclude(pk__in=[each.pk for each in people])
        if request.POST.get("mark_as_active") != "True" and not left.exists():
            raise PermissionDenied


@hooks.register("after_bulk_action")
def shut_out_at_once(
    request: HttpRequest, action_type: str, objects: Any, action_class: Any
) -> None:
    """Sign out everywhere all who were shut out with others; each change is in the log."""
    for person in User.objects.filter(
        pk__in=[each.pk for each in objects if isinstance(each, User)]
    ):
        if not person.is_active:
            end_sessions(person)
        note_the_change(request, person)


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def note_the_change(request: HttpRequest, user: User) -> None:
    """Log who changed whose account, and what roles it has now."""
    changed = User.objects.get(pk=user.pk)
    told = [name_for_log(changed), *sorted(changed.roles)]
    note(request.user, What.ACCOUNT_CHANGED, ", ".join(told))


@hooks.register("register_user_listing_buttons")
def offer_to_end_sessions(user: User, request_user: User) -> Iterator[Button]:
    """Beside each person in the list, for those who may change their account."""
    if user_can_change_person(request_user, user):
        url = reverse("end_sessions_of", args=[user.pk])
        yield Button(_("End all sessions"), url=url, icon_name="cross", priority=30)
    if user_can_ask_for_reset(request_user, user):
        url = reverse("ask_for_reset", args=[user.pk])
        yield Button(_("Remove a lost second factor"), url=url, icon_name="key", priority=31)
    if user_can_export_person(request_user, user):
        url = reverse("export_person", args=[user.pk])
        yield Button(
            pgettext_lazy("a verb, on a button", "Export"),
            url=url,
            icon_name="download",
            priority=32,
        )
    body = user.organisation
    if body and not body.is_verified and user_can_verify_organisation(request_user):
        yield Button(_("Verify the organisation"), url=verify_url(body), icon_name="check")


show_to(user_can_keep_people, WithoutFactorPanel)
