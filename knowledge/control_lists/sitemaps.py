"""The entries of control lists in the sitemap."""

from django.urls import reverse

from knowledge.control_lists.models import ListEntry
from portal.sitemaps import FixedPages


class ControlListsSitemap(FixedPages):
    """The list and a page for each entry."""

    def items(self) -> list[str]:
        keys = ListEntry.objects.values_list("key", flat=True)
        pages = [reverse("control_list_entry", args=[key]) for key in keys]
        return [reverse("control_lists"), *pages]
