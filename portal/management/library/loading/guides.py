"""Guides, one file each and language, made into published pages in the trees of their languages."""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from knowledge.control_lists.models import ListEntry
from knowledge.guides.models import GuideEntry, GuideIndexPage, GuidePage, Owner
from knowledge.sources.marks import citations_in
from knowledge.sources.models import Source
from portal.cms.models.page_translation import as_translated
from portal.management.library.loading.blocks import blocks_from
from portal.management.library.loading.titles import add_titles
from portal.stakeholders.models import State

Entry = dict[str, Any]
FIELDS = (
    *("title", "summary", "document_type", "stages", "level", "audiences", "technologies"),
    *("commitments", "rights", "legal_status", "jurisdiction"),
)
# Fills more into an unsaved guide.
Fill = Callable[[GuidePage], None]
# The owners that files name are desks of a demonstration; in an installation they are its own.
OF_THE_DEMONSTRATION = " (demonstration)"


def nothing_more(page: GuidePage) -> None:
    """Fill nothing in."""


def slugs_in(folder: Path) -> list[str]:
    """Return the slugs of the guides in a folder of the library, by alphabet."""
    return sorted({path.name.split(".")[0] for path in (folder / "guides").glob("*.toml")})


def load_guides(
    folder: Path,
    left_out: set[str],
    *,
    say: Callable[[str], object],
    days: Mapping[str, tuple[date, date]],
    fill: Fill = nothing_more,
) -> int:
    """
    Publish each guide that is not there in its language, but for those left out; count the pages.

    Of one that an editor could not have kept so, in any of its languages, nothing stays; `say` is
    told why.
    """
    loader = _Loader(folder)
    for slug in slugs_in(folder):
        if slug not in left_out:
            try:
                with transaction.atomic():
                    loader.load(slug, days[slug], fill)
            except ValidationError as error:
                say(f"Not loaded: {slug}: {'; '.join(error.messages)}")
                loader.look_up_indexes()  # they have counted what was undone
    return loader.made


class _Loader:
    """A load of guides, with what is looked up once for all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self.look_up_indexes()
        pages = GuidePage.objects.values_list("slug", "locale__language_code", "pk")
        self.there = {(slug, language): pk for slug, language, pk in pages}
        self.sources = {source.key: source for source in Source.objects.all()}
        self.entries = {entry.number: entry for entry in ListEntry.objects.all()}
        self.states = {state.iso2: state for state in State.objects.all()}
        self.titles = {
            code: _read(path)
            for code, _name in settings.LANGUAGES
            if (path := folder / f"titles.{code}.toml").exists()
        }

    def look_up_indexes(self) -> None:
        indexes = GuideIndexPage.objects.select_related("locale")
        self.indexes = {index.locale.language_code: index for index in indexes}

    def load(self, slug: str, days: tuple[date, date], fill: Fill) -> None:
        """Publish a guide in the languages that it is written in, the portal's first one first."""
        made = 0
        original: GuidePage | None = None
        for language in self._languages(slug):
            if pk := self.there.get((slug, language)):
                original = original or GuidePage.objects.get(pk=pk)
            elif language in self.indexes:
                page = self._page(slug, language, days)
                fill(page)
                self._publish(page, original)
                original = original or page
                made += 1
        self.made += made

    def _languages(self, slug: str) -> list[str]:
        found = [
            path.name.split(".")[-2] for path in (self.folder / "guides").glob(f"{slug}.*.toml")
        ]
        return sorted(found, key=lambda code: (code != settings.LANGUAGE_CODE, code))

    def _page(self, slug: str, language: str, days: tuple[date, date]) -> GuidePage:
        entry = _read(self.folder / "guides" / f"{slug}.{language}.toml")
        page = GuidePage(
            slug=slug,
            locale=self.indexes[language].locale,
            content_language=language,
            unit=Owner.objects.named(entry["owner"].removesuffix(OF_THE_DEMONSTRATION)),
            reviewed_on=days[0],
            review_due=days[1],
            state=self.states.get(entry.get("state", "")),
            body=blocks_from(entry["block"]),
            **{name: entry[name] for name in FIELDS},
        )
        self._rest_on(page, entry["sources"])
        page.entries = [
            GuideEntry(entry=self.entries[number], sort_order=place)
            for place, number in enumerate(entry.get("entries", ()))
        ]
        add_titles(page, self._titles(slug, language))
        return page

    def _rest_on(self, page: GuidePage, listed: list[str]) -> None:
        """Name as its source the one that it cites most, and list those that it does not cite."""
        cited = Counter(each.key for each in citations_in(page.body.get_prep_value()))
        first = self.sources[max(listed, key=lambda key: cited[key])]
        titled = first.titled_in(page.content_language)
        page.source_title, page.source_url = titled.title, titled.address
        page.source_date = first.dated
        page.further_sources = [("source", self.sources[key]) for key in listed if key not in cited]

    def _titles(self, slug: str, language: str) -> dict[str, tuple[str, str]]:
        return {
            code: (told[slug]["title"], told[slug]["summary"])
            for code, told in self.titles.items()
            if slug in told and code != language and not self._is_written(slug, code)
        }

    def _is_written(self, slug: str, language: str) -> bool:
        return (self.folder / "guides" / f"{slug}.{language}.toml").exists()

    def _publish(self, page: GuidePage, original: GuidePage | None) -> None:
        if original:
            page.translation_key = original.translation_key
        page = self.indexes[page.content_language].add_child(instance=page)
        page.save_revision().publish(skip_permission_checks=True)
        if original:
            as_translated(page, original).save()


def _read(path: Path) -> Entry:
    return tomllib.loads(path.read_text(encoding="utf-8"))
