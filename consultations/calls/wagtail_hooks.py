"""Where the Wagtail admin offers what can be decided about a consultation."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from consultations.calls.admin_views import CorrigendumView, ExtendView, WordsToCorrectView
from consultations.calls.dashboard import (
    ClosingSoonPanel,
    OverdueOutcomesPanel,
    WaitingTextsPanel,
)
from consultations.calls.interests import admin_views as admin_interests
from consultations.calls.models import ConsultationPage, Election
from consultations.calls.permissions import (
    user_can_declare_interest,
    user_can_extend,
    user_can_translate,
)
from consultations.calls.phases import Phase
from consultations.calls.texts.progress import name_of_words
from consultations.calls.translating import admin_views as translating
from consultations.calls.translating.actions import APPROVED, SUBMITTED
from portal.stakeholders.models import Person
from portal.web.admin_menu import MenuItemFor
from portal.web.dashboard import show_to


class ElectionViewSet(ModelViewSet):
    """Elections, under “Settings”: editors are warned of those within a consultation's time."""

    model = Election
    icon = "date"
    add_to_settings_menu = True
    form_fields = ("state", "on", "name", "source")
    list_display = ("on", "state", "name")
    list_filter = ("state",)
    copy_view_enabled = False

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        """Offer States as pages do: this class asks the models alone."""
        return formfield_for_dbfield(db_field, **kwargs)


@hooks.register("register_admin_viewset")
def register_elections() -> ElectionViewSet:
    return ElectionViewSet("elections")


@hooks.register("register_admin_urls")
def decision_urls() -> list[URLPattern]:
    return [
        path(
            "consultations/<int:page_id>/extend/", ExtendView.as_view(), name="extend_consultation"
        ),
        path(
            "consultations/<int:page_id>/corrigendum/",
            WordsToCorrectView.as_view(),
            name="words_to_correct",
        ),
        path(
            "consultations/<int:page_id>/corrigendum/<str:subject>/",
            CorrigendumView.as_view(),
            name="issue_corrigendum",
        ),
    ]


@hooks.register("register_admin_urls")
def text_urls() -> list[URLPattern]:
    one = "consultations/<int:page_id>/texts/<str:language>/"
    return [
        path("consultations/<int:page_id>/texts/", translating.texts, name="consultation_texts"),
        path(one, translating.text, name="consultation_text"),
        path(f"{one}file/", translating.po_file, name="consultation_text_file"),
        path(f"{one}upload/", translating.upload, name="consultation_text_upload"),
    ]


@hooks.register("register_page_header_buttons")
def texts_button(page: Page, user: Person, view_name: str, next_url: str = "") -> Iterator[Button]:
    """Yield the way to the texts of a consultation in other languages."""
    if isinstance(page.specific_deferred, ConsultationPage) and user_can_translate(user):
        url = reverse("consultation_texts", args=[page.pk])
        yield Button(_("Texts in other languages"), url, icon_name="globe", priority=11)


@hooks.register("register_log_actions")
def texts_in_the_history(actions: Any) -> None:
    """Show in a consultation's history who submitted and approved a text, in which language."""

    class WithLanguage(LogFormatter):
        def format_comment(self, log_entry: Any) -> str:
            return name_of_words(log_entry.data.get("language", ""))

    labels = {
        SUBMITTED: _("Send a text in another language for approval"),
        APPROVED: _("Approve a text in another language"),
    }
    for key, label in labels.items():
        formatter = type("Formatter", (WithLanguage,), {"label": label, "message": label})
        actions.register_action(key)(formatter)


@hooks.register("register_admin_urls")
def interest_urls() -> list[URLPattern]:
    return [
        path("consultations/interests/", admin_interests.consultations, name="declared_interests"),
        path(
            "consultations/<int:page_id>/interest/",
            admin_interests.declare,
            name="declare_interest",
        ),
    ]


@hooks.register("register_reports_menu_item")
def interests_menu_item() -> MenuItem:
    may, label = user_can_declare_interest, _("Declared interests")
    return MenuItemFor(may, label, "declared_interests", icon_name="user", order=1250)


@hooks.register("register_page_header_buttons")
def interest_button(
    page: Page, user: Person, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield the way to declare an interest, beside what is decided about a consultation."""
    if isinstance(page.specific_deferred, ConsultationPage) and user_can_declare_interest(user):
        url = reverse("declare_interest", args=[page.pk])
        yield Button(_("Declare an interest"), url, icon_name="user", priority=14)


@hooks.register("register_page_header_buttons")
def decision_buttons(
    page: Page, user: Person, view_name: str, next_url: str = ""
) -> Iterator[Button]:
    """Yield the buttons of an open or scheduled consultation: more time, other words."""
    if not isinstance(page.specific_deferred, ConsultationPage) or not user_can_extend(user):
        return
    consultation = page.specific
    if consultation.live and consultation.phase() in (Phase.SCHEDULED, Phase.OPEN):
        url = reverse("extend_consultation", args=[page.pk])
        yield Button(_("Extend the deadline"), url, icon_name="time", priority=12)
    if consultation.live and consultation.phase() is Phase.OPEN and consultation.questionnaire():
        url = reverse("words_to_correct", args=[page.pk])
        yield Button(_("Issue a corrigendum"), url, icon_name="edit", priority=13)


# Who gives more time also sees to outcomes.
show_to(user_can_extend, ClosingSoonPanel, OverdueOutcomesPanel)
show_to(user_can_translate, WaitingTextsPanel)
