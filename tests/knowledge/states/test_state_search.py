"""A site that has just been made already finds its states."""

import pytest

pytestmark = pytest.mark.django_db


def test_states_are_found_on_the_search_page(client, site_tree):
    html = client.get("/en/search/", {"q": "Costa Rica"}).content.decode()
    assert "/en/states/cr/" in html
    assert "since April 2023" in html
