"""The library of sources in the sitemap."""

from django.urls import reverse

from knowledge.sources.models import Source
from portal.sitemaps import FixedPages


class SourcesSitemap(FixedPages):
    """The library and a page for each source; when one changed last is not kept, so not said."""

    def items(self) -> list[str]:
        keys = Source.objects.order_by("key").values_list("key", flat=True)
        return [reverse("sources"), *(reverse("source", args=[key]) for key in keys)]
