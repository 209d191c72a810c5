"""The report of reviews that are due: who sees it, and what stands in it."""

from datetime import date

import pytest
import time_machine

from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/guides-due/"


@pytest.fixture
def guides(site_tree):
    long_ago = date(2025, 1, 1)
    return [
        GuidePageFactory(title="Overdue", reviewed_on=long_ago, review_due=date(2026, 5, 31)),
        GuidePageFactory(title="Due soon", reviewed_on=long_ago, review_due=date(2026, 8, 1)),
        GuidePageFactory(title="Far off", reviewed_on=long_ago, review_due=date(2027, 5, 1)),
        GuidePageFactory(
            title="Draft", live=False, reviewed_on=long_ago, review_due=date(2026, 1, 1)
        ),
    ]


def titles(response) -> list[str]:
    return [guide.title for guide in response.context["object_list"]]


@time_machine.travel("2026-06-01T12:00Z")
def test_editors_read_what_is_due_the_oldest_first(client, guides, editor):
    client.force_login(editor)
    assert titles(client.get(REPORT)) == ["Overdue", "Due soon"]
    assert "Secretariat" in client.get(REPORT).content.decode()


@time_machine.travel("2026-06-01T12:00Z")
def test_the_filter_leaves_what_is_overdue(client, guides, editor):
    client.force_login(editor)
    assert titles(client.get(REPORT, {"due": "overdue"})) == ["Overdue"]


def test_it_comes_as_a_spreadsheet(client, guides, editor):
    client.force_login(editor)
    with time_machine.travel("2026-06-01T12:00Z"):
        response = client.get(REPORT, {"export": "csv"})
        sheet = b"".join(response.streaming_content).decode()
    assert "Overdue" in sheet
    assert "2026-05-31" in sheet


@pytest.mark.parametrize(
    ("role", "seen"),
    [("Editors", True), ("Administrators", True), ("Analysts", False), (None, False)],
)
def test_only_those_who_work_on_pages_see_it(client, guides, role, seen):
    client.force_login(UserFactory(role=role))
    assert (client.get(REPORT).status_code == 200) is seen
    if seen:
        assert REPORT in client.get("/admin/").content.decode()
