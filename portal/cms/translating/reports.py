"""The staff report of all translations: how much of each is there, and what is out of date."""

from functools import cache
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from portal.cms.models import PageTranslation
from portal.cms.translating.progress import PageProgress, progress_of


class TranslationsView(ReportView):
    """Every page that translates another, by title."""

    page_title = _("Pages in other languages")
    header_icon = "globe"
    index_url_name = "translations_report"
    index_results_url_name = "translations_report_results"
    permission_policy = page_permission_policy
    any_permission_required: ClassVar = ("add", "change", "publish")
    default_ordering = None
    paginate_by = 20
    no_results_message = _("No page is translated yet.")

    @property
    def columns(self) -> list[Column]:
        how_far = cache(_how_far)  # four questions a row, once a row
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor=lambda notes: notes.page.get_admin_display_title(),
                get_url=lambda notes: reverse("page_translation", args=[notes.page_id]),
            ),
            Column("language", label=_("Language"), accessor=lambda notes: how_far(notes).name),
            Column("texts", label=_("Texts"), accessor=lambda notes: how_far(notes).in_words),
            Column("state", label=_("State"), accessor=lambda notes: how_far(notes).state),
        ]

    def get_base_queryset(self) -> Any:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        found = PageTranslation.objects.filter(page__in=mine.values("pk"))
        return found.select_related("page__locale", "original").order_by("page__title", "pk")


def _how_far(notes: PageTranslation) -> PageProgress:
    return progress_of(notes.page)
