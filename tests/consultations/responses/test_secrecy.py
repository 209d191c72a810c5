"""What is left on a machine, and what may fail without an answer failing with it."""

import pytest
from django.urls import reverse

from consultations.responses import actions
from consultations.responses.forms.identity import IdentityForm
from consultations.responses.models import Contact, Status
from consultations.responses.signatories.forms import SignatoriesForm
from portal.notifications.models import Message
from tests.consultations.responses.builders import ACADEMIA, NOBODY, reachable, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def another_key(settings):
    """From now on, nothing that was sealed before can be read."""

    def lose():
        settings.SECRET_KEY = "another"

    return lose


def test_an_answer_is_withdrawn_though_its_address_can_no_longer_be_read(page, another_key):
    response = reachable(sent(page)[0], "jo@example.org")
    told = Message.objects.count()
    another_key()
    actions.withdraw_response(response=response, by=NOBODY)
    response.refresh_from_db()
    assert response.status == Status.WITHDRAWN
    assert Message.objects.count() == told
    assert not Contact.objects.exists()


def test_no_cookie_outlives_the_browser(page, client):
    client.get(reverse("responses:identity", args=[page.slug]))
    details = {"identity": "anonymous", "submitter_type": "undisclosed", "language": "en"}
    client.post(reverse("responses:identity", args=[page.slug]), details)
    assert set(client.cookies) >= {"handle-en", "csrftoken"}
    for name, cookie in client.cookies.items():
        assert not cookie["max-age"], name
        assert not cookie["expires"], name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada \u202eabrV", "Ada abrV"),
        ("\u2068Ada\u2069 Vr\u200bba\ufeff", "Ada Vrba"),
        ("Ada\u2003Vrba\u00ad", "Ada Vrba"),
        ("علی\u200cرضا", "علی\u200cرضا"),
    ],
)
def test_a_name_is_what_it_shows(db, typed, kept):
    data = {**ACADEMIA, "identity": "named", "name": typed}
    form = IdentityForm(data, anonymous_allowed=True)
    assert form.is_valid()
    assert form.details()["name"] == kept
    signing = SignatoriesForm({"name": typed, "listed": f"{typed}, {typed}"})
    assert signing.is_valid()
    assert signing.people == [(kept, ""), (kept, kept)]


def test_a_name_of_nothing_that_shows_is_none(db):
    data = {**ACADEMIA, "identity": "named", "name": "\u200b\u202e"}
    assert "name" in IdentityForm(data, anonymous_allowed=True).errors
