"""Pages that others cite: one that was withdrawn says so at its address."""

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import PageLogEntry
from wagtail.url_routing import RouteResult

from portal.cms.models.base import BasePage


class CitedPage(BasePage):
    """A page that answers, once it is taken down, that it was, when, and where to go (410)."""

    withdrawn_template: ClassVar[str]

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead to the page itself, also where it is withdrawn; a draft is not found."""
        if not self.live and self.first_published_at and not path_components:
            return RouteResult(self, kwargs={"is_withdrawn": True})
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, is_withdrawn: bool = False, **kwargs: Any
    ) -> HttpResponse:
        """Show the page; of one that is withdrawn, that it is, since when, and where to go."""
        if not is_withdrawn:
            return super().serve(request, *args, **kwargs)
        context = {
            "page": self,
            "withdrawn_at": self.withdrawn_at(),
            "nearby_href": self.nearby_href(),
            "breadcrumb_items": self.breadcrumbs(),
        }
        return render(request, self.withdrawn_template, context, status=410)

    def withdrawn_at(self) -> datetime | None:
        """Return when it was last taken down; None where the log does not say."""
        taken_down = PageLogEntry.objects.filter(page=self.pk, action="wagtail.unpublish")
        return taken_down.order_by("-timestamp").values_list("timestamp", flat=True).first()

    def nearby_href(self) -> str:
        """Return where to look for what is like it."""
        raise NotImplementedError
