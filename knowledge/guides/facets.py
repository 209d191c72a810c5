"""The facets of a guide: which field holds the terms of which vocabulary, and where they lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.models import Page

from portal.cms.navigation import address
from portal.search.facets import language_of_label
from portal.taxonomy.terms import Vocabulary
from portal.taxonomy.vocabularies import (
    AUDIENCE,
    COMMITMENT,
    DOCUMENT_TYPE,
    LANGUAGE,
    LEVEL,
    RIGHT,
    STAGE,
    TECHNOLOGY,
)
from portal.web.addresses import href

# (vocabulary, field), in the order in which readers meet them. A vocabulary's key is the facet's
# name in addresses, a public contract.
FIELDS: tuple[tuple[Vocabulary, str], ...] = (
    (COMMITMENT, "commitments"),
    (STAGE, "stages"),
    (TECHNOLOGY, "technologies"),
    (AUDIENCE, "audiences"),
    (DOCUMENT_TYPE, "document_type"),
    (LEVEL, "level"),
    (LANGUAGE, "content_language"),
    (RIGHT, "rights"),
)
# Those that the index filters by; the right affected is searched for, not browsed.
BROWSED = tuple(vocabulary for vocabulary, _field in FIELDS if vocabulary is not RIGHT)

# What teaches by doing: gathered for officials who begin, found by the facet `use`.
TEACHING_TYPES = ("training", "template", "case-study", "checklist")
TEACHING = {"use": ["teaching"]}


@dataclass(frozen=True)
class Term:
    """
    A term of a guide, and the address of the index narrowed to it (empty where not browsed).

    `language` is the label's, "" for the page's.
    """

    label: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class TermGroup:
    key: str
    label: str
    terms: Sequence[Term]


def terms_of(guide: Page) -> dict[str, list[str]]:
    """Return the guide's terms by vocabulary, e.g. `{"stage": ["licensing"], "level": ["2"]}`."""
    found = {}
    for vocabulary, field in FIELDS:
        value = getattr(guide, field)
        found[vocabulary.key] = [value] if isinstance(value, str) else list(value)
    return {key: [term for term in terms if term] for key, terms in found.items()}


def card_facets(guide: Page) -> dict[str, list[str]]:
    """Return the guide's facets as its search card carries them; its language is the card's own."""
    facets = {key: terms for key, terms in terms_of(guide).items() if key != LANGUAGE.key}
    teaches = not set(facets[DOCUMENT_TYPE.key]).isdisjoint(TEACHING_TYPES)
    return {**facets, **(TEACHING if teaches else {})}


def index_href(**filters: str) -> str:
    """Return the address of the guide index, narrowed by facets, e.g. `stage="licensing"`."""
    return href(filters, address("guides/"))


def teaching_href(chosen: Sequence[tuple[str, str]]) -> str:
    """
    Return the address of the guide index, narrowed to what teaches by doing and to `chosen`.

    `chosen` are pairs of a facet and a term; a type that is among them stands instead of all.
    """
    has_type = any(facet == DOCUMENT_TYPE.key for facet, _term in chosen)
    types = () if has_type else TEACHING_TYPES
    return href([*chosen, *((DOCUMENT_TYPE.key, each) for each in types)], index_href())


def term_groups(guide: Page) -> list[TermGroup]:
    """Return the guide's terms with labels and links, by vocabulary; empty ones left out."""
    terms = terms_of(guide)
    return [
        TermGroup(
            vocabulary.key,
            str(vocabulary.label),
            [
                Term(
                    vocabulary.label_of(key),
                    index_href(**{vocabulary.key: key}) if vocabulary in BROWSED else "",
                    language_of_label(vocabulary.key, key),
                )
                for key in terms[vocabulary.key]
            ],
        )
        for vocabulary, _field in FIELDS
        if terms[vocabulary.key]
    ]
