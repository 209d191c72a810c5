"""What readers are told of a translation: nothing once it was read, and as long as it stays."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale, Page

from portal.proofreading.models import Review
from portal.proofreading.notices import WORDS
from portal.proofreading.reviews import Standing
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.portal.proofreading.french import change, read_all, read_one

pytestmark = pytest.mark.django_db

NOT_READ = WORDS[Standing.NOT_READ]
CHANGED = WORDS[Standing.CHANGED]
ADVICE = "Not sure? Ask somebody first, or do not answer."
PAGES = {
    "before_you_answer": "before-you-answer/",
    "privacy": "about/privacy/",
    "take_part": "take-part/",
    "organisations": "take-part/organisations/",
    "moderation": "about/moderation/",
    "screening": "screening-policy/",
}


@pytest.fixture
def in_french(site_tree, french):
    """The pages of these texts in French."""
    locale = Locale.objects.create(language_code="fr")
    for slug in ("before_you_answer", "privacy", "organisations", "moderation"):
        getattr(site_tree, slug).copy_for_translation(locale, copy_parents=True)
    Page.objects.filter(locale=locale).update(live=True)
    return french


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def said(message):
    """As the pages of this portal say it in French."""
    with override("fr"):
        return str(message)


@pytest.mark.parametrize(("key", "path"), PAGES.items())
def test_a_page_says_so_until_its_text_was_read(client, in_french, key, path):
    page = text(client, f"/fr/{path}")
    assert page.index("</h1>") < page.index(said(NOT_READ))
    assert f'href="/en/{path}" hreflang="en"' in page
    read_one(key)
    page = text(client, f"/fr/{path}")
    assert said(NOT_READ) not in page
    assert said(CHANGED) not in page


def test_once_it_changed_it_says_that(client, in_french):
    read_all()
    change(in_french, ADVICE, "Pas sûr ?")
    page = text(client, "/fr/before-you-answer/")
    assert said(CHANGED) in page
    assert said(NOT_READ) not in page
    assert said(CHANGED) not in text(client, "/fr/about/privacy/")


def test_the_original_and_other_pages_say_nothing(client, in_french):
    for path in PAGES.values():
        assert "native reader" not in text(client, f"/en/{path}")
    assert said(NOT_READ) not in text(client, "/fr/about/")


def test_on_the_way_of_answering_it_is_said_once_at_the_start(site_tree, french):
    visitor = Visitor(consultation_that_asks())
    start = visitor.at("start")
    visitor.begin("named", name="Ada Vrba")
    others = [visitor.at(name) for name in ("identity", "tasks", "check")]
    page = text(visitor.client, start.replace("/en/", "/fr/"))
    assert page.count(said(NOT_READ)) == 1
    assert f'href="{start}" hreflang="en"' in page
    for address in others:
        assert said(NOT_READ) not in text(visitor.client, address.replace("/en/", "/fr/"))


def test_it_costs_one_query_and_none_in_the_original(site_tree, french):
    start = Visitor(consultation_that_asks()).at("start")
    client = Visitor(None).client

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            text(client, address)
        return [each for each in queries if Review._meta.db_table in each["sql"]]

    assert len(asked(start.replace("/en/", "/fr/"))) == 1
    assert asked(start) == []


def test_a_catalogue_that_is_broken_breaks_no_page(client, in_french):
    read_all()
    in_french.write_text('msgid "cut')
    assert said(CHANGED) in text(client, "/fr/about/privacy/")
