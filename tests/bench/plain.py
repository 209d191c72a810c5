"""
A plain Wagtail site as a contestant: a title and a rich text, one step below the home page.

Run by the harness as a worker.
"""

import os
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import generator, worker

PAGE = "/a-plain-page/"
PARAGRAPHS = 16


class Plain:
    """The commands of this contestant."""

    def load(self) -> None:
        """Make the tables, the home page and the page below it."""
        call_command("migrate", run_syncdb=True, verbosity=0)
        from wagtail.models import Locale, Page, Site

        from tests.bench.plain_site.models import PlainPage

        Locale.objects.create(language_code="en")
        root = Page.add_root(instance=Page(title="Root", slug="root"))
        home = root.add_child(instance=PlainPage(title="Home", slug="home"))
        Site.objects.create(
            hostname="localhost", site_name="Plain", root_page=home, is_default_site=True
        )
        texts = (row.body for row in generator.rows(PARAGRAPHS))
        body = "".join(f"<p>{text}</p>" for text in texts)
        home.add_child(instance=PlainPage(title="A plain page", slug="a-plain-page", body=body))
        self.client = worker.visitor_client()
        self._get()
        worker.settle()

    def read(self, repeat: int) -> worker.Milliseconds:
        """The page through the test client, as an anonymous reader gets it."""
        return worker.timed(self._get, repeat)

    def queries(self) -> int:
        """How many queries the page makes."""
        with CaptureQueriesContext(connection) as queries:
            self._get()
        return len(queries)

    def _get(self) -> Any:
        response = self.client.get(PAGE)
        assert response.status_code == 200, response.status_code
        return response


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.plain_site.settings"
    django.setup()
    plain = Plain()
    worker.serve({"load": plain.load, "read": plain.read, "queries": plain.queries})


if __name__ == "__main__":
    main()
