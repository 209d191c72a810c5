"""How many certificates were given, in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from knowledge.guides.permissions import user_can_see_reviews
from knowledge.learning.statistics import by_path_and_month
from portal.small_counts import FEWEST


class CertificatesView(WagtailAdminTemplateMixin, TemplateView):
    """The report on certificates, by path and month."""

    template_name = "learning/certificates.html"
    page_title = _("Learning certificates")
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_see_reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, lines=by_path_and_month(), fewest=FEWEST)
