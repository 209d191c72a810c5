"""The homes of the languages are read once a page, and seen by the next one."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models.sites import Site

from portal.cms.models.site_roots import keeper, read_once, site_roots

pytestmark = pytest.mark.django_db


@pytest.fixture
def reads(monkeypatch):
    """A list that grows by each time that Wagtail's store is asked."""
    asked = []
    real = Site.get_site_root_paths

    def counted():
        asked.append(1)
        return real()

    monkeypatch.setattr(Site, "get_site_root_paths", staticmethod(counted))
    return asked


@pytest.mark.parametrize("path", ["/en/", "/en/learning/", "/en/guides/", "/en/sources/"])
def test_a_page_with_many_links_reads_them_twice_at_most(client, site_tree, reads, path):
    assert client.get(path).status_code == 200
    # Once for links that are made with the request, and once for all others.
    assert len(reads) <= 2


def test_a_home_page_that_comes_is_seen_by_the_next_page(client, site_tree):
    def heading() -> str:
        return BeautifulSoup(client.get("/fr/about/").content, "html.parser").h1.text

    assert heading() == site_tree.about.title
    call_command("create_site", languages=["fr"], verbosity=0)
    assert heading() != site_tree.about.title


def test_nothing_is_kept_between_pages(site_tree):
    assert keeper() is None
    with read_once():
        first = site_roots()
        assert site_roots() is first
        assert site_tree.about.get_url() == "/en/about/"
    assert keeper() is None
    assert site_roots() == first
