"""What a request leaves behind: one line that names nobody, and the policy that fits the page."""

import pytest
from django.conf import settings
from structlog.testing import capture_logs

from portal.settings.logging import configure_logging
from tests.portal.cms.admin_forms import edit_address, filled_in
from tests.portal.cms.test_public_pages import STRICT, policy_of


def test_the_log_line_names_nobody(client, site_tree):
    with capture_logs() as lines:
        client.get(
            "/en/about/?q=secret-words",
            REMOTE_ADDR="203.0.113.7",
            headers={"user-agent": "Agent/7.3", "referer": "https://elsewhere.example/"},
        )
    [line] = [line for line in lines if line["event"] == "request"]
    assert set(line) == {"event", "log_level", "method", "path", "status", "ms"}
    assert (line["method"], line["path"], line["status"]) == ("GET", "/en/about/", 200)
    for trace in ("secret-words", "203.0.113.7", "Agent/7.3", "elsewhere"):
        assert trace not in str(lines)


@pytest.mark.parametrize(
    "path",
    [
        "/en/consultations/any/respond/",
        "/record/verify/",
        f"/record/proof/{'0' * 64}.json",
        "/en/consultations/a/responses/b/dispute/",
    ],
)
def test_when_somebody_answered_stands_in_no_log_and_no_cache(client, site_tree, path):
    with capture_logs() as lines:
        answer = client.get(path)
    assert [line for line in lines if line["event"] == "request"] == []
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_admin_has_its_own_policy(client, author):
    client.force_login(author)
    policy = policy_of(client.get("/admin/"))
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in str(policy)


@pytest.mark.parametrize("who", ["member", "author"])
def test_signing_in_does_not_loosen_the_public_policy(request, client, site_tree, who):
    client.force_login(request.getfixturevalue(who))
    policy = policy_of(client.get("/en/about/"))
    assert policy >= STRICT
    assert "unsafe" not in str(policy)


def test_a_preview_keeps_the_strict_policy_and_may_be_framed_by_us(client, site_tree, author):
    client.force_login(author)
    address = edit_address(site_tree.privacy) + "preview/"
    sent = client.post(address, filled_in(client, edit_address(site_tree.privacy)))
    assert sent.json()["is_valid"]
    response = client.get(address)
    policy = policy_of(response)
    assert policy >= (STRICT - {"frame-ancestors 'none'"}) | {"frame-ancestors 'self'"}
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert b"site-header" in response.content


def test_what_a_signed_in_person_saw_is_kept_by_no_cache(client, site_tree, member):
    assert "Cache-Control" not in client.get("/en/").headers
    client.force_login(member)
    for path in ("/en/", "/en/search/", "/en/accounts/email/", "/en/accounts/2fa/", "/en/nothing/"):
        assert "no-store" in client.get(path).headers["Cache-Control"], path


def test_a_refused_form_where_people_answer_leaves_no_line_of_django_s_either(
    client, site_tree, capsys
):
    configure_logging(level="INFO", renderer="json")
    try:
        client.post("/record/verify/", {"receipt": "no receipt"})
        client.get("/en/consultations/none/respond/")
        assert "/record/verify/" not in capsys.readouterr().err
        client.get("/en/nothing-here/")
        assert "/en/nothing-here/" in capsys.readouterr().err
    finally:
        configure_logging(level=settings.LOG_LEVEL, renderer="console")
