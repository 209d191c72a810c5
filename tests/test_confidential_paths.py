"""
Where somebody answers, comes back, checks or reports: three lists of it that must not part.

The views say it by their mark, the settings by a pattern, and the proxy's configuration by another.
What a real nginx then writes is looked at in tests/browser/test_proxy.py.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from structlog.testing import capture_logs

from portal.confidential import is_confidential
from tests.addresses import every_address

NGINX = (Path(__file__).resolve().parents[1] / "docs" / "nginx.conf").read_text()


def marked() -> list[str]:
    return [path for path, view in every_address() if getattr(view, "is_confidential", False)]


def test_the_views_that_are_marked_are_those_the_setting_names():
    matched = [path for path, _view in every_address() if is_confidential(path)]
    assert matched == marked()
    assert len(matched) > 50


def test_an_address_is_confidential_however_it_is_typed():
    """Without its last slash it is redirected; with a dot after it, it is not found."""
    for path in marked():
        for typed in (path.rstrip("/"), f"{path}.", path.upper(), f"//{path}"):
            assert is_confidential(typed), typed


def test_what_only_begins_like_such_an_address_is_a_page_like_others():
    for slug in ("exit-controls", "form-of-an-end-use-statement", "resume-of-a-debate", "respond2"):
        assert not is_confidential(f"/en/guides/{slug}/")


def test_the_proxy_s_map_has_the_same_pattern():
    [unlogged] = re.findall(r"^map \$uri \$logged \{\n\s*~(\S+) 0;\n\s*default 1;\n\}", NGINX, re.M)
    assert unlogged == settings.CONFIDENTIAL_PATHS


def test_the_proxy_writes_errors_at_the_one_level_that_names_nobody():
    levels = re.findall(r"^\s*error_log \S+ (\w+);", NGINX, re.M)
    assert set(levels) == {"emerg"}
    assert len(levels) == len(re.findall(r"^server \{", NGINX, re.M))


@pytest.mark.django_db
@pytest.mark.parametrize("secure", [False, True])
def test_no_answer_at_such_an_address_is_logged_or_kept(client, site_tree, settings, secure):
    """The redirects that add a slash, a language or HTTPS among them."""
    settings.SECURE_SSL_REDIRECT = not secure
    paths = [*marked(), "/consultations/any/respond/", "/en/consultations/any/respond/none"]
    wrong = []
    with capture_logs() as lines:
        for path in paths:
            for typed in (path, path.rstrip("/")):
                answer = client.get(typed, secure=secure)
                if "no-store" not in answer.headers.get("Cache-Control", ""):
                    wrong.append(f"{typed}: {answer.status_code} {dict(answer.headers)}")
    assert wrong == []
    assert lines == []


@pytest.mark.django_db
def test_every_page_at_such_an_address_has_the_small_header(client, site_tree):
    """No menu and no search: what somebody looks for from there would stand in an address."""
    seen = 0
    for path in marked():
        answer = client.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            page = BeautifulSoup(answer.content, "html.parser")
            assert page.select("header .site-nav, form[role=search]") == [], path
            seen += page.header is not None
    assert seen > 10
