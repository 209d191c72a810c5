"""A browser in which somebody has signed in before: what its cookie holds, and what it opens."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.notifications.sealing import seal
from portal.stakeholders.known_devices import ACCOUNTS, device_of
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory
from tests.staff import set_up_factor

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


def person(email):
    user = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    return user


def signed_in(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))


@pytest.fixture
def owner():
    return person("owner@people.example")


@pytest.fixture
def asks(rf, client):
    """What a request of the browser is known by, for an address."""

    def device(email):
        request = rf.get(reverse("account_login"))
        request.COOKIES = {name: each.value for name, each in client.cookies.items()}
        return device_of(request, email)

    return device


def test_it_knows_the_account_and_no_other(client, owner, asks):
    assert not asks(owner.email)
    signed_in(client, owner)
    assert asks(owner.email)
    assert asks(owner.email.upper()) == asks(owner.email)
    assert not asks("other@people.example")


def test_it_stays_the_same_when_one_signs_in_again(client, owner, asks):
    signed_in(client, owner)
    first = asks(owner.email)
    signed_in(client, owner)
    assert asks(owner.email) == first


def test_three_accounts_are_known_in_one_browser(client, asks):
    people = [person(f"p{number}@people.example") for number in range(ACCOUNTS + 1)]
    for each in people:
        signed_in(client, each)
    assert [bool(asks(each.email)) for each in people] == [False] + [True] * ACCOUNTS
    devices = {asks(each.email) for each in people[1:]}
    assert len(devices) == ACCOUNTS  # nothing ties them to each other


def test_it_holds_nothing_that_can_be_read(client, owner):
    signed_in(client, owner)
    cookie = client.cookies["known-en"]
    assert re.fullmatch(r"[0-9a-f]{64}", cookie.value)
    other = Client()
    signed_in(other, owner)
    assert set(cookie.value) <= set("0123456789abcdef")
    assert other.cookies["known-en"].value[:32] != cookie.value[:32]
    assert other.cookies["known-en"].value[32:] != cookie.value[32:]


def test_scripts_cannot_read_it_and_it_goes_to_pages_of_accounts_alone(client, owner, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    cookie = client.cookies["__Secure-known-en"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/en/accounts/"


def test_half_a_sign_in_makes_no_browser_known(client, owner):
    set_up_factor(owner)
    answer = client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert "known-en" not in client.cookies


@pytest.mark.parametrize("value", ["", "x", "a" * 64, ".".join(["b" * 64] * 9), "é" * 64])
def test_one_of_one_s_own_making_is_none(client, owner, asks, value):
    client.cookies["known-en"] = value
    assert not asks(owner.email)


def test_it_opens_nothing(client, owner):
    signed_in(client, owner)
    kept = client.cookies["known-en"].value
    stolen = Client()
    stolen.cookies["known-en"] = kept
    assert stolen.get(reverse("account_overview")).status_code == 302


def test_it_is_never_set_where_somebody_answers(site_tree):
    visitor = Visitor(consultation_that_asks())
    visitor.begin()
    visitor.answer_all()
    visitor.submit()
    assert not [name for name in visitor.client.cookies if name.startswith("known")]


class TestLinkInTheMail:
    @pytest.fixture(autouse=True)
    def clock(self):
        with time_machine.travel("2027-03-01 22:00Z", tick=False) as traveller:
            yield traveller

    def link(self, owner, mailed) -> str:
        Client().post(reverse("account_login"), {"login": owner.email})
        return re.search(r"https?://[^/]+(/\S+known/\S+)", mailed()[-1].body).group(1)

    def test_strangers_cannot_use_up_the_codes_of_whoever_reads_the_mailbox(
        self, owner, mailed, mailed_code
    ):
        """From however many places they ask: the owner's new browser has codes of its own."""
        link = self.link(owner, mailed)
        for number in range(40):
            stranger = Client(REMOTE_ADDR=f"198.18.0.{number + 1}")
            stranger.post(reverse("account_login"), {"login": owner.email})
        before = len(mailed())
        new = Client(REMOTE_ADDR="203.0.113.5")
        new.post(reverse("account_login"), {"login": owner.email})
        assert len(mailed()) == before
        shown = new.get(link, follow=True).content.decode()
        assert "no longer stop this browser" in shown
        new.post(reverse("account_confirm_login_code"), {"action": "resend"})
        assert len(mailed()) == before + 1
        new.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
        assert "_auth_user_id" in new.session

    def test_it_signs_nobody_in(self, owner, mailed, client):
        client.get(self.link(owner, mailed))
        assert "_auth_user_id" not in client.session

    def test_it_holds_until_the_next_day_is_over(self, owner, mailed, client, asks, clock):
        link = self.link(owner, mailed)
        clock.shift(25 * 3600)
        client.get(link)
        assert asks(owner.email)
        client.cookies.clear()
        clock.shift(2 * 3600)
        assert "This link no longer works" in client.get(link, follow=True).content.decode()
        assert not asks(owner.email)

    def test_it_names_no_address(self, owner, mailed):
        assert "owner" not in self.link(owner, mailed)

    @pytest.mark.parametrize(
        "by",
        ["", "x", seal("5").decode(), "é" * 99, seal("known x y").decode()],
        ids=["nothing", "a letter", "another seal", "beyond ASCII", "no address"],
    )
    def test_one_of_one_s_own_making_makes_nothing_known(self, client, by):
        answer = client.get(reverse("account_known"), {"by": by}, follow=True)
        assert "This link no longer works" in answer.content.decode()
        assert not [name for name in client.cookies if name.startswith("known")]
