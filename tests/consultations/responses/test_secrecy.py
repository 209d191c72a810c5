"""What is left on a machine, and what may fail without an answer failing with it."""

import pytest
from django.urls import reverse

from consultations.responses import actions, contacts
from consultations.responses.models import Contact, Status
from portal.notifications.models import Message
from tests.consultations.responses.builders import NOBODY, begun, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def another_key(settings):
    """From now on, nothing that was sealed before can be read."""

    def lose():
        settings.SECRET_KEY = "another"

    return lose


def test_an_answer_is_withdrawn_though_its_address_can_no_longer_be_read(page, another_key):
    sealed = contacts.pack("jo@example.org", "en")
    response, _code = sent(page, sealed_contact=sealed)
    told = Message.objects.count()
    another_key()
    actions.withdraw_response(response=response, by=NOBODY)
    response.refresh_from_db()
    assert response.status == Status.WITHDRAWN
    assert Message.objects.count() == told
    assert not Contact.objects.exists()


def test_the_page_of_who_answers_opens_though_the_address_can_no_longer_be_read(
    page, client, another_key
):
    begun_ = begun(page, sealed_contact=contacts.pack("jo@example.org", "en"))
    another_key()
    client.post(reverse("responses:resume", args=[page.slug]), {"code": begun_.code})
    assert client.get(reverse("responses:identity", args=[page.slug])).status_code == 200


def test_no_cookie_outlives_the_browser(page, client):
    client.get(reverse("responses:identity", args=[page.slug]))
    details = {"identity": "anonymous", "submitter_type": "undisclosed", "language": "en"}
    client.post(reverse("responses:identity", args=[page.slug]), details)
    assert set(client.cookies) >= {"answer-en", "csrftoken"}
    for name, cookie in client.cookies.items():
        assert not cookie["max-age"], name
        assert not cookie["expires"], name
