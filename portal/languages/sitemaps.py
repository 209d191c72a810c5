"""Pages in the map for search engines: those of every language."""

from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class PagesSitemap(Sitemap):  # type: ignore[misc]
    """Wagtail's, with the pages under each language's home page; each once, at its own address."""

    def items(self) -> Any:
        homes = self.get_wagtail_site().root_page.get_translations(inclusive=True).live()
        below = Q(pk__in=[])
        for path in homes.values_list("path", flat=True):
            below |= Q(path__startswith=path)
        pages = Page.objects.filter(below).live().public().order_by("path")
        return pages.defer_streamfields().specific()
