"""What the admin's reports on readers have in common: who may read them, and where they stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from knowledge.guides.permissions import user_can_see_reviews


class ReportOnReadersView(WagtailAdminTemplateMixin, TemplateView):
    """A page of counts, for whoever works on pages; the others are turned away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_see_reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]
