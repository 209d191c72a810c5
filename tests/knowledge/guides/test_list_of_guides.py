"""The list of guides in the admin: level and next review; sorted and filtered."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.staff import of_ours

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client, site_tree):
    client.force_login(UserFactory(role=roles.EDITOR))
    return reverse("wagtailadmin_explore", args=[site_tree.guides.pk])


def rows(client, address, **asked):
    html = BeautifulSoup(client.get(address, asked).content, "html.parser")
    return {
        row.select_one(".title-wrapper").get_text(strip=True): " ".join(row.get_text().split())
        for row in html.select("table.listing tbody tr")
    }


def test_each_says_its_level_and_when_it_is_reviewed(client, address):
    today = timezone.localdate()
    GuidePageFactory(title="Late", level="1", review_due=today - timedelta(days=3))
    GuidePageFactory(title="Early", level="3", review_due=today + timedelta(days=300))
    shown = rows(client, address)
    assert "(overdue)" in shown["Late"]
    assert "Initial" in shown["Late"]
    assert "(overdue)" not in shown["Early"]
    assert list(rows(client, address, ordering="-review_due")) == ["Early", "Late"]
    assert list(rows(client, address, ordering="level")) == ["Late", "Early"]
    assert set(rows(client, address, review="overdue")) == {"Late"}
    assert set(rows(client, address, level="3")) == {"Early"}
    assert set(rows(client, address, q="early", level="3", ordering="review_due")) <= {"Early"}


def test_the_list_asks_no_more_for_more(client, address):
    GuidePageFactory.create_batch(2)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    GuidePageFactory.create_batch(5)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(of_ours(many)) <= len(of_ours(few))
