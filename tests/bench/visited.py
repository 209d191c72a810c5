"""
The demonstration's pages as a contestant, each as an anonymous visitor gets it from no cache.

Run by the harness as a worker, on a database that has the demonstration's content.
"""

from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import worker

ASKED = "/en/consultations/human-rights-risk-indicators/"
# What is measured: an open consultation, and a guide in the middle of what guides take.
PAGES = {
    "home": "/en/",
    "guide": "/en/guides/what-a-catch-all-is/",
    "consultation": ASKED,
    "discussion": f"{ASKED}discussion/",
}


class Visited:
    """The commands of this contestant."""

    def load(self) -> None:
        """Read every page once, so that nothing is left to be loaded."""
        self.client = worker.visitor_client()
        for path in PAGES.values():
            self._get(path)
        worker.settle()

    def read(self, page: str, repeat: int) -> worker.Milliseconds:
        """A page through the test client."""
        return worker.timed(lambda: self._get(PAGES[page]), repeat)

    def queries(self, page: str) -> int:
        """The most queries that a page of this kind makes, of all that there are."""
        return max(self._counted(path) for path in self._all_of(page))

    def _counted(self, path: str) -> int:
        self._get(path)
        with CaptureQueriesContext(connection) as queries:
            self._get(path)
        assert queries, f"{path} comes from a cache"
        return len(queries)

    def _all_of(self, page: str) -> list[str]:
        from consultations.calls.models import ConsultationPage
        from knowledge.guides.models import GuidePage

        if page == "home":
            return [PAGES[page]]
        if page == "guide":
            return [each.url for each in GuidePage.objects.live()]
        readable = [each.url for each in ConsultationPage.objects.readable()]
        return readable if page == "consultation" else [f"{url}discussion/" for url in readable]

    def _get(self, path: str) -> Any:
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response


def main() -> None:
    django.setup()
    # A front that keeps whole pages would answer in the place of what is measured here.
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.startswith("portal.front.")
    ]
    visited = Visited()
    worker.serve({"load": visited.load, "read": visited.read, "queries": visited.queries})


if __name__ == "__main__":
    main()
