"""The list of consultations in the admin: phase, deadline, what came in; sorted and filtered."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.discussion.actions import hide_comment
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import received, screener
from tests.factories import UserFactory
from tests.staff import of_ours

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_desk(client):
    client.force_login(UserFactory(role=roles.EDITOR))
    return client


@pytest.fixture
def list_of(editor_desk, consultations):
    """Rows of the list by their titles, as lists of the words of their cells."""

    def read(**asked):
        address = reverse("wagtailadmin_explore", args=[consultations.pk])
        html = BeautifulSoup(editor_desk.get(address, asked).content, "html.parser")
        head, *rows = html.select("table.listing tr")
        names = [" ".join(cell.get_text().split()) for cell in head.select("th")]
        found = {}
        for row in rows:
            cells = [" ".join(cell.get_text().split()) for cell in row.select("td, th")]
            found[row.select_one(".title-wrapper").get_text(strip=True)] = dict(
                zip(names, cells, strict=False)
            )
        return found

    return read


def test_each_says_where_it_stands_and_what_came_in(list_of):
    page = ConsultationPageFactory(title="Running")
    received(page)
    received(page, status="withdrawn")
    comment_on(page)
    hide_comment(moderator=screener(), comment=comment_on(page), reason="spam")
    ConsultationPageFactory(title="Analysed", closed=True)
    ConsultationPageFactory(title="Drafted", live=False)
    rows = list_of()
    assert rows["Running"]["Phase"] == "Open"
    assert page.timezone in rows["Running"]["Deadline"]
    assert rows["Running"]["Responses"] == "1"
    assert rows["Running"]["Comments"] == "1"
    assert rows["Analysed"]["Phase"] == "Closed, in analysis"
    assert rows["Drafted"]["Phase"] == "Not published"
    assert rows["Drafted"]["Responses"] == "0"


def test_it_is_sorted_by_what_it_shows(list_of):
    now = timezone.now()
    for title, days, answers in (("First", 30, 2), ("Second", 40, 3), ("Third", 50, 1)):
        page = ConsultationPageFactory(
            title=title,
            opens_at=now - timedelta(days=80),
            closes_at=now + timedelta(days=days),
        )
        for _number in range(answers):
            received(page)
    assert list(list_of()) == ["Third", "Second", "First"]
    assert list(list_of(ordering="closes_at")) == ["First", "Second", "Third"]
    assert list(list_of(ordering="-response_count")) == ["Second", "First", "Third"]
    assert set(list_of(ordering="phase_rank")) == {"First", "Second", "Third"}
    assert set(list_of(ordering="comment_count")) == {"First", "Second", "Third"}


def test_it_is_narrowed_to_a_phase_and_searched(list_of):
    ConsultationPageFactory(title="Running drones")
    ConsultationPageFactory(title="Analysed drones", closed=True)
    ConsultationPageFactory(title="Drafted drones", live=False)
    assert set(list_of(phase="open")) == {"Running drones"}
    assert set(list_of(phase="closed")) == {"Analysed drones"}
    # While it is searched nothing breaks that the search cannot sort by.
    for ordering in ("closes_at", "-response_count", "phase_rank", "title"):
        assert set(list_of(q="drones", phase="open", ordering=ordering)) <= {"Running drones"}


def test_the_list_asks_no_more_for_more(editor_desk, consultations):
    address = reverse("wagtailadmin_explore", args=[consultations.pk])

    def build(count):
        for _number in range(count):
            page = ConsultationPageFactory()
            received(page)
            comment_on(page)

    build(2)
    editor_desk.get(address)
    with CaptureQueriesContext(connection) as few:
        editor_desk.get(address)
    build(6)
    with CaptureQueriesContext(connection) as many:
        editor_desk.get(address)
    assert len(of_ours(many)) <= len(of_ours(few))


def test_the_list_of_a_type_shows_the_same(editor_desk, consultations):
    ConsultationPageFactory(title="Running")
    html = editor_desk.get(
        reverse("wagtailadmin_pages:type_use", args=["calls", "consultationpage"])
    ).content.decode()
    assert "Deadline" in html
    assert "Open" in html
