"""A guide whose review is overdue says so wherever it is listed, from the day on, by itself."""

from datetime import date

import pytest
import time_machine

from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
MARK = "Review overdue"


@pytest.fixture
def guide(site_tree):
    with time_machine.travel("2026-05-01T09:00Z"):
        return GuidePageFactory(
            title="Plates", reviewed_on=date(2025, 6, 1), review_due=date(2026, 6, 1)
        )


@pytest.mark.parametrize(
    "address",
    [
        "/en/guides/",
        "/en/guides/?q=plates",
        "/en/search/?q=plates",
        "/feeds/search/?lang=en&q=plates",
        "/en/guides/plates/",
        "/en/code/licensing/",
    ],
)
def test_each_list_marks_it_from_the_day_after(client, guide, address):
    for day, is_marked in (("2026-06-01", False), ("2026-06-02", True)):
        with time_machine.travel(f"{day}T09:00Z", tick=False):
            page = client.get(address).content.decode()
            assert "Plates" in page
            assert (MARK in page) is is_marked, day


def test_on_paper_the_mark_stays(client, guide):
    with time_machine.travel("2026-06-02T09:00Z", tick=False):
        page = client.get("/en/guides/plates/").content.decode()
    before = page[: page.index(MARK)]
    assert "no-print" not in before[before.index('<header class="guide__head') :]


def test_it_is_sorted_no_lower(client, guide):
    GuidePageFactory(title="Older", reviewed_on=date(2024, 1, 1), review_due=date(2099, 1, 1))
    with time_machine.travel("2026-06-02T09:00Z", tick=False):
        page = client.get("/en/guides/").content.decode()
    assert page.index("Plates") < page.index("Older")
