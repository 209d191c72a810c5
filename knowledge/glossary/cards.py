"""The glossary in the search index: one card for the page, and none for its terms."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.search.cards import CardData
from portal.search.registry import Kind

KEY = "terms"
# What people call such a page, in the languages of its terms. The terms themselves are left out:
# with them the page would stand among the results of nearly every search.
CALLED = "terminology dictionary translation glossaire glosario глоссарий словарь مسرد مصطلحات"


def cards(keys: Collection[str] | None = None) -> Iterator[CardData]:
    """Yield the card of the glossary, unless other keys alone are asked for."""
    if keys is None or KEY in keys:
        yield CardData(
            kind=KIND.key,
            key=KEY,
            title=_("Glossary"),
            url=reverse("glossary"),
            summary=_(
                "Terms of export control, human rights, technology and consultation in English, "
                "French, Spanish, Russian and Arabic, each with where it was seen."
            ),
            body=CALLED,
        )


KIND = Kind("glossary", gettext_lazy("Glossary"), gettext_lazy("Glossary"), cards)
