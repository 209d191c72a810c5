"""How far the translations of a page are."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.cms.models import PageTranslation
from portal.cms.texts.pages import segments_of, words_in
from portal.cms.texts.progress import Progress, Row, counts
from portal.cms.texts.segments import Segment, digest_of
from portal.cms.translating.actions import notes_of
from portal.taxonomy.languages import name_of


@dataclass(frozen=True)
class PageProgress(Progress):
    """The state of a page in a language: how much is a machine's, and whether readers have it."""

    machine: int
    is_live: bool

    @property
    def state(self) -> str:
        """Return where it stands for readers."""
        if not self.href:
            return _("Not begun")
        return _("Published") if self.is_live else _("Draft")


def rows_of(draft: Any, original: Any, notes: PageTranslation) -> list[Row]:
    """List every text of an original that a draft is to say in its language, with its words."""
    words = words_in(draft, original)
    named = _names(original)
    rows = []
    left = draft.left_in_original()
    for segment in segments_of(original):
        if segment.area in left:
            continue
        text, of = words.get(segment.key, ""), notes.of.get(segment.key)
        is_there = of is not None or digest_of(text) != segment.digest
        rows.append(
            Row(
                segment,
                named(segment),
                text if is_there else "",
                is_old=of is not None and of != segment.digest,
                is_machine=segment.key in notes.by_machine,
            )
        )
    return rows


def progress_of(page: Page) -> PageProgress:
    """Return how far one translation is. Raises PageTranslation.DoesNotExist for none."""
    notes = notes_of(page)
    return _summed(
        page, rows_of(page.get_latest_revision_as_object(), notes.current_original(), notes)
    )


def progress(original: Page) -> list[PageProgress]:
    """List every other language of the portal, with how far the page's translation is."""
    there = {each.locale.language_code: each for each in original.get_translations()}
    own = original.locale.language_code
    return [
        progress_of(there[code]) if code in there else _not_begun(code)
        for code, _name in settings.LANGUAGES
        if code != own
    ]


def _summed(page: Page, rows: list[Row]) -> PageProgress:
    code = page.locale.language_code
    return PageProgress(
        language=code,
        name=name_of(code),
        href=reverse("page_translation", args=[page.pk]),
        **counts(rows),
        machine=sum(row.is_machine for row in rows),
        is_live=page.live,
    )


def _not_begun(code: str) -> PageProgress:
    return PageProgress(code, name_of(code), "", 0, 0, 0, 0, is_live=False)


def _names(original: Any) -> Any:
    """Return what names a text by where it stands: its field, and its number in a field of many."""
    counted: dict[str, int] = {}

    def name(segment: Segment) -> str:
        field = capfirst(str(original._meta.get_field(segment.area).verbose_name))
        if "." not in segment.key:
            return str(field)
        counted[segment.area] = counted.get(segment.area, 0) + 1
        told = {"field": field, "number": counted[segment.area]}
        return _("%(field)s, text %(number)d") % told

    return name
