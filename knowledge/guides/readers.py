"""
A guide and its translations in lists that the search makes.

Each is a card of its own, found by its own words. Where a list is browsed, a guide stands in it
once: so each card carries, as the facet `reader`, the languages whose readers see this version.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from portal.cms.models.in_every_language import languages_of_pages
from portal.taxonomy.vocabularies import LANGUAGE

READER = "reader"


def readers_of(guide: Any) -> list[str]:
    """Return the languages of the interface whose readers are shown this version of a guide."""
    offered = [code for code, _name in settings.LANGUAGES]
    if len(languages_of_pages()) == 1:
        return offered
    public = type(guide).objects.live_and_public()
    versions = public.filter(translation_key=guide.translation_key)
    there = dict(versions.order_by("-pk").values_list("locale__language_code", "pk"))
    first = there.get(settings.LANGUAGE_CODE) or min(there.values(), default=guide.pk)
    return [code for code in offered if there.get(code, first) == guide.pk]


def shown_to_reader(asked: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """
    Return the filter that shows each guide once; none where words or languages are asked for.

    Who types words may have typed those of any version, and who chooses a language wants it.
    """
    if asked.get("q", "").strip() or asked.get(LANGUAGE.key) or len(languages_of_pages()) == 1:
        return {}
    return {READER: [get_language() or settings.LANGUAGE_CODE]}
