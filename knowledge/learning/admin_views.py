"""How many certificates were given, in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.guides.admin_views import ReportOnReadersView
from knowledge.learning.statistics import by_path_and_month
from portal.small_counts import FEWEST


class CertificatesView(ReportOnReadersView):
    """The report on certificates, by path and month."""

    template_name = "learning/certificates.html"
    page_title = _("Learning certificates")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, lines=by_path_and_month(), fewest=FEWEST)
