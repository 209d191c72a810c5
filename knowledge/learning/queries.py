"""The material gathered for officials: what fits a choice, what is nearest, how much there is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.guides.facets import FIELDS, TEACHING_TYPES, teaching_href, terms_of
from knowledge.guides.models import GuidePage
from portal.cms.models.in_every_language import asked_alike
from portal.cms.navigation import address
from portal.cms.shelves import Teaser
from portal.search.facets import get_facet, language_of_label
from portal.search.listing import Chip, parse
from portal.taxonomy.terms import Vocabulary
from portal.taxonomy.vocabularies import AUDIENCE, DOCUMENT_TYPE, LANGUAGE, LEVEL, STAGE
from portal.web.addresses import href
from portal.web.selects import Select

# What an address may ask for; a choice of several in one facet widens, several facets narrow.
FACETS = (STAGE, LEVEL, DOCUMENT_TYPE, LANGUAGE, AUDIENCE)
AT = "#material"
MOST_SHOWN = 3
SUGGESTIONS_PER_FACET = 3


@dataclass(frozen=True)
class Suggestion:
    """A choice that would answer where the present one does not."""

    text: str
    count: int
    href: str


class Material:
    """
    Published training, templates, case studies and checklists, and which of it an address asks for.

    `guides` are rows of key, title and facets, `filters` the choices by facet, `problems` what was
    wrong with the address, in words.
    """

    def __init__(
        self,
        guides: Sequence[Any],
        filters: Mapping[str, Sequence[str]],
        problems: Sequence[str],
    ) -> None:
        self._guides = [(guide, terms_of(guide)) for guide in guides]
        self.filters = filters
        self.problems = problems

    def _found(self, filters: Mapping[str, Sequence[str]]) -> list[Any]:
        return [
            guide
            for guide, terms in self._guides
            if all(not set(terms[name]).isdisjoint(values) for name, values in filters.items())
        ]

    @cached_property
    def found(self) -> list[Any]:
        """Return the rows of what fits: in the reader's language first, then by level and title."""
        reader = get_language()
        return sorted(
            self._found(self.filters),
            key=lambda guide: (guide.content_language != reader, guide.level, guide.title),
        )

    @property
    def fitting(self) -> list[Teaser]:
        """Return the first few of what fits. One query."""
        keys = [row.pk for row in self.found[:MOST_SHOWN]]
        guides = GuidePage.objects.without_text().in_bulk(keys)
        return [guides[key].entry() for key in keys if key in guides]

    @property
    def all_href(self) -> str:
        """Return the address of the list of all that fits."""
        return teaching_href(self._pairs)

    @property
    def path(self) -> str:
        return address("learning/")

    @property
    def clear_href(self) -> str:
        return self.path + AT

    @property
    def chips(self) -> list[Chip]:
        """Return the choices in force, each with the address that lifts it."""
        return [
            Chip(
                str(get_facet(name).label),
                get_facet(name).labels([value]).get(value, value),
                href([pair for pair in self._pairs if pair != (name, value)], self.path),
                language_of_label(name, value),
            )
            for name, value in self._pairs
        ]

    @property
    def selects(self) -> list[Select]:
        return [
            self._select(AUDIENCE, _("Written for"), _("Anybody")),
            self._select(LEVEL, _("What exists today"), _("Anything"), noted=True),
        ]

    def _select(
        self,
        vocabulary: Vocabulary,
        label: str | Promise,
        anything: str | Promise,
        *,
        noted: bool = False,
    ) -> Select:
        chosen = self.filters.get(vocabulary.key, ())
        only = chosen[0] if len(chosen) == 1 else ""
        choices = [("", anything)]
        choices += [
            (term.key, f"{term.label} – {term.note}" if noted else term.label)
            for term in vocabulary
        ]
        return Select.of(vocabulary.key, label, choices, only)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the choices that no select shows, for the form to carry along."""
        return [
            pair for pair in self._pairs if pair[0] in (STAGE.key, DOCUMENT_TYPE.key, LANGUAGE.key)
        ]

    @property
    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.filters.items() for value in values]

    @cached_property
    def nearest(self) -> list[Suggestion]:
        """
        Single choices to change so that something answers: the nearest levels, the fullest others.

        Empty where two choices would have to change.
        """
        suggestions = []
        for vocabulary in FACETS:
            name = vocabulary.key
            chosen = self.filters.get(name, ())
            if not chosen:
                continue
            rest = {key: values for key, values in self.filters.items() if key != name}
            fitting = {guide.pk for guide in self._found(rest)}
            counts = Counter(
                term for guide, terms in self._guides if guide.pk in fitting for term in terms[name]
            )
            keys = [key for key in counts if key in vocabulary]
            if vocabulary is LEVEL:
                keys.sort(key=lambda key: min(abs(int(key) - int(each)) for each in chosen))
            else:
                keys.sort(key=lambda key: -counts[key])
            suggestions += [
                Suggestion(
                    f"{vocabulary.label}: {vocabulary.label_of(key)}",
                    counts[key],
                    self._changed(name, key),
                )
                for key in keys[:SUGGESTIONS_PER_FACET]
            ]
        return suggestions

    def _changed(self, name: str, key: str) -> str:
        pairs = [pair for pair in self._pairs if pair[0] != name]
        return href(pairs, self.path, **{name: key}) + AT

    @property
    def total(self) -> int:
        return len(self._guides)

    def of_step(self, stages: Sequence[str], levels: Sequence[str]) -> tuple[int, list[str]]:
        """Return how much there is for a step, and of which types, in words."""
        chosen = {STAGE.key: stages, LEVEL.key: levels}
        found = self._found({name: values for name, values in chosen.items() if values})
        types = {guide.document_type for guide in found}
        return len(found), [str(each.label) for each in DOCUMENT_TYPE if each.key in types]


def read_material(request: HttpRequest) -> Material:
    """
    Return the material, and what of it the address asks for. One query.

    Raises Http404 for a page other than the first: what fits is not turned over here.
    """
    query, problems = parse(request.GET, facets=[vocabulary.key for vocabulary in FACETS])
    if query.page > 1:
        raise Http404("No such page")
    return Material(list(_teaching()), query.filters, problems)


@asked_alike
def _teaching() -> Any:
    """Return what teaches as rows: of all but the few that are shown no more is asked for."""
    guides = GuidePage.objects.shown().filter(document_type__in=TEACHING_TYPES)
    fields = ("pk", "title", *(field for _vocabulary, field in FIELDS))
    return guides.order_by("title", "pk").values_list(*fields, named=True)
