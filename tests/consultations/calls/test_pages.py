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
    assert shelf.kind == f"Outcome published {told}"


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


def head_of_home(client):
    """What stands at the head of the home page, and its entries by title."""
    head = BeautifulSoup(client.get("/en/").content, "html.parser").select_one(".home-head")
    return head, {entry.h3.text: entry for entry in head.select(".teasers > li")}


def test_home_leads_to_the_next_two_to_close_with_what_is_left(client, consultations):
    asking = ConsultationPageFactory(questionnaire=True)
    talking = ConsultationPageFactory(
        closes_at=timezone.now() + timedelta(hours=50, minutes=1), short_notice_reason="Urgent."
    )
    ConsultationPageFactory(title="Over", closed=True)
    head, entries = head_of_home(client)
    assert head.h2.text == "Open consultations"
    assert list(entries) == [talking.title, asking.title]
    assert "hours left" in entries[talking.title].select_one(".dial").text
    deeds = {title: entry.select("a")[-1] for title, entry in entries.items()}
    assert deeds[asking.title]["href"] == f"{asking.url}respond/"
    assert deeds[asking.title].text == f"Respond to this consultation: {asking.title}"
    assert deeds[talking.title]["href"] == f"{talking.url}discussion/"
    assert "Anybody may respond, without an account and without a name." in head.text
    assert "more" not in head.text


def test_home_tells_how_many_more_are_open(client, consultations):
    for number in range(12):
        ConsultationPageFactory(title=f"Open {number}")
    head, entries = head_of_home(client)
    assert len(entries) == 2
    assert "10 more are open." in head.text
    assert head.select_one('a[href="/en/consultations/"]').text == "All consultations"


def test_home_shows_the_latest_outcome_beside_what_is_open(client, consultations):
    ConsultationPageFactory(title="Asked now")
    said = {"theme": "Clarity", "said": "<p>Too vague.</p>", "did": "<p>We added examples.</p>"}
    latest = ConsultationPageFactory(
        title="Latest", outcome=True, dispositions=[("disposition", said)] * 3
    )
    earlier = timezone.now() - timedelta(days=5)
    ConsultationPageFactory(title="Earlier", outcome=True, outcome_published_at=earlier)
    head, entries = head_of_home(client)
    assert head.h2.text == "Open, and just decided"
    assert list(entries) == ["Asked now", "Latest"]
    assert entries["Latest"].select_one(".dial").text == "3 points answered"
    assert entries["Latest"].a["href"] == f"{latest.url}#outcome"
    used = BeautifulSoup(client.get("/en/").content, "html.parser").select_one(
        "section[aria-labelledby=shelf-outcomes]"
    )
    for words in ("Clarity", "You said", "Too vague.", "We did", "We added examples.", "Earlier"):
        assert words in used.text
    leading = [link.text for link in used.select(f'a[href="{latest.url}#outcome"]')]
    assert leading == ["Latest", "All 3 points: Latest"]


def test_home_with_an_outcome_that_answers_no_points(client, consultations):
    ConsultationPageFactory(title="Decided", outcome=True)
    head, entries = head_of_home(client)
    assert "No consultation is open now." in head.text
    assert "Outcome published" in entries["Decided"].text
    assert "Anybody may respond" not in head.text
    assert not head.select(".dial")


def test_home_with_nothing_open_and_nothing_decided(client, consultations):
    head, entries = head_of_home(client)
    assert head.h2.text == "Open consultations"
    assert entries == {}
    assert "No consultation is open now." in head.text
    assert head.select('a[href="/en/consultations/"]')


def test_home_asks_the_database_no_more_for_many(
    client, consultations, django_assert_max_num_queries
):
    said = {"theme": "Clarity", "said": "<p>Too vague.</p>", "did": "<p>We added examples.</p>"}
    decided = {"outcome": True, "dispositions": [("disposition", said)] * 3}
    ConsultationPageFactory(questionnaire=True)
    ConsultationPageFactory(**decided)
    client.get("/en/")
    with django_assert_max_num_queries(10) as few:
        client.get("/en/")
    for _each in range(4):
        ConsultationPageFactory(questionnaire=True)
        ConsultationPageFactory(**decided)
    with django_assert_max_num_queries(len(few)):
        client.get("/en/")


def test_a_page_asks_the_database_for_what_it_shows(
    client, consultations, django_assert_max_num_queries
):
    page = ConsultationPageFactory(questionnaire=True)
    client.get(page.url)
    with django_assert_max_num_queries(9):
        client.get(page.url)


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
