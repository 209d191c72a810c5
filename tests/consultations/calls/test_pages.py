"""The list of consultations and a consultation's own page, as readers meet them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from consultations.calls import shelves, zones
from portal.search.models import Card
from tests.consultations.factories import (
    ConsultationPageFactory,
    asked,
    comment_on,
    section,
    stream_of,
)

pytestmark = pytest.mark.django_db
URL = "/en/consultations/"


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_groups_by_where_a_consultation_stands(client, consultations):
    ConsultationPageFactory(title="Over", closed=True)
    ConsultationPageFactory(title="Later", scheduled=True)
    far = timezone.now() + timedelta(weeks=20)
    ConsultationPageFactory(title="Open, far", closes_at=far)
    ConsultationPageFactory(title="Open, near")
    ConsultationPageFactory(title="A draft", live=False)
    page = text(client, URL)
    order = [page.index(f">{title}<") for title in ("Open, near", "Open, far", "Later", "Over")]
    assert order == sorted(order)
    assert "A draft" not in page


def test_the_list_is_filtered_by_commitment_and_phase(client, consultations):
    ConsultationPageFactory(title="On licensing")
    ConsultationPageFactory(title="On capacity", commitments=["capacity"])
    ConsultationPageFactory(title="With outcome", outcome=True)
    page = text(client, f"{URL}?commitment=capacity")
    assert ("On capacity" in page, "On licensing" in page) == (True, False)
    page = text(client, f"{URL}?phase=outcome")
    assert ("With outcome" in page, "On licensing" in page) == (True, False)


def test_an_unknown_filter_is_told_and_nothing_is_hidden(client, consultations):
    ConsultationPageFactory(title="On licensing")
    page = text(client, f"{URL}?commitment=world-peace")
    assert "“world-peace” is not one of the choices" in page
    assert "On licensing" in page


@pytest.mark.parametrize("number", ["0", "2", "x", "99999999999999999999"])
def test_a_page_beyond_the_end_is_not_found(client, consultations, number):
    assert client.get(f"{URL}?page={number}").status_code == 404


def test_the_list_makes_the_same_queries_for_many(
    client, consultations, django_assert_max_num_queries
):
    for _ in range(3):
        ConsultationPageFactory()
    client.get(URL)
    with django_assert_max_num_queries(10):
        client.get(URL)
    for _ in range(5):
        ConsultationPageFactory()
    with django_assert_max_num_queries(10):
        client.get(URL)


@pytest.mark.parametrize(
    ("zone", "name", "utc"),
    [
        ("Europe/Brussels", "Brussels time", "30 April 2027, 21:59 (UTC)"),
        ("America/St_Johns", "St. John’s time", "1 May 2027, 02:29 (UTC)"),
        ("Asia/Kathmandu", "Kathmandu time", "30 April 2027, 18:14 (UTC)"),
    ],
)
def test_the_deadline_is_read_as_its_last_minute_in_its_zone_and_in_utc(
    client, consultations, zone, name, utc
):
    closes_at = zones.end_of_minute(datetime.fromisoformat("2027-04-30 23:59"), zone)
    page = ConsultationPageFactory(
        timezone=zone, opens_at=closes_at - timedelta(weeks=13), closes_at=closes_at
    )
    with time_machine.travel(closes_at - timedelta(days=1), tick=False):
        shown = BeautifulSoup(text(client, page.get_url()), "html.parser").get_text(" ", strip=True)
    assert f"30 April 2027, 23:59 ({name})" in shown
    assert "23 hours left" in shown
    assert utc in shown


def test_the_outcome_is_due_twelve_weeks_later_by_the_clock(client, consultations):
    closes_at = zones.end_of_minute(datetime.fromisoformat("2027-01-04 23:59"), "Europe/Brussels")
    page = ConsultationPageFactory(opens_at=closes_at - timedelta(weeks=13), closes_at=closes_at)
    with time_machine.travel(closes_at - timedelta(days=1), tick=False):
        shown = BeautifulSoup(text(client, page.get_url()), "html.parser").get_text(" ", strip=True)
    assert "Outcome due 29 March 2027" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [("2027-03-28 00:30", "28 March 2027"), ("2027-03-29 00:30", "29 March 2027")],
)
def test_the_day_of_an_outcome_is_that_of_its_own_clocks(client, consultations, typed, told):
    """On both sides of the change to summer time."""
    zone = "Europe/Brussels"
    moment = zones.instant(datetime.fromisoformat(typed), zone)
    page = ConsultationPageFactory(
        opens_at=moment - timedelta(weeks=30),
        closes_at=moment - timedelta(weeks=10),
        outcome_published_at=moment,
        outcome_summary="Two indicators were added.",
    )
    with time_machine.travel(moment + timedelta(hours=1), tick=False):
        shown = text(client, page.get_url())
        listed = text(client, URL)
        (shelf,) = shelves.answered(None, 5)
    line = BeautifulSoup(shown, "html.parser").select_one(".timeline").get_text(" ", strip=True)
    assert f"Outcome published {told}" in line
    assert f"Outcome published {told}" in " ".join(listed.split())
    assert f"Outcome published {told}" in shelf.meta


def test_a_consultation_tells_who_asks_whom_what_and_why(client, consultations):
    page = ConsultationPageFactory(
        groups=["industry", "academia"],
        contact_email="office@export.example",
        short_notice_reason="A law enters into force in June.",
        background=[("paragraph", "<p>Indicators are old.</p>")],
        questionnaire=stream_of(
            section("s", "About them", [asked("short-text", "q", "Which are missing?")])
        ),
    )
    shown = text(client, page.get_url())
    for words in (
        page.host.name,
        "Industry, Academia",
        "office@export.example",
        "A law enters into force in June.",
        "Indicators are old.",
        "Which are missing?",
        "Open",
        f"{page.get_url()}discussion/",
    ):
        assert words in shown


def test_what_is_needed_to_answer_stands_before_the_questions(client, consultations):
    page = ConsultationPageFactory(
        contact_email="office@export.example",
        questionnaire=stream_of(
            section("s", "About them", [asked("short-text", "q", "Which are missing?")])
        ),
    )
    with time_machine.travel(page.deadline - timedelta(days=35, hours=1), tick=False):
        shown = text(client, page.get_url())
    base = page.get_url()
    for what in (
        "<strong>35</strong> <span>days left</span>",
        f'href="{base}respond/"',
        f'href="{base}respond/resume/"',
        f'href="{base}deadline.ics"',
        'href="/en/take-part/"',
        "mailto:office@export.example",
        "without an account and without a name",
    ):
        assert -1 < shown.find(what) < shown.index("Which are missing?"), what


def test_where_a_name_is_needed_nobody_is_told_otherwise(client, consultations):
    page = ConsultationPageFactory(questionnaire=True, anonymous_allowed=False)
    assert "Responses here need a name." in text(client, page.get_url())
    home = text(client, "/en/")
    assert "Responses here need a name" in home[home.index(page.title) :]


def test_home_leads_to_each_open_consultation_with_what_is_left(client, consultations):
    asking = ConsultationPageFactory(questionnaire=True)
    talking = ConsultationPageFactory(
        closes_at=timezone.now() + timedelta(hours=50, minutes=1), short_notice_reason="Urgent."
    )
    for number in range(4):
        ConsultationPageFactory(title=f"More {number}")
    ConsultationPageFactory(title="Over", closed=True)
    shown = BeautifulSoup(client.get("/en/").content, "html.parser")
    lead = shown.select_one(".beside__deed")
    assert "Anybody may respond, without an account and without a name." in lead.text
    entries = {entry.h3.text: entry for entry in lead.select(".teasers > li")}
    assert len(entries) == 6
    assert "hours left" in entries[talking.title].select_one(".dial").text
    buttons = {title: entry.select_one("a.govuk-button") for title, entry in entries.items()}
    assert buttons[asking.title]["href"] == f"{asking.url}respond/"
    assert buttons[asking.title].text.strip() == f"Respond to this consultation: {asking.title}"
    assert buttons[talking.title]["href"] == f"{talking.url}discussion/"
    main = shown.main
    assert main.find("a", string="I have a code")["href"] == "/en/resume/"
    assert main.find("a", string="How to take part")["href"] == "/en/take-part/"


def test_home_asks_the_database_no_more_for_many(
    client, consultations, django_assert_max_num_queries
):
    ConsultationPageFactory(questionnaire=True)
    client.get("/en/")
    with django_assert_max_num_queries(16) as few:
        client.get("/en/")
    for _each in range(4):
        ConsultationPageFactory(questionnaire=True)
    with django_assert_max_num_queries(len(few)):
        client.get("/en/")


@pytest.mark.parametrize("trait", ["scheduled", "closed", "outcome", "cancelled"])
def test_every_phase_has_a_page(client, consultations, trait):
    page = ConsultationPageFactory(**{trait: True})
    shown = text(client, page.get_url())
    assert str(page.phase().label) in shown
    assert ("The draft was withdrawn." in shown) == (trait == "cancelled")
    assert (f"{page.get_url()}discussion/" in shown) == (trait != "scheduled")


def test_an_outcome_says_what_was_said_and_done(client, consultations):
    said = {"theme": "Clarity", "said": "<p>Too vague.</p>", "did": "<p>We added examples.</p>"}
    page = ConsultationPageFactory(outcome=True, dispositions=[("disposition", said)])
    shown = text(client, page.get_url())
    for words in ("Clarity", "You said", "Too vague.", "We did", "We added examples."):
        assert words in shown


def test_the_number_of_comments_stands_beside_the_link(client, consultations):
    page = ConsultationPageFactory()
    comment_on(page)
    comment_on(page)
    assert "(2)" in text(client, page.get_url())


def test_shelves_show_what_is_open_and_what_came_of_it(consultations):
    ConsultationPageFactory(title="On capacity", commitments=["capacity"])
    ConsultationPageFactory(title="On licensing")
    ConsultationPageFactory(title="With outcome", outcome=True)
    assert [each.title for each in shelves.open_now(None, 5)] == ["On capacity", "On licensing"]
    assert [each.title for each in shelves.open_now("capacity", 5)] == ["On capacity"]
    assert len(shelves.open_now(None, 1)) == 1
    assert [each.title for each in shelves.answered("licensing", 5)] == ["With outcome"]
    assert shelves.answered("capacity", 5) == []


def test_a_consultation_is_found_while_it_is_public(consultations):
    page = ConsultationPageFactory(background=[("paragraph", "<p>Indicators are old.</p>")])
    card = Card.objects.get(kind="consultation", key=str(page.pk))
    assert "Indicators are old." in card.body
    assert card.url == page.get_url()
    page.unpublish()
    assert not Card.objects.filter(kind="consultation").exists()
