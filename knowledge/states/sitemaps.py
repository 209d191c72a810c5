"""The register of states in the sitemap."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import override

from portal.stakeholders.models import State


class StatesSitemap(Sitemap):  # type: ignore[type-arg]
    """The register and a page for each state; when one changed last is not kept, so not said."""

    def items(self) -> list[str]:
        codes = State.objects.order_by("iso2").values_list("iso2", flat=True)
        # Each once, whatever language the map is asked in.
        with override(settings.LANGUAGE_CODE):
            return [reverse("states"), *(reverse("state", args=[code.lower()]) for code in codes)]

    def location(self, item: str) -> str:
        return item

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.BASE_URL).netloc
