"""Whoever pastes an address of the portal into the search box is led to its page."""

import pytest

pytestmark = pytest.mark.django_db
SEARCH = "/en/search/"


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("http://127.0.0.1:8000/r/ECHRI-2026-01-K7QM", "/r/ECHRI-2026-01-K7QM"),
        ("http://testserver/c/1042", "/c/1042"),
        ("testserver/r/ECHRI-2026-01-K7QM", "/r/ECHRI-2026-01-K7QM"),
        ("  /r/ECHRI-2026-01-K7QM ", "/r/ECHRI-2026-01-K7QM"),
        ("HTTP://TESTSERVER/record/8/", "/record/8/"),
        (
            "http://testserver/en/guides/a-guide/?x=1#part",
            "/en/guides/a-guide/?x=1#part",
        ),
    ],
)
def test_it_leads_there(client, site_tree, pasted, path):
    answer = client.get(SEARCH, {"q": pasted})
    assert (answer.status_code, answer.headers.get("Location")) == (302, path)


@pytest.mark.parametrize(
    "typed",
    [
        "https://elsewhere.example/r/ECHRI-2026-01-K7QM",
        "//elsewhere.example/r/X",
        "http://testserver@elsewhere.example/r/X",
        "/\\elsewhere.example/r/X",
        "/r/\\elsewhere.example",
        "http://[",
        "javascript:/r/X",
        "and/or",
        "dual-use/surveillance",
        "https://testserver/admin/",
        "/r/X and words",
        "/none-of-ours/",
        "/r/" + "x" * 600,
    ],
)
def test_anything_else_is_searched_for(client, site_tree, typed):
    assert client.get(SEARCH, {"q": typed}).status_code == 200
