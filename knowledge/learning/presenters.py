"""What a certificate's page says: whether its guides are still those that were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from knowledge.guides.models import GuidePage
from knowledge.learning.models import Certificate, KeptProgress, PathPage
from knowledge.learning.modules import latest_versions
from portal.cms.models.in_every_language import one_of_each


@dataclass(frozen=True)
class GuideRead:
    """A guide on a certificate; `href` is "" where it is published no longer."""

    title: str
    language: str
    version: int
    newest: int
    href: str

    @property
    def is_gone(self) -> bool:
        return not self.href

    @property
    def is_changed(self) -> bool:
        return bool(self.href) and self.newest > self.version


@dataclass(frozen=True)
class Kept:
    """A path that an account keeps, with how many modules were worked through."""

    path: PathPage | None
    key: str
    count: int
    day: Any


def certificate_at(number: str) -> Certificate | None:
    """Return the certificate of a number, however it is written; None of what is no number."""
    try:
        found = UUID(number.strip())
    except ValueError:
        return None
    return Certificate.objects.filter(number=found).first()


def guides_read(certificate: Certificate) -> list[GuideRead]:
    """Return the guides of a certificate as they are today. Two queries, however many."""
    keys = [each["guide"] for each in certificate.guides]
    pages = GuidePage.objects.live_and_public().without_text().filter(translation_key__in=keys)
    found = {(str(each.translation_key), each.written_in): each for each in pages}
    newest = latest_versions([each.pk for each in found.values()])
    return [
        _read(row, found.get((row["guide"], row["language"])), newest) for row in certificate.guides
    ]


def _read(row: dict[str, Any], guide: GuidePage | None, newest: dict[int, int]) -> GuideRead:
    return GuideRead(
        title=row["title"],
        language=row["language"],
        version=row["version"],
        newest=newest.get(guide.pk, 0) if guide else 0,
        href=guide.url if guide else "",
    )


def kept_of(rows: Sequence[KeptProgress]) -> list[Kept]:
    """Return what an account keeps, each with its path, None where that is gone. One query."""
    keys = [row.path for row in rows]
    pages = one_of_each(PathPage.objects.live().public().filter(translation_key__in=keys))
    found = {page.translation_key: page for page in pages.defer("modules")}
    return [
        Kept(found.get(row.path), str(row.path), len(row.progress.done), row.day) for row in rows
    ]
