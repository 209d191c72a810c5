"""What no guide is there for: by commitment, in which language, for whom, on which region."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from knowledge.guides.facets import index_href
from portal.cms.navigation import address
from portal.cms.wings.matrix import GAPS, Entry
from portal.search.facet_counts import PublicCards
from portal.stakeholders.models import State
from portal.taxonomy.languages import translated_name_of
from portal.taxonomy.vocabularies import AUDIENCE, COMMITMENT, LANGUAGE, REGION
from portal.web.addresses import href


def gaps(cards: PublicCards) -> Iterator[Entry]:
    """
    Yield what no guide that everybody may read is there for, all commitments at once.

    A guide is of the region of the state whose law or practice it is. One query beside the cards.
    """
    region_of = dict(State.objects.exclude(region="").values_list("iso2", "region").order_by())
    for commitment in COMMITMENT.keys:
        under = cards.sets({"kind": ["guide"], COMMITMENT.key: [commitment]})
        marks = frozenset().union(*(marks for marks, _number in under))
        if marks:
            codes = {mark.removeprefix("state:") for mark in marks if mark.startswith("state:")}
            yield from _lacking(commitment, marks, {region_of.get(code) for code in codes})
        else:
            listed = index_href(commitment=commitment)
            yield from (Entry(each, commitment, _("No guide yet"), listed) for each in GAPS.columns)


def _lacking(commitment: str, marks: frozenset[str], regions: set[str | None]) -> Iterator[Entry]:
    """Yield what guides under a commitment lack; each leads to the list that would have it."""
    for code, _name in settings.LANGUAGES:
        if f"{LANGUAGE.key}:{code}" not in marks:
            # Translators: language as sentences have it: "No guide in Arabic".
            told = _("No guide in %(language)s") % {"language": translated_name_of(code)}
            listed = index_href(commitment=commitment, language=code)
            yield Entry("language", commitment, told, listed)
    for term in AUDIENCE:
        if f"{AUDIENCE.key}:{term.key}" not in marks:
            # Translators: readers as in a list, such as "Licensing officers".
            told = _("No guide for these readers: %(readers)s") % {"readers": term.label}
            listed = index_href(commitment=commitment, audience=term.key)
            yield Entry("audience", commitment, told, listed)
    for term in REGION:
        if term.key not in regions:
            # Translators: region as in a list, such as "Africa".
            told = _("No guide to a law or practice there: %(region)s") % {"region": term.label}
            yield Entry("region", commitment, told, href({"region": term.key}, address("states/")))
