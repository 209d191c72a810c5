"""Where the Wagtail admin offers what can be decided about a consultation."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from consultations.calls.admin_views import CorrigendumView, ExtendView, WordsToCorrectView
from consultations.calls.dashboard import ClosingSoonPanel, OverdueOutcomesPanel
from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_can_extend
from consultations.calls.phases import Phase
from portal.stakeholders.models import Person
from portal.web.dashboard import show_to


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
