"""What browsers are told with every answer, and what no server is to give back."""

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PATHS = [
    "/en/",
    "/en/accounts/login/",
    "/en/accounts/",  # leads to signing in
    "/en/no-such-page/",
    "/en/search/suggestions/?q=cons",
    "/feeds/search/",
    "/record/leaves.jsonl",
    "/health/live",
    "/sitemap.xml",
    "/static/portal/portal.js",
    "/admin/",
]


@pytest.fixture
def strict(settings):
    """As production has them; the demonstration loosens these."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True


@pytest.mark.parametrize("path", PATHS)
def test_headers_that_browsers_hold_to(strict, path):
    answer = Client().get(path, secure=True)
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    if not path.startswith("/static/"):  # files of ours, which no policy concerns
        policy = answer["Content-Security-Policy"]
        for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors"):
            assert directive in policy
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/") and answer.status_code == 200:
        assert "charset=utf-8" in kind.replace('"', "")
    http = Client().get(path, secure=False)
    assert http.status_code == (200 if path == "/health/live" else 301)


def test_pages_of_an_account_are_for_no_other_site(strict):
    client = Client()
    client.force_login(UserFactory())
    answer = client.get("/en/accounts/", secure=True)
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("path", ["/en/", "/en/accounts/login/", "/admin/", "/record/"])
def test_trace_gives_nothing_back(path):
    answer = Client(HTTP_COOKIE="sessionid=canary-of-trace").trace(path)
    assert b"canary-of-trace" not in answer.content
    assert answer["Content-Type"] != "message/http"


def test_the_demonstration_s_mail_is_read_in_the_demonstration_alone(settings):
    settings.DEMO = False
    assert Client().get("/demo/mail/").status_code in (302, 404)
    assert Client().get("/demo/mail/", follow=True).status_code == 404
