"""
Where the Wagtail admin meets answers: those on paper and those that come late; and a consultation
that has some is not deleted.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.responses import admin_views
from consultations.responses.models import Draft, LateToken, Response
from consultations.responses.permissions import user_can_enter_answers
from portal.cms.deletion_guard import keep_pages
from portal.stakeholders.models import Person
from portal.web.admin_menu import MenuItemFor


@hooks.register("register_admin_urls")
def paper_urls() -> list[URLPattern]:
    of_one = "answers/<int:page_id>"
    return [
        path("answers/", admin_views.PaperAnswersView.as_view(), name="paper_answers"),
        path(f"{of_one}/enter/", admin_views.EnterAnswerView.as_view(), name="enter_answer"),
        path(f"{of_one}/late-tokens/", admin_views.LateTokensView.as_view(), name="late_tokens"),
        path(
            f"{of_one}/late-tokens/<int:token_id>/revoke/",
            admin_views.RevokeTokenView.as_view(),
            name="revoke_late_token",
        ),
    ]


@hooks.register("register_admin_menu_item")
def paper_menu_item() -> MenuItem:
    may, label = user_can_enter_answers, _("Paper and late")
    return MenuItemFor(may, label, "paper_answers", icon_name="edit", order=306)


@hooks.register("register_page_header_buttons")
def paper_buttons(page: Page, user: Person, view_name: str, next_url: str = "") -> Iterator[Button]:
    """Add to the menu of a consultation that has opened: entering an answer, late tokens."""
    if not isinstance(page.specific_deferred, ConsultationPage) or not user_can_enter_answers(user):
        return
    consultation = page.specific
    closed = (Phase.SCHEDULED, Phase.CANCELLED)
    if consultation.live and consultation.questionnaire() and consultation.phase() not in closed:
        enter = reverse("enter_answer", args=[page.pk])
        yield Button(_("Enter a response"), enter, icon_name="mail", priority=14)
        tokens = reverse("late_tokens", args=[page.pk])
        yield Button(_("Late tokens"), tokens, icon_name="key", priority=15)


def _holds(pages: QuerySet) -> bool:
    return any(
        model.objects.filter(consultation__in=pages).exists()
        for model in (Response, Draft, LateToken)
    )


keep_pages(
    _holds,
    _("“%(page)s” has responses or drafts of responses. Unpublish or cancel it instead."),
)
