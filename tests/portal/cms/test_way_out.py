"""Where "Exit this page" leads: set by the installation, by language, never back to us."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from portal.cms.models import WayOut
from portal.cms.models.way_out import DEFAULTS
from portal.cms.way_out import way_out
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def named(**addresses):
    site = Site.objects.get(is_default_site=True)
    return WayOut.objects.update_or_create(site=site, defaults=addresses)[0]


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar"])
def test_each_language_has_a_page_of_its_own(language):
    with translation.override(language):
        assert way_out() == DEFAULTS[language]
        named(**{language: "https://weather.example/"})
        assert way_out() == "https://weather.example/"
    assert len(set(DEFAULTS.values())) == 5


def test_a_language_that_nobody_has_set_leads_to_the_english_page():
    with translation.override("pt-br"):
        assert way_out() == DEFAULTS["en"]
    with translation.override("fr-ch"):
        assert way_out() == DEFAULTS["fr"]


@pytest.mark.parametrize(
    "address",
    [
        "http://weather.example/",
        "javascript:alert(1)",
        "https://user@weather.example/",
        "https://weather.example/?from=portal",
        "https://weather.example/#portal",
        "https://testserver/en/",
        "not an address",
        "",
    ],
)
def test_what_would_tell_or_lead_back_is_refused(address, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    page = named()
    page.en = address
    with pytest.raises(ValidationError):
        page.full_clean()


def test_the_default_addresses_are_right():
    named().full_clean()


def test_administrators_set_it_and_editors_do_not(role_client):
    address = reverse("wagtailsettings:edit", args=["cms", "wayout"])
    given = {**DEFAULTS, "fr": "https://meteo.example/"}
    editor, administrator = role_client(EDITOR), role_client(ADMINISTRATOR)
    assert "Where “exit this page” leads" not in editor.get(address, follow=True).content.decode()
    shown = administrator.get(address, follow=True)
    assert shown.status_code == 200
    answer = administrator.post(shown.request["PATH_INFO"], given)
    assert answer.status_code == 302
    with translation.override("fr"):
        assert way_out() == "https://meteo.example/"
    refused = administrator.post(shown.request["PATH_INFO"], {**given, "fr": "http://a.example/"})
    assert "nobody on the way can read it" in refused.content.decode()


@pytest.fixture
def role_client(site_tree):
    """`role_client(role)`: the browser of one of the staff, signed in."""

    def sign_in(role):
        user = UserFactory(role=role)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def test_a_page_without_an_answer_leads_out_too(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client = Client(enforce_csrf_checks=True, headers={"x-forwarded-proto": "https"})
    answer = client.post(reverse("exit"))
    assert (answer.status_code, answer.url) == (303, DEFAULTS["en"])
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(reverse("exit")).url == "/"
