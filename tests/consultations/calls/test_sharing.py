"""The picture that others show with the address of a page."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from PIL import Image
from wagtail.models import PageViewRestriction

from consultations.calls import metadata
from portal.cms.sharing.drawing import SharingCard, can_draw, draw
from tests.consultations.factories import ConsultationPageFactory

ARABIC = "مؤشرات مخاطر حقوق الإنسان"


def card_of(client, page):
    shown = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    found = shown.find("meta", property="og:image")
    return found["content"] if found else ""


def path(page):
    return reverse("sharing_card", args=[page.pk])


def opened(answer):
    return Image.open(BytesIO(answer.content))


@pytest.mark.parametrize(
    "title",
    ["Short", "A" * 200, "word " * 40, "a title, and another " * 9, ARABIC, "Права человека"],
)
@pytest.mark.parametrize("is_rtl", [False, True])
def test_any_title_makes_a_card(title, is_rtl):
    drawn = draw(SharingCard("Code in Practice", "Guide", title, "Updated today"), is_rtl)
    picture = Image.open(BytesIO(drawn)).convert("L")
    assert picture.size == (1200, 630)
    for edge in ((0, 0, 60, 630), (1140, 0, 1200, 630)):
        assert picture.crop(edge).getextrema()[0] > 200, "nothing runs over the edge"


def test_what_no_font_has_makes_none(client, consultations):
    title = "\U0001f9ff\U00012000"
    assert not can_draw(title)
    page = ConsultationPageFactory(title=title, slug="seals")
    assert card_of(client, page) == ""
    assert client.get(path(page)).status_code == 404


@pytest.mark.django_db
def test_a_consultation_has_one_and_its_page_names_it(client, consultations):
    page = ConsultationPageFactory(title="Risk indicators")
    assert card_of(client, page).endswith(path(page))
    answer = client.get(path(page))
    assert answer["Content-Type"] == "image/png"
    assert opened(answer).size == (1200, 630)
    assert not answer.cookies


@pytest.mark.parametrize(
    ("trait", "words"),
    [
        ("", "Open until"),
        ("scheduled", "Opens on"),
        ("closed", "Closed on"),
        ("outcome", "Outcome published on"),
        ("cancelled", "Cancelled on"),
    ],
)
def test_it_tells_a_day_and_never_how_many_are_left(consultations, trait, words):
    page = ConsultationPageFactory(**({trait: True} if trait else {}))
    fact = page.sharing_card().fact
    assert fact.startswith(words)
    assert "left" not in fact


def test_the_day_is_that_of_the_consultation_s_zone(consultations):
    page = ConsultationPageFactory(timezone="Pacific/Auckland")
    page.opens_at = datetime(2026, 11, 1, tzinfo=UTC)
    page.closes_at = datetime(2026, 12, 31, 12, tzinfo=UTC)  # the first of January there
    told = metadata.sharing_card(page, datetime(2026, 11, 30, tzinfo=UTC))
    assert told.fact == "Open until 1 January 2027"


def test_a_page_that_is_not_public_has_none(client, consultations):
    page = ConsultationPageFactory()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(path(page)).status_code == 404
    draft = ConsultationPageFactory(live=False)
    assert client.get(path(draft)).status_code == 404
    assert client.get(reverse("sharing_card", args=[99_999])).status_code == 404
