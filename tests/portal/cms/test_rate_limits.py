"""Passwords of private pages: a few tries for each client, and none for others to lose."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.cms.rate_limits import ALL_TRIES
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC)
RIGHT = "a shared password"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory(title="Kept private")


@pytest.fixture
def enter(guide):
    restriction = PageViewRestriction.objects.create(
        page=guide, restriction_type="password", password=RIGHT
    )
    path = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, guide.pk])

    def enters(password, address="203.0.113.1", client=None):
        client = client or Client(REMOTE_ADDR=address)
        return client.post(path, {"password": password, "return_url": guide.url})

    return enters


def test_sixty_tries_in_a_second_do_not_go_through(enter):
    statuses = [enter(f"guess {number}").status_code for number in range(60)]
    assert statuses == [200] * 5 + [429] * 55
    assert enter(RIGHT).status_code == 429


def test_right_ones_are_not_counted(enter):
    assert {enter(RIGHT).status_code for _n in range(30)} == {302}


def test_whoever_has_it_reads_the_page(guide, enter):
    client = Client()
    assert "Password required" in client.get(guide.url).content.decode()
    enter(RIGHT, client=client)
    assert "Kept private" in client.get(guide.url).content.decode()


def test_a_network_of_many_has_more_tries(enter):
    statuses = [enter("guess", "100.64.0.1").status_code for _n in range(60)]
    assert statuses == [200] * 50 + [429] * 10


def test_tried_from_many_places_each_client_has_one_try(enter):
    for number in range(ALL_TRIES.most):
        enter("guess", f"198.18.0.{number + 1}")
    assert enter(RIGHT).status_code == 302
    assert enter("guess", "203.0.113.2").status_code == 200
    slowed = enter(RIGHT, "203.0.113.2")
    assert slowed.status_code == 429
    assert "from many places" in slowed.content.decode()


def test_a_turn_comes_and_the_password_is_typed_again(enter, clock):
    for _n in range(5):
        enter("guess")
    page = enter(RIGHT).content.decode()
    assert RIGHT not in page
    assert 'type="password"' in page
    clock.shift(300)
    assert enter(RIGHT).status_code == 302
