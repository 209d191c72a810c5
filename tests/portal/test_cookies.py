"""Names of cookies as the browser has them."""

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ONION = f"{'portal' * 9}ab.onion"


@pytest.fixture
def strict(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.ONION_HOST = ONION
    settings.ALLOWED_HOSTS = ["testserver", ONION]


def signed_in(prefix="__Host-"):
    client = Client()
    client.force_login(UserFactory())
    client.cookies[f"{prefix}sessionid"] = client.cookies.pop("sessionid").value
    return client


def test_every_cookie_is_for_https_and_has_a_prefix(strict):
    client = signed_in()
    answers = [
        client.get("/en/accounts/login/"),
        client.get("/en/accounts/"),
        client.post("/en/accounts/profile/", {"name": "N", "submitter_type": "company"}),
        client.post("/en/accounts/logout/"),
    ]
    cookies = [each for answer in answers for each in answer.cookies.values()]
    assert {cookie.key for cookie in cookies} >= {"__Host-csrftoken", "__Host-sessionid"}
    for cookie in cookies:
        assert cookie.key.startswith(("__Host-", "__Secure-"))
        assert cookie["secure"]
        if cookie.key.startswith("__Host-"):
            assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_a_cookie_with_the_prefix_is_the_session_and_signing_out_deletes_it(strict):
    client = signed_in()
    assert client.get("/en/accounts/").status_code == 200
    gone = client.post("/en/accounts/logout/").cookies["__Host-sessionid"]
    assert (gone.value, gone["max-age"]) == ("", 0)
    assert client.get("/en/accounts/").status_code == 302


def test_a_cookie_that_another_host_of_the_domain_can_plant_is_not_looked_at(strict):
    assert signed_in(prefix="").get("/en/accounts/").status_code == 302


def test_inside_tor_names_are_plain(strict):
    client = signed_in(prefix="")
    answer = client.get("/en/accounts/", HTTP_HOST=ONION)
    assert answer.status_code == 200
    assert not any(name.startswith("__") for name in answer.cookies)
    assert not any(cookie["secure"] for cookie in answer.cookies.values())


def test_what_somebody_with_a_session_sees_is_still_kept_by_no_cache(strict):
    assert "no-store" in signed_in().get("/en/guides/")["Cache-Control"]
