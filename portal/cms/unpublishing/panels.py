"""What waits on the dashboard of those who decide whether a page is taken down."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.permissions import user_can_decide


class RequestsPanel(Component):
    """Requests to unpublish that this person can decide; nothing where there are none."""

    name = "unpublish_requests"
    order = 110
    template_name = "cms_admin/requests_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.requests = [
            each
            for each in UnpublishRequest.objects.waiting()
            if user_can_decide(request.user, each)
        ]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"requests": self.requests}
