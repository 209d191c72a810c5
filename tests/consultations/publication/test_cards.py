"""What the search says of published responses once their consultation has changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.calls.models import ConsultationPage
from consultations.publication.cards import refresh_cards_of
from portal.search.models import Card, OutboxRow
from tests.consultations.publication.building import published

pytestmark = pytest.mark.django_db


def contexts():
    return set(Card.objects.filter(kind="response").values_list("context", flat=True))


def rename(page, title):
    """What an official does: change the title and publish."""
    page = ConsultationPage.objects.get(pk=page.pk)
    page.title = title
    page.save_revision().publish()
    return page


def test_a_new_name_of_the_consultation_stands_over_its_responses(page, moderator, settings):
    copy = published(page, moderator)
    assert contexts() == {"Response to Warning signs"}
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    rename(page, "Signs of misuse")
    assert contexts() == {"Response to Signs of misuse"}
    rows = OutboxRow.objects.filter(kind="response")
    assert [row.key for row in rows] == [copy.response.reference]


def test_a_new_name_takes_as_many_statements_for_many_responses(page, moderator):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            refresh_cards_of(page)
        return len(captured)

    published(page, moderator)
    few = statements()
    for _ in range(8):
        published(page, moderator)
    assert statements() == few


def test_publishing_the_same_again_has_nothing_to_tell_elasticsearch(page, moderator, settings):
    published(page, moderator)
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    rename(page, page.title)
    assert not OutboxRow.objects.filter(kind="response").exists()
