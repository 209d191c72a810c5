"""What the page shows of the guides that can be taken along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models import GuidePage
from knowledge.guides.parts import GuidePart
from knowledge.packs.models import PackedGuide
from knowledge.packs.queries import public_guides
from portal.taxonomy.terms import Vocabulary
from portal.taxonomy.vocabularies import LANGUAGE, LEVEL, STAGE
from portal.web.addresses import href
from portal.web.selects import Select

ALL = "all"


@dataclass(frozen=True)
class Row:
    """A guide as a box to tick; `size` in bytes is None where it is not known yet."""

    key: str
    pk: int
    slug: str
    title: str
    language: str
    level: str
    size: int | None
    stages: Sequence[str] = field(repr=False)


class Shelf:
    """
    Guides that can be taken along, narrowed by an address and with some of them named in it.

    `filters` are stage, level and language; what names none of these is left out. The reader's
    language is meant where none is said, and `all` means every one.
    """

    def __init__(self, asked: Mapping[str, str], named: Sequence[str]) -> None:
        self.filters = {
            each.key: asked[each.key]
            for each in (STAGE, LEVEL)
            if asked.get(each.key) in {term.key for term in each}
        }
        language = asked.get(LANGUAGE.key, "")
        known = {ALL, *(term.key for term in LANGUAGE)}
        self.language = language if language in known else get_language() or ALL
        sizes = PackedGuide.objects.sizes()
        guides = public_guides().without_text().select_related("locale").order_by("title")
        self.rows = [_row(guide, sizes) for guide in guides]
        self._by_key = {row.key: row for row in self.rows}
        self.named = list(dict.fromkeys(filter(None, map(self._meant, named))))

    def _meant(self, name: str) -> str:
        """Return the key of a guide that is named by it or by its slug alone; "" for none."""
        if name in self._by_key:
            return name
        alike = [row for row in self.rows if row.slug == name]
        own = [row for row in alike if row.key.startswith(f"{get_language()}/")]
        return next((row.key for row in [*own, *alike]), "")

    @property
    def ticked(self) -> list[str]:
        """Return the keys that are ticked at first: those named, or all of a stage or level."""
        if self.named or not self.filters:
            return self.named
        return [row.key for row in self.shown]

    @property
    def shown(self) -> list[Row]:
        """Return what fits the filters, and what is named in any case."""
        return [row for row in self.rows if row.key in self.named or self._fits(row)]

    def _fits(self, row: Row) -> bool:
        return (
            self.language in (ALL, row.language)
            and self.filters.get(LEVEL.key, row.level) == row.level
            and (STAGE.key not in self.filters or self.filters[STAGE.key] in row.stages)
        )

    def groups(self, also: Sequence[str] = ()) -> list[tuple[str, list[Row]]]:
        """Return what is shown by the first of its stages that is asked for; `also` of any."""
        rows = [*self.shown, *(self._by_key[key] for key in also if key in self._by_key)]
        found: dict[str, list[Row]] = {}
        for row in dict.fromkeys(rows):
            wanted = self.filters.get(STAGE.key, "")
            first = wanted if wanted in row.stages else next(iter(row.stages), "")
            found.setdefault(first, []).append(row)
        order = [term.key for term in STAGE]
        keys = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
        return [
            (STAGE.label_of(key) if key else str(_("Other guides")), found[key]) for key in keys
        ]

    def keys_of(self, pks: Sequence[int]) -> list[str]:
        """Return the keys of guides by their number in the database."""
        return [row.key for row in self.rows if row.pk in pks]

    def found(self, keys: Sequence[str]) -> list[Row]:
        """Return the guides of these keys."""
        return [self._by_key[key] for key in keys if key in self._by_key]

    @property
    def action(self) -> str:
        """Return the address that the form is sent to: this page, narrowed as it is."""
        narrowed = {**self.filters, LANGUAGE.key: self.language}
        return href(narrowed, reverse("take_along"))

    @property
    def selects(self) -> list[Select]:
        """Return what narrows the list."""
        there = {row.language for row in self.rows} | {self.language}
        spoken = [(term.key, term.label) for term in LANGUAGE if term.key in there]
        every = pgettext_lazy("of languages", "All")
        return [
            self._select(STAGE, pgettext_lazy("of stages", "All")),
            self._select(LEVEL, pgettext_lazy("of levels", "All")),
            Select.of(LANGUAGE.key, LANGUAGE.label, [(ALL, every), *spoken], self.language),
        ]

    def _select(self, vocabulary: Vocabulary, anything: str | Promise) -> Select:
        chosen = self.filters.get(vocabulary.key, "")
        choices = [("", anything), *((term.key, term.label) for term in vocabulary)]
        return Select.of(vocabulary.key, vocabulary.label, choices, chosen)


def _row(guide: GuidePage, sizes: Mapping[int, int]) -> Row:
    return Row(
        key=f"{guide.locale.language_code}/{guide.slug}",
        pk=guide.pk,
        slug=guide.slug,
        title=guide.title,
        language=guide.written_in,
        level=guide.level,
        size=sizes.get(guide.pk),
        stages=tuple(guide.stages),
    )


def in_a_pack(guide: GuidePage, request: HttpRequest) -> dict[str, Any] | None:
    """Return where a guide is taken along with others; None of a draft."""
    if not guide.pk or not guide.live:
        return None
    # By its address alone, which means the same guide there as here: its tree would cost a query.
    return {"href": href([("guide", guide.slug)], reverse("take_along"))}


IN_A_PACK = GuidePart("pack", "about", "knowledge/packs/in_a_pack.html", in_a_pack)
