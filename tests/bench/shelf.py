"""
Guides with their versions as a contestant, in one process on one database, as `worker.py` says.

`python -m tests.bench.shelf DATABASE` fills a copy of the empty portal.
"""

import shutil
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench import generator, worker
from tests.bench.portal_data import BASE

VERSIONS = 10
SLUG = "guide-7"
PAGES = {
    "index": "/en/guides/",
    "guide": f"/en/guides/{SLUG}/",
    "versions": f"/en/guides/{SLUG}/versions/",
    "version": f"/en/guides/{SLUG}/versions/9/",
    "comparison": f"/en/guides/{SLUG}/versions/compare/?from=1&to=10",
    "matrix": "/en/code/",
}


class Shelf:
    """The commands of this contestant."""

    def load(self, size: int) -> None:
        """Take up a portal with `size` guides, each with its card and VERSIONS versions."""
        shutil.copy(BASE, worker.database_path())
        with transaction.atomic():
            make_guides(size)
        call_command("rebuild_search", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.client = worker.visitor_client()
        for page in PAGES:
            self._get(page)
        worker.settle()

    def read(self, page: str, repeat: int) -> worker.Milliseconds:
        """A page through the test client, as an anonymous reader gets it."""
        return worker.timed(lambda: self._get(page), repeat)

    def queries(self, page: str) -> int:
        """How many queries a page makes."""
        with CaptureQueriesContext(connection) as queries:
            self._get(page)
        return len(queries)

    def _get(self, page: str) -> None:
        response = self.client.get(PAGES[page])
        assert response.status_code == 200, (page, response.status_code)


def make_guides(size: int) -> None:
    """Publish `size` guides of eight sections over all stages, levels, kinds and commitments."""
    from knowledge.guides.models import GuideIndexPage, GuidePage, GuideVersion
    from knowledge.guides.versions.content import digest_of, frozen
    from portal.taxonomy.vocabularies import COMMITMENT, DOCUMENT_TYPE, LEVEL, STAGE

    texts = [row.body for row in generator.rows(200)]
    terms = [[term.key for term in some] for some in (COMMITMENT, STAGE, DOCUMENT_TYPE, LEVEL)]
    plain = GuidePage.objects.get(slug="a-plain-guide")
    index = GuideIndexPage.objects.get(locale__language_code="en")
    for number in range(size):
        commitment, stage, kind, level = (keys[number % len(keys)] for keys in terms)
        guide = GuidePage(
            **_like(plain),
            slug=f"guide-{number}",
            title=f"Guide {number}: {texts[number % 200][:60]}",
            commitments=[commitment],
            stages=[stage],
            document_type=kind,
            level=level,
            body=_sections(texts, number),
        )
        index.add_child(instance=guide)
        content = frozen(guide)
        GuideVersion.objects.bulk_create(
            _version(guide, content, n) for n in range(1, VERSIONS + 1)
        )
    for version in GuideVersion.objects.filter(guide__slug=SLUG, number__lt=VERSIONS):
        earlier = GuidePage.objects.get(slug=f"guide-{version.number + 10}")
        version.content = frozen(earlier)
        version.digest = digest_of(version.content)
        version.save()


def _like(plain: Any) -> dict[str, Any]:
    names = ("unit", "jurisdiction", "source_title", "source_date", "reviewed_on", "review_due")
    return {name: getattr(plain, name) for name in names}


def _sections(texts: list[str], number: int) -> list[tuple[str, Any]]:
    sections: list[tuple[str, Any]] = []
    for part in range(8):
        text = texts[(number * 7 + part) % len(texts)]
        sections += [
            ("heading", {"text": f"Section {part + 1}", "level": "h2"}),
            ("paragraph", f"<p>{text}</p>"),
        ]
    return sections


def _version(guide: Any, content: Any, number: int) -> Any:
    from knowledge.guides.models import GuideVersion
    from knowledge.guides.versions.content import digest_of

    return GuideVersion(
        guide=guide,
        number=number,
        published_at=timezone.now(),
        note="" if number == 1 else f"Change {number}.",
        content=content,
        words_added=number,
        words_removed=number,
        digest=digest_of(content),
        record_leaf="0" * 64,
    )


def main() -> None:
    django.setup()
    shelf = Shelf()
    Path(worker.database_path()).parent.mkdir(parents=True, exist_ok=True)
    worker.serve({"load": shelf.load, "read": shelf.read, "queries": shelf.queries})


if __name__ == "__main__":
    main()
