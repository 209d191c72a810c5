"""What waits on the dashboard of those who decide about changes of documents."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from portal.cms.document_changes.permissions import user_can_decide
from portal.cms.models import DocumentChange


class ChangesPanel(Component):
    """Changes of documents that this person can decide; nothing where there are none."""

    name = "document_changes"
    order = 115
    template_name = "library_admin/changes_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        waiting = DocumentChange.objects.waiting()
        self.changes = [each for each in waiting if user_can_decide(request.user, each)]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"changes": self.changes}
