"""The language in an address: what is shown under it, where the switch leads, what is cited."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from portal.languages.addresses import in_language, keeping_language
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("address", "language", "there"),
    [
        ("/en/guides/", "fr", "/fr/guides/"),
        ("/fr/guides/x/?page=2#top", "ar", "/ar/guides/x/?page=2#top"),
        ("https://portal.example/en/", "ru", "https://portal.example/ru/"),
        ("/en", "ru", "/ru"),
        ("/record/3/", "fr", "/record/3/"),
        ("/english/", "fr", "/english/"),
        ("", "fr", ""),
        ("mailto:en@example.org", "fr", "mailto:en@example.org"),
    ],
)
def test_an_address_under_another_language(address, language, there):
    assert in_language(address, language) == there


def test_an_address_without_a_language_keeps_the_reader_s():
    with override("fr"):
        assert keeping_language("/record/?page=2#check") == "/record/?page=2&lang=fr#check"
        assert keeping_language("/documents/1/a.pdf") == "/documents/1/a.pdf"
    with override("en"):
        assert keeping_language("/record/") == "/record/"


@pytest.mark.parametrize(
    ("header", "there"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"),
        ("ar", "/ar/"),
        ("de,ru;q=0.3", "/ru/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("*;q=x, fr;;;", "/en/"),
    ],
)
def test_the_root_leads_to_a_language_of_the_browser(client, site_tree, header, there):
    response = client.get("/", headers={"accept-language": header})
    assert (response.status_code, response["Location"]) == (302, there)
    assert "Accept-Language" in response["Vary"]


def test_no_cookie_chooses_a_language(client, site_tree):
    client.cookies["django_language"] = "ar"
    assert client.get("/")["Location"] == "/en/"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar"])
def test_a_page_of_one_language_is_shown_under_each(client, site_tree, language):
    guide = GuidePageFactory(title="Ask who will use it")
    response = client.get(f"/{language}/guides/{guide.slug}/")
    page = soup_of(response)
    assert response.status_code == 200
    assert page.html["lang"] == language
    assert page.html["dir"] == ("rtl" if language == "ar" else "ltr")
    assert "Ask who will use it" in page.h1.text
    # It is one page, and this is its address.
    canonical = page.find("link", rel="canonical")["href"]
    assert canonical.endswith(f"/en/guides/{guide.slug}/")
    assert not page.find_all("link", rel="alternate", hreflang=True)


def test_a_page_that_no_editor_wrote_is_there_in_each_language(client, site_tree, settings):
    page = soup_of(client.get("/fr/states/"))
    told = {each["hreflang"]: each["href"] for each in page.find_all("link", hreflang=True)}
    assert {code: href.split("/")[3] for code, href in told.items()} == {
        code: code for code, _name in settings.LANGUAGES
    }


@pytest.mark.parametrize("path", ["/en/search/?q=licence&kind=guide", "/en/states/", "/en/"])
def test_the_switch_leads_to_the_same_in_each_language(client, site_tree, settings, path):
    switch = soup_of(client.get(path)).find("nav", class_="languages")
    hrefs = {each["lang"]: each["href"] for each in switch.find_all("a")}
    others = {code: name for code, name in settings.LANGUAGES if code != "en"}
    assert hrefs == {code: f"/{code}{path[3:]}" for code in others}
    assert switch.find("span", attrs={"aria-current": True}).text == "English"
    assert {each["lang"]: each.text for each in switch.find_all("a")} == others
    for href in hrefs.values():
        assert client.get(href).status_code == 200


def test_links_of_a_page_stay_in_its_language(client, site_tree):
    guide = GuidePageFactory()
    page = soup_of(client.get(f"/fr/guides/{guide.slug}/"))
    inside = [each["href"] for each in page.select("main a, nav.site-nav a, footer a")]
    assert inside
    assert not [href for href in inside if href.startswith("/en/")]


def test_a_search_leads_to_what_it_finds_in_the_reader_s_language(client, site_tree):
    GuidePageFactory(title="Ask who will use it")
    page = soup_of(client.get("/ar/search/?q=ask"))
    found = [each["href"] for each in page.find("main").find_all("a") if "who will" in each.text]
    assert found == ["/ar/guides/ask-who-will-use-it/"]


def test_the_record_speaks_the_language_that_is_asked_for(client, site_tree):
    address = reverse("record:index")
    assert soup_of(client.get(address)).html["lang"] == "en"
    assert soup_of(client.get(address, headers={"accept-language": "ru"})).html["lang"] == "ru"
    asked = soup_of(client.get(f"{address}?lang=ar", headers={"accept-language": "ru"}))
    assert asked.html["lang"] == "ar"
    switch = {each["lang"]: each["href"] for each in asked.select("nav.languages a")}
    assert switch["fr"] == f"{address}?lang=fr"
    inside = [each["href"] for each in asked.find("main").find_all("a") if "verify" in each["href"]]
    assert f"{reverse('record:verify')}?lang=ar" in inside


@pytest.mark.parametrize("made_up", ["xx", "EN", "fr-CA", "../../etc", "🙂", "fr&lang=zz"])
def test_a_language_that_is_not_there_is_passed_over(client, site_tree, made_up):
    response = client.get(reverse("record:index"), {"lang": made_up})
    assert (response.status_code, soup_of(response).html["lang"]) == (200, "en")


def test_an_unknown_language_in_an_address_is_not_found(client, site_tree):
    assert client.get("/xx/guides/", follow=True).status_code == 404


def test_a_search_engine_s_map_has_each_page_once_whoever_asks(client, site_tree):
    GuidePageFactory()
    maps = [
        client.get("/sitemap.xml", headers={"accept-language": language}).content
        for language in ("en", "fr")
    ]
    assert maps[0] == maps[1]
    assert b":8000/fr/" not in maps[0]
