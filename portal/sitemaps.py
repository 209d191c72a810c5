"""What sitemaps of pages share that no editor wrote."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from portal.languages.addresses import in_language


class FixedPages(Sitemap):  # type: ignore[type-arg]
    """Addresses, each once: in the first language, whichever the map is asked in."""

    def location(self, item: str) -> str:
        return in_language(item, settings.LANGUAGE_CODE)

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.BASE_URL).netloc
