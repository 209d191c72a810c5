"""What the search says of where a consultation stands, as time goes by."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from consultations.calls.models import ConsultationPage
from portal.search import facet_counts
from portal.search.engines import get_engine
from portal.search.models import Card
from portal.search.query import SearchQuery
from tests.consultations.factories import ConsultationPageFactory

pytestmark = pytest.mark.django_db

OPENING = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSING = OPENING + timedelta(weeks=12)
OUTCOME = CLOSING + timedelta(weeks=6)


@pytest.fixture
def consultation(consultations):
    with time_machine.travel(OPENING - timedelta(days=1), tick=False):
        page = ConsultationPageFactory(opens_at=OPENING, closes_at=CLOSING)
        page.save_revision().publish()
    return page


def refresh(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        call_command("refresh_phases", verbosity=0)


def phases() -> dict[str, int]:
    """The phases on offer, each with how many it finds."""
    (group,) = get_engine().search(SearchQuery(facets=["phase"])).facets
    return {option.label: option.count for option in group.options}


def test_the_facet_follows_the_clock(consultation):
    assert phases() == {"Opens soon": 1}
    refresh(OPENING - timedelta(seconds=1))
    assert phases() == {"Opens soon": 1}
    refresh(OPENING)
    assert phases() == {"Open": 1}
    refresh(CLOSING)
    assert phases() == {"Closed, in analysis": 1}
    ConsultationPage.objects.filter(pk=consultation.pk).update(outcome_published_at=OUTCOME)
    refresh(OUTCOME)
    assert phases() == {"Outcome published": 1}


def test_nothing_is_written_where_nothing_changed(consultation, django_assert_num_queries):
    refresh(OPENING)
    with django_assert_num_queries(2):
        refresh(OPENING + timedelta(days=1))


def test_a_card_that_was_taken_out_does_not_come_back(consultation):
    consultation.unpublish()
    refresh(OPENING)
    assert not Card.objects.filter(kind="consultation").exists()


def test_a_consultation_restricted_behind_the_index_s_back_loses_its_card(consultation):
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=consultation, restriction_type=PageViewRestriction.LOGIN)]
    )
    refresh(OPENING)
    assert not Card.objects.filter(kind="consultation").exists()


def test_the_year_is_of_the_day_that_is_shown(consultations):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        eve = datetime.fromisoformat("2026-12-31T23:30-02:00")  # in UTC the next year has begun
        page = ConsultationPageFactory(opens_at=eve, closes_at=eve + timedelta(weeks=12))
        page.save_revision().publish()
    facet_counts._remembered.clear()
    query = SearchQuery(facets=["year"], filters={"kind": ["consultation"]})
    (group,) = get_engine().search(query).facets
    assert [(option.value, option.label) for option in group.options] == [("2027", "2027")]
