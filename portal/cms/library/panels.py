"""The files of a page as its author and whoever approves it see them."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.documents.models import AbstractDocument

from portal.cms.library.findings import documents_of, findings_in


class FilesPanel(Panel):
    """A list of what readers can see in the documents of a page; not shown where it has none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What readers can see in the files"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "library_admin/files_panel.html"

        @cached_property
        def documents(self) -> list[AbstractDocument]:
            return documents_of(self.instance)

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.documents)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["files"] = [findings_in(each) for each in self.documents]
            return context
