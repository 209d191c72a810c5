"""The glossary in the sitemap."""

from django.urls import reverse

from portal.sitemaps import FixedPages


class GlossarySitemap(FixedPages):
    """The page of the glossary; when its files changed last is not kept, so not said."""

    def items(self) -> list[str]:
        return [reverse("glossary")]
