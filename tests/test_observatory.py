"""
What Mozilla's HTTP Observatory would count for the first page: more than 130 of 135.

Its tables (mdn/mdn-http-observatory, src/grader/charts.js) begin with 100, take penalties, and
add bonuses where 90 or more are left.
"""

import re
from base64 import b64encode
from hashlib import sha384

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.static_files import StaticFilesStorage, integrity

pytestmark = pytest.mark.django_db
LOADED = re.compile(r"<(?:script|link)[^>]*(?:src|rel=\"stylesheet\")[^>]*>")


@pytest.fixture
def first_page(site_tree, settings):
    """As production answers over HTTPS."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    return Client().get("/en/", secure=True)


def directives(page):
    parts = (each.split() for each in page["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def bonuses(page):
    policy = directives(page)
    loaded = LOADED.findall(page.content.decode())
    is_strict = policy["default-src"] == ["'none'"] and "unsafe" not in str(policy)
    return {
        "csp-implemented-with-no-unsafe-default-src-none": (
            10 if is_strict and policy["form-action"] in (["'self'"], ["'none'"]) else 0
        ),
        "x-frame-options-implemented-via-csp": 5 if policy["frame-ancestors"] == ["'none'"] else 0,
        "referrer-policy-private": 5 if page["Referrer-Policy"] == "same-origin" else 0,
        "cross-origin-resource-policy-implemented-with-same-origin": (
            10 if page["Cross-Origin-Resource-Policy"] == "same-origin" else 0
        ),
        "sri-implemented-and-all-scripts-loaded-securely": (
            5 if loaded and all('integrity="sha384-' in each for each in loaded) else 0
        ),
    }


def penalties(page):
    """None may be there: below 90 the Observatory counts no bonus."""
    return [
        name
        for name, is_missing in {
            "hsts": "max-age=31536000" not in page.get("Strict-Transport-Security", ""),
            "nosniff": page.get("X-Content-Type-Options") != "nosniff",
            "cors with credentials": "Access-Control-Allow-Credentials" in page,
            "cookies": bool(page.cookies),
        }.items()
        if is_missing
    ]


def test_the_observatory_counts_more_than_130(first_page):
    assert penalties(first_page) == []
    assert 100 + sum(bonuses(first_page).values()) > 130, bonuses(first_page)


def test_each_script_and_style_of_a_page_is_named_with_its_hash(first_page):
    found = re.findall(
        r'(?:src|href)="/static/([^"]+)" integrity="([^"]+)"', first_page.content.decode()
    )
    assert {name for name, _ in found} == {"portal/portal.css", "portal/portal.js"}
    for name, told in found:
        with open(finders.find(name), "rb") as file:
            assert told == f"sha384-{b64encode(sha384(file.read()).digest()).decode()}"


def test_a_file_that_was_changed_is_hashed_anew(tmp_path, settings):
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    try:
        path = tmp_path / "of-a-test.css"
        path.write_text("p {}")
        first = integrity("of-a-test.css")
        path.write_text("p { color: red }")
        assert first.startswith("sha384-")
        assert integrity("of-a-test.css") not in ("", first)
        assert integrity("not-there.css") == ""
    finally:
        finders.get_finder.cache_clear()


def test_collecting_writes_down_what_the_page_will_say(tmp_path):
    """Of the file as it is served, in which other files are named by their content."""
    (tmp_path / "picture.svg").write_text("<svg/>")
    (tmp_path / "a.css").write_text("p { background: url(picture.svg) }")
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    paths = {name: (storage, name) for name in ("a.css", "picture.svg")}
    assert [each for each in storage.post_process(paths) if isinstance(each[2], Exception)] == []
    collected = StaticFilesStorage(location=tmp_path, base_url="/static/")
    served = (tmp_path / collected.stored_name("a.css")).read_bytes()
    assert b"picture.svg" not in served
    assert collected.integrity("a.css") == f"sha384-{b64encode(sha384(served).digest()).decode()}"
    assert collected.integrity("picture.svg") == collected.integrity("not-there.css") == ""
