"""The register of states in the sitemap."""

from django.urls import reverse

from portal.sitemaps import FixedPages
from portal.stakeholders.models import State


class StatesSitemap(FixedPages):
    """The register and a page for each state; when one changed last is not kept, so not said."""

    def items(self) -> list[str]:
        codes = State.objects.order_by("iso2").values_list("iso2", flat=True)
        return [reverse("states"), *(reverse("state", args=[code.lower()]) for code in codes)]
