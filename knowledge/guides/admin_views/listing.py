"""The guides as Wagtail's list of pages shows them, and the form of a new one by its kind."""

from typing import Any, ClassVar

import django_filters
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from knowledge.guides import kinds
from knowledge.guides.models import GuidePage
from portal.taxonomy.vocabularies import LEVEL
from portal.web.admin_menu import page_columns


class GuideFilterSet(PageFilterSet):
    """Wagtail's filters of pages, the level, and whether the review is overdue."""

    level = django_filters.ChoiceFilter(
        label=_("Level"), choices=LEVEL.choices, method="of_level", empty_label=_("All")
    )
    review = django_filters.ChoiceFilter(
        label=_("Review"),
        # Translators: guides whose review is late.
        choices=[("overdue", _("Overdue"))],
        method="overdue",
        empty_label=_("All"),
    )

    class Meta:
        model = GuidePage
        fields: ClassVar[list[str]] = []

    # By key: the search takes no other conditions on fields that it does not index.
    def of_level(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(pk__in=GuidePage.objects.filter(level=value).values("pk"))

    def overdue(self, queryset: Any, name: str, value: str) -> Any:
        found = GuidePage.objects.live().filter(review_due__lt=timezone.localdate())
        return queryset.filter(pk__in=found.values("pk"))


def review_of_row(guide: GuidePage) -> str:
    """Return the day of the next review, and say whether it has passed."""
    if guide.review_due is None:
        return ""
    day = date_format(guide.review_due)
    overdue = guide.live and guide.is_overdue(timezone.localdate())
    return __("%(day)s (overdue)") % {"day": day} if overdue else day


COLUMNS = [
    *page_columns("bulk_actions", "title"),
    Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
    Column("review_due", label=_("Next review"), accessor=review_of_row, sort_key="review_due"),
    *page_columns("latest_revision_created_at", "status"),
]


class GuideColumns:
    """A list of pages with what is to be known of guides."""

    base_columns = COLUMNS
    base_filterset_class = GuideFilterSet

    def get_valid_orderings(self) -> list[str]:
        """Return what may be ordered by; while searching only what the search can order by."""
        valid = super().get_valid_orderings()  # type: ignore[misc]
        if not self.is_searching:  # type: ignore[attr-defined]
            return valid
        return [each for each in valid if each.removeprefix("-") not in ("level", "review_due")]


class GuidesView(GuideColumns, ExplorableIndexView):
    pass


class AllGuidesView(GuideColumns, ContentTypeUseView):
    pass


class GuideViewSet(PageViewSet):
    model = GuidePage
    index_view_class = GuidesView
    content_type_use_view_class = AllGuidesView
    filterset_class = GuideFilterSet


class ChooseKindView(WagtailAdminTemplateMixin, TemplateView):
    """The kinds of guide, which an editor meets before the form of a new one."""

    template_name = "guides_admin/kinds.html"
    page_title = _("New guide")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, kinds=kinds.choices(), next=get_valid_next_url_from_request(self.request)
        )


class StartGuideView(CreateView):
    """The form of a new guide, with the starter blocks of the kind that was chosen, or empty."""

    def run_hook(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Ask no hook twice whether the page may be made: one of them led here."""
        return None if name == "before_create_page" else super().run_hook(name, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        if kind := request.GET["kind"]:
            self.page.document_type = kind
            with override(self.parent_page.locale.language_code):
                self.page.body = kinds.starter(kind)
        return super().get(request)


def start_from_a_kind(request: HttpRequest, parent: Page, model: type[Page]) -> HttpResponse | None:
    """Answer whoever opens the form of a new guide: first with the kinds, then with a starter."""
    if model is not GuidePage or request.method != "GET":
        return None
    if request.GET.get("kind") not in ("", *kinds.KINDS):
        return ChooseKindView.as_view()(request)
    return StartGuideView.as_view()(request, "guides", "guidepage", parent.pk)
