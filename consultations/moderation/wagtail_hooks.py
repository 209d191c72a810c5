"""Where the Wagtail admin meets screening: the menu, the addresses, a panel on its home page."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from consultations.moderation.admin_views import redaction, response, translation
from consultations.moderation.admin_views.bulk import bulk
from consultations.moderation.admin_views.clearances import clearances
from consultations.moderation.admin_views.consultations import ConsultationViewSet
from consultations.moderation.admin_views.outcome import warn_when_opened, warn_when_submitted
from consultations.moderation.admin_views.publication import publish_together
from consultations.moderation.admin_views.queue import QueueView
from consultations.moderation.admin_views.waiting import waiting_for_second
from consultations.moderation.dashboard import AnalysisPanel, ClearancesPanel, WaitingPanel
from consultations.moderation.forms import CLEARED_ROLES
from consultations.moderation.permissions import (
    user_can_propose_clearance,
    user_can_read_responses,
    user_can_see_acts,
    user_can_see_clearances,
    user_is_analyst,
)
from consultations.moderation.reports import ActsView
from portal.stakeholders.models import User
from portal.web.admin_menu import MenuItemFor, listing
from portal.web.dashboard import show_to


@hooks.register("register_admin_urls")
def screening_urls() -> list[URLPattern]:
    of_one = "responses/<str:reference>/"
    return [
        path("clearances/", clearances, name="clearances"),
        *listing("responses/", QueueView, "screen_responses"),
        path("responses/second/", waiting_for_second, name="waiting_for_second"),
        *listing("reports/acts/", ActsView, "acts_of_staff"),
        path("responses/publish/", publish_together, name="publish_together"),
        path("responses/several/<slug:key>/", bulk, name="screen_several_responses"),
        path("responses/end/", response.end_of_queue, name="end_of_queue"),
        path(of_one, response.show, name="screen_response"),
        path(f"{of_one}open/", response.open_confidential, name="open_confidential_response"),
        path(f"{of_one}preview/", response.preview, name="preview_response"),
        path(f"{of_one}act/<slug:key>/", response.act, name="act_on_response"),
        path(f"{of_one}undo/<int:act_id>/", response.undo, name="undo_screening"),
        path(f"{of_one}files/<uuid:file_id>/", response.attachment, name="response_attachment"),
        path(f"{of_one}redact/<str:question_id>/", redaction.redact, name="redact_response"),
        path(
            f"{of_one}translate/<str:question_id>/",
            translation.translate,
            name="translate_response",
        ),
    ]


@hooks.register("register_user_listing_buttons")
def offer_clearance(user: User, request_user: User) -> Iterator[Button]:
    """Beside each person in the list of people whose role lets them read responses."""
    reads = user.is_superuser or any(group.name in CLEARED_ROLES for group in user.groups.all())
    if reads and user_can_propose_clearance(request_user):
        url = f"{reverse('clearances')}?{urlencode({'person': user.pk})}"
        yield Button(_("Clearance"), url=url, icon_name="view", priority=33)


@hooks.register("register_admin_menu_item")
def responses_menu_item() -> MenuItem:
    may, label = user_can_read_responses, _("Responses")
    return MenuItemFor(may, label, "screen_responses", icon_name="mail", order=305)


@hooks.register("register_admin_menu_item")
def second_person_menu_item() -> MenuItem:
    may, label = user_can_read_responses, _("Second person")
    return MenuItemFor(may, label, "waiting_for_second", icon_name="group", order=305)


@hooks.register("register_admin_menu_item")
def clearances_menu_item() -> MenuItem:
    may, label = user_can_see_clearances, _("Clearances")
    return MenuItemFor(may, label, "clearances", icon_name="key", order=306)


hooks.register("before_edit_page", warn_when_opened)
hooks.register("after_edit_page", warn_when_submitted)


@hooks.register("register_reports_menu_item")
def acts_menu_item() -> MenuItem:
    may, label = user_can_see_acts, _("Acts on responses and comments")
    return MenuItemFor(may, label, "acts_of_staff", icon_name="history", order=1390)


show_to(user_can_read_responses, WaitingPanel)
show_to(user_is_analyst, AnalysisPanel)
show_to(user_can_propose_clearance, ClearancesPanel)


@hooks.register("register_admin_viewset")
def register_list_of_consultations() -> ConsultationViewSet:
    return ConsultationViewSet()
