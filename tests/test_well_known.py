"""What machines find at fixed addresses, and what they are asked to leave alone."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.utils import timezone

from consultations.discussion.actions import edit_comment
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db


def fields_of(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert text.endswith("\n")
    return [line.split(": ", 1) for line in text.splitlines()]


@pytest.mark.parametrize("day", ["2024-02-29T23:59:59Z", "2026-12-31T00:00:00Z", "2027-06-15"])
def test_security_txt_is_valid_on_any_day(client, settings, day):
    settings.SECURITY_CONTACT = ["mailto:a@portal.example", "https://portal.example/contact"]
    settings.BASE_URL = "https://portal.example"
    with time_machine.travel(day, tick=False):
        fields = fields_of(client.get("/.well-known/security.txt"))
        now = datetime.now(UTC)
    names = [name for name, _ in fields]
    assert names == ["Contact", "Contact", "Expires", "Preferred-Languages", "Canonical"]
    told = dict(fields)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", told["Expires"])
    expires = datetime.fromisoformat(told["Expires"])
    assert now + timedelta(days=30) < expires < now + timedelta(days=365)
    assert told["Canonical"] == "https://portal.example/.well-known/security.txt"


def test_the_demonstration_names_no_address_that_is_not_of_https(client, settings):
    assert settings.BASE_URL.startswith("http://")
    assert "Canonical" not in dict(fields_of(client.get("/.well-known/security.txt")))


@pytest.mark.parametrize("contact", [[], ["security@portal.example"], ["http://a.example"], [""]])
def test_a_contact_that_is_none_is_found_by_the_checks(settings, contact):
    settings.SECURITY_CONTACT = contact
    assert "portal.E002" in {each.id for each in run_checks()}


def test_robots_stay_out_of_the_admin_and_of_accounts_and_may_read_the_rest(client, site_tree):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(answer.content.decode().splitlines())
    for closed in ("/admin/", "/admin/pages/", "/en/accounts/login/", "/en/exit/"):
        assert not robots.can_fetch("anybody", closed), closed
    # What says "noindex" by itself is to be read, or nobody would learn of it.
    for read in ("/en/", "/en/consultations/a/discussion/", "/en/guides/", "/c/1", "/record/"):
        assert robots.can_fetch("anybody", read), read
    assert robots.site_maps() == ["http://127.0.0.1:8000/sitemap.xml"]


@pytest.fixture
def comment(site_tree):
    author = UserFactory(name="Ana Ruizcanary")
    made = comment_on(ConsultationPageFactory(slug="signs"), author=author, body="One.")
    return edit_comment(author=author, comment=made, body="Two.", language="en")


def test_discussions_are_not_to_be_listed(client, comment):
    discussion = "/en/consultations/signs/discussion/"
    for address in (
        discussion,
        f"{discussion}?order=newest",
        f"{discussion}reply/{comment.pk}/",
        f"{discussion}history/{comment.pk}/",
    ):
        answer = client.get(address)
        assert answer["X-Robots-Tag"] == "noindex", address
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.select_one('meta[name="robots"]')["content"] == "noindex", address
    assert "discussion" not in client.get("/sitemap.xml").content.decode()


def test_no_person_s_name_stands_in_structured_data(client, comment, site_tree):
    """Neither JSON-LD nor microdata nor a page's description or card names who wrote."""
    guide = GuidePageFactory()
    told_of = 0
    for address in (
        "/en/",
        "/en/consultations/signs/",
        "/en/consultations/signs/discussion/",
        f"/en/consultations/signs/discussion/history/{comment.pk}/",
        "/en/search/?q=Two",
        guide.url,
    ):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        for told in page.select('script[type="application/ld+json"], [itemprop], [property], meta'):
            assert "Ruizcanary" not in str(told), address
            told_of += told.name == "script"
    assert told_of == 2


def sitemap_of(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {
        each.findtext(f"{space}loc"): each.findtext(f"{space}lastmod")
        for each in tree.iter(f"{space}url")
    }


def test_the_sitemap_says_when_something_changed_and_nothing_where_it_cannot(client, site_tree):
    page = ConsultationPageFactory(slug="signs")
    opened = timezone.localdate(page.last_published_at)
    found = sitemap_of(client)
    host = "http://127.0.0.1:8000"
    assert {f"{host}/en/states/", f"{host}/en/states/be/", f"{host}/en/take-part/"} <= set(found)
    assert found[f"{host}/en/"] is None
    assert found[f"{host}/en/consultations/"] is None
    assert found[f"{host}/en/about/"] is not None
    assert found[f"{host}{page.url}"] == opened.isoformat()
    with time_machine.travel(page.closes_at + timedelta(days=1), tick=False):
        found = sitemap_of(client)
    assert found[f"{host}{page.url}"] == page.closes_at.date().isoformat()
    assert not any("resume" in each for each in found)


def test_the_sign_is_where_browsers_look_for_it(client, site_tree):
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    manifest = client.get(page.select_one('link[rel="manifest"]')["href"])
    assert manifest["Content-Type"] == "application/manifest+json"
    told = manifest.json()
    assert (told["start_url"], told["display"]) == ("/", "browser")
    signs = [each["src"] for each in told["icons"]] + [client.get("/favicon.ico")["Location"]]
    for address in signs:
        assert finders.find(address.removeprefix("/static/")), address
    assert "serviceWorker" not in Path(finders.find("portal/portal.js")).read_text()
