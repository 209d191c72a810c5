"""“Tell us of a public source”: anybody can, and nothing is kept of who did."""

import pytest
from django.test import Client

from knowledge.states.models import SourceTip
from portal.stakeholders import roles
from portal.stakeholders.models import State
from tests.factories import UserFactory
from tests.knowledge.factories import StateFactory

pytestmark = pytest.mark.django_db

FORM = "/en/states/eg/source/"
TOLD = {"source": "https://gazette.example/1", "text": "It endorses the Code."}


@pytest.fixture(autouse=True)
def egypt():
    return StateFactory(iso2="EG")


def test_the_form_asks_for_the_source_and_needs_no_account(client):
    html = client.get(FORM).content.decode()
    assert "A page or document that anyone can read" in html
    assert 'name="source"' in html


def test_what_is_told_waits_for_staff_and_changes_nothing(client, egypt):
    response = client.post(FORM, TOLD, follow=True)
    assert response.redirect_chain == [(f"{FORM}?sent=yes", 302)]
    assert "Staff will open the source" in response.content.decode()
    tip = SourceTip.objects.get()
    assert (tip.state, tip.source, tip.text) == (egypt, TOLD["source"], TOLD["text"])
    assert State.objects.get(iso2="EG").code_status == ""


@pytest.mark.parametrize("source", ["", "gazette", "javascript:alert(1)", "ftp://gazette.example"])
def test_without_an_address_the_form_comes_back_with_what_was_typed(client, source):
    response = client.post(FORM, TOLD | {"source": source})
    assert response.status_code == 422
    assert "It endorses the Code." in response.content.decode()
    assert not SourceTip.objects.exists()


def test_a_machine_is_thanked_and_not_kept(client):
    assert client.post(FORM, TOLD | {"website": "x"}).status_code == 302
    assert not SourceTip.objects.exists()


def test_a_forged_form_is_refused_and_keeps_its_text():
    response = Client(enforce_csrf_checks=True).post(FORM, TOLD)
    assert response.status_code == 403
    assert "It endorses the Code." in response.content.decode()
    assert not SourceTip.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_one_client_waits_after_a_few(client):
    answers = [client.post(FORM, TOLD).status_code for _number in range(4)]
    assert answers[:3] == [302, 302, 302]
    assert answers[3] == 429
    assert SourceTip.objects.count() == 3


@pytest.mark.parametrize("role", roles.ROLES)
def test_administrators_alone_read_and_delete_what_was_told(client, role):
    client.post(FORM, TOLD)
    staff = Client()
    staff.force_login(UserFactory(role=role))
    page = staff.get("/admin/source_tips/")
    assert ("gazette.example" in page.content.decode()) == (role == roles.ADMINISTRATOR)
    tip = SourceTip.objects.get()
    staff.post(f"/admin/source_tips/delete/{tip.pk}/")
    assert SourceTip.objects.exists() == (role != roles.ADMINISTRATOR)
