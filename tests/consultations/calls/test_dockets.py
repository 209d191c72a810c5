"""The number that a consultation is cited by."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.urls import reverse

from consultations.calls.models import ConsultationPage
from consultations.calls.models.dockets import docket, next_docket
from tests.consultations.factories import ConsultationPageFactory, questionnaire_stream
from tests.factories import UserFactory


def opening(*when, zone="UTC"):
    opens_at = datetime(*when, tzinfo=UTC)
    return ConsultationPageFactory(
        opens_at=opens_at, closes_at=opens_at + timedelta(weeks=13), timezone=zone
    )


@pytest.mark.django_db
def test_dockets_run_through_the_year_of_opening_in_the_consultations_zone(consultations):
    assert opening(2031, 6, 1).docket == "ECHRI-2031-01"
    assert opening(2031, 2, 1).docket == "ECHRI-2031-02"
    assert opening(2032, 1, 1).docket == "ECHRI-2032-01"
    assert opening(2031, 12, 31, 20, zone="Asia/Kathmandu").docket == "ECHRI-2032-02"
    assert docket(2031, 123) == "ECHRI-2031-123"


@pytest.mark.django_db
def test_a_docket_never_changes_and_is_never_given_again(consultations):
    page = opening(2031, 6, 1)
    page.opens_at = datetime(2033, 6, 1, tzinfo=UTC)
    page.closes_at = page.opens_at + timedelta(weeks=13)
    page.save_revision().publish()
    assert ConsultationPage.objects.get(pk=page.pk).docket == "ECHRI-2031-01"
    page.delete()
    assert opening(2031, 7, 1).docket == "ECHRI-2031-02"


@pytest.mark.django_db
def test_a_page_that_cannot_be_saved_takes_no_number(consultations):
    page = ConsultationPage(
        title="",
        host=opening(2031, 6, 1).host,
        opens_at=datetime(2031, 6, 1, tzinfo=UTC),
        closes_at=datetime(2031, 9, 1, tzinfo=UTC),
    )
    with pytest.raises(Exception, match="title"):
        consultations.add_child(instance=page)
    assert page.docket is None
    assert opening(2031, 7, 1).docket == "ECHRI-2031-02"


@pytest.mark.django_db
def test_a_copy_gets_its_own_docket_and_asks_the_same(consultations):
    page = ConsultationPageFactory(questionnaire=questionnaire_stream())
    copied = page.copy(update_attrs={"slug": "copied", "title": "Copied"}, keep_live=False)
    assert copied.docket is None
    copied.opens_at, copied.closes_at = page.opens_at, page.closes_at
    copied.save()
    assert copied.docket not in (None, page.docket)
    copied.save_revision().publish()
    published = ConsultationPage.objects.get(pk=copied.pk)
    assert published.docket == copied.docket
    assert published.questionnaire() == page.questionnaire()
    assert not published.extensions.exists()
    assert not published.corrigenda.exists()


@pytest.mark.django_db
def test_editors_see_the_docket_and_cannot_change_it(consultations, client):
    page = ConsultationPageFactory()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert page.docket in shown
    assert 'name="docket"' not in shown


@pytest.mark.django_db(transaction=True)
def test_dockets_asked_for_at_once_differ():
    if connection.vendor == "sqlite" and ":memory:" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads do not share a database in memory")
    given = []

    def ask():
        try:
            given.extend(next_docket(2040) for _ in range(5))
        finally:
            connections.close_all()

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [docket(2040, number) for number in range(1, 31)]


def old_question(id_, number, title, text):
    return {
        "type": "question",
        "id": id_,
        "value": {"number": number, "title": title, "text": text},
    }


@pytest.mark.django_db(transaction=True)
def test_questions_of_the_plain_list_are_asked_in_the_questionnaire():
    """The data migration's own function, on pages as they were before it."""
    from importlib import import_module

    migration = import_module(
        "consultations.calls.migrations.0003_ask_old_questions_in_the_questionnaire"
    )
    old = [
        old_question("id-1", "1", "Which ones?", "<p>Name &amp; weigh.</p><ul><li>One</li></ul>"),
        old_question("id-2", "2a", "Why?", ""),
    ]
    stored = migration.section_of(old)
    page = ConsultationPage(questionnaire_parts=[])
    block = page.questionnaire_parts.stream_block
    page.questionnaire_parts = block.clean(block.to_python([stored]))
    first, second = page.questionnaire().questions
    assert (first.id, first.kind, first.number) == ("id-1", "long-text", "1")
    assert (first.text, first.help) == ("Which ones?", "Name & weigh.\nOne")
    assert (second.id, second.number, second.help) == ("id-2", "2", "")
    assert migration.section_of([]) is None
