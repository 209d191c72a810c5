"""Facets: by what a reader may narrow a search, and what their values are called."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.search import registry
from portal.stakeholders.countries import names_in
from portal.taxonomy import vocabularies
from portal.taxonomy.languages import language_of_name
from portal.taxonomy.terms import Vocabulary

# Nothing here is of another. Few enough that who asks for all of them gets no page of megabytes.
YEARS = frozenset(map(str, range(1945, 2100)))


@dataclass(frozen=True)
class Facet:
    """
    One facet; `name` stands in addresses and in `CardData.facets`.

    `labels(values)` gives the label of each value that it knows, leaving out those it does not.
    Where `ordered`, options are shown in the order of that mapping, else the most frequent first.
    At most `limit` options are offered, beside those chosen.
    """

    name: str
    label: str | Promise
    labels: Callable[[Collection[str]], Mapping[str, str]]
    ordered: bool = False
    limit: int = 20


def of_vocabulary(vocabulary: Vocabulary) -> Facet:
    """Return the facet of a vocabulary: its key, label, terms and their order."""

    def labels(values: Collection[str]) -> dict[str, str]:
        return {term.key: str(term.label) for term in vocabulary if term.key in values}

    return Facet(vocabulary.key, vocabulary.label, labels, ordered=True)


def language_of_label(facet: str, value: str) -> str:
    """Return the language of what a facet calls a value: languages stand under own names."""
    return language_of_name(value) if facet == vocabularies.LANGUAGE.key else ""


def _kinds(values: Collection[str]) -> dict[str, str]:
    return {kind.key: str(kind.plural) for kind in registry.all_kinds() if kind.key in values}


def _states(values: Collection[str]) -> dict[str, str]:
    return {code: name for code, name in names_in(get_language() or "").items() if code in values}


def _years(values: Collection[str]) -> dict[str, str]:
    return {year: year for year in sorted(YEARS.intersection(values), reverse=True)}


_facets: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("kind", _("Kind"), _kinds),
        of_vocabulary(vocabularies.COMMITMENT),
        of_vocabulary(vocabularies.STAGE),
        of_vocabulary(vocabularies.TECHNOLOGY),
        of_vocabulary(vocabularies.DOCUMENT_TYPE),
        of_vocabulary(vocabularies.AUDIENCE),
        of_vocabulary(vocabularies.LEVEL),
        of_vocabulary(vocabularies.RIGHT),
        of_vocabulary(vocabularies.GROUP),
        of_vocabulary(vocabularies.LANGUAGE),
        Facet("state", _("State"), _states),
        Facet("year", _("Year"), _years, ordered=True),
    )
}


def register_facet(facet: Facet) -> None:
    """
    Make a room's own facet known; call it in `AppConfig.ready()`. The same name replaces it.

    For what only that room can put into words; vocabularies that rooms share are here already.
    """
    _facets[facet.name] = facet


def get_facet(name: str) -> Facet:
    """Return the facet of this name; raises KeyError where there is none."""
    return _facets[name]
