"""The secrets of accounts: tried a few times by each client, and nobody locked out by another."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.notifications.delivery import send_due
from portal.stakeholders.models import User
from tests.factories import UserFactory
from tests.staff import current_code, set_up_factor

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC)
PASSWORD = "a long enough pass phrase"
OWN, OTHER, SHARED = "203.0.113.1", "198.51.100.9", "100.64.0.1"
LOGIN = "/en/accounts/login/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def owner():
    person = UserFactory(email="owner@people.example")
    person.set_password(PASSWORD)
    person.save()
    return person


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def sign_in(client: Client, password: str, email="owner@people.example", **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def known(address: str = OWN) -> Client:
    """A browser in which the owner has signed in and out again."""
    client = at(address)
    sign_in(client, PASSWORD)
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    return client


def from_many_places(times: int, **typed: str) -> None:
    for number in range(times):
        client = at(f"198.{18 + number // 60_000}.{number // 250 % 240}.{number % 250 + 1}")
        sign_in(client, "wrong", **typed)


def said(answer) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    return " ".join((page.main or page).get_text(" ").split())


class TestPasswords:
    def test_over_its_limit_a_client_is_not_checked_right_or_wrong(self, owner):
        client = at(OWN)
        tries = [sign_in(client, "wrong").status_code for _n in range(7)]
        assert tries == [200] * 5 + [429] * 2
        wrong, right = sign_in(client, "wrong"), sign_in(client, PASSWORD)
        assert right.status_code == wrong.status_code == 429
        assert not is_signed_in(client)
        assert "did not check what you typed now, whether it is right or wrong" in said(right)
        assert said(right) == said(wrong)

    def test_an_address_without_an_account_is_answered_alike(self, owner):
        pages = []
        for email in (owner.email, "nobody@people.example"):
            client = at(OTHER if email == owner.email else OWN)
            tried = [sign_in(client, "wrong", email) for _n in range(7)]
            pages.append([(each.status_code, said(each)) for each in tried])
        assert pages[0] == pages[1]

    def test_it_is_let_in_again_when_its_turn_comes(self, owner, clock):
        client = at(OWN)
        for _n in range(5):
            sign_in(client, "wrong")
        page = BeautifulSoup(sign_in(client, PASSWORD).content, "html.parser").main.form
        typed = {each["name"]: each.get("value", "") for each in page.find_all("input")}
        assert typed["login"] == owner.email
        assert typed["password"] == ""
        typed["password"] = PASSWORD
        assert client.post(page["action"], typed).status_code == 429
        assert not is_signed_in(client)
        clock.shift(300)
        client.post(page["action"], typed)
        assert is_signed_in(client)

    def test_no_other_client_is_touched(self, owner):
        for _n in range(50):
            sign_in(at(OTHER), "wrong")
        client = at(OWN)
        sign_in(client, PASSWORD)
        assert is_signed_in(client)

    def test_over_many_accounts_a_client_is_throttled_too(self):
        people = [UserFactory(email=f"p{n}@people.example").email for n in range(12)]
        client = at(OWN)
        tries = [sign_in(client, "wrong", email).status_code for email in people]
        assert tries == [200] * 10 + [429] * 2
        assert sign_in(at(OTHER), "wrong", people[-1]).status_code == 200

    def test_right_ones_are_free(self, owner):
        client = at(OWN)
        for _n in range(15):
            sign_in(client, PASSWORD)
            assert is_signed_in(client)
            client.post(reverse("account_logout"))
            client.cookies.clear()

    def test_tried_from_many_places_unknown_browsers_are_slowed_and_not_shut_out(self, owner):
        from_many_places(40)
        client = at(OWN)
        assert sign_in(client, "wrong").status_code == 200
        slowed = sign_in(client, PASSWORD)
        assert slowed.status_code == 429
        assert "nobody has signed in to this account from their browser before" in said(slowed)
        elsewhere = at("203.0.113.77")
        sign_in(elsewhere, PASSWORD)
        assert is_signed_in(elsewhere)

    def test_a_browser_that_is_known_is_not_slowed(self, owner):
        client = known()
        from_many_places(40)
        for _n in range(50):
            sign_in(at(OWN), "wrong")  # a stranger at the same address
        assert [sign_in(client, "wrong").status_code for _n in range(9)] == [200] * 9
        sign_in(client, PASSWORD)
        assert is_signed_in(client)

    def test_a_browser_that_is_known_has_a_limit_of_its_own(self, owner):
        client = known()
        for _n in range(10):
            sign_in(client, "wrong")
        refused = sign_in(client, PASSWORD)
        assert refused.status_code == 429
        assert "from this browser" in said(refused)
        assert not is_signed_in(client)
        unknown = at(OWN)
        sign_in(unknown, PASSWORD)
        assert is_signed_in(unknown)

    def test_where_many_share_an_address_others_wait_and_are_not_refused(self, owner, clock):
        """The tenth who tries gets the tenth turn, and is let in with it."""
        for _n in range(9):
            sign_in(at(SHARED), "wrong")
        client = at(SHARED)
        page = BeautifulSoup(sign_in(client, PASSWORD).content, "html.parser").main.form
        typed = {each["name"]: each.get("value", "") for each in page.find_all("input")}
        clock.shift(300)
        client.post(page["action"], {**typed, "password": PASSWORD})
        assert is_signed_in(client)

    def test_proving_who_one_is_again_is_limited_as_signing_in(self, owner):
        client = at(OWN)
        client.force_login(owner)
        again = reverse("account_reauthenticate")
        tries = [client.post(again, {"password": "wrong"}).status_code for _n in range(7)]
        assert tries[:5] == [200] * 5
        assert tries[5:] == [429] * 2
        assert client.post(again, {"password": PASSWORD}).status_code == 429


class TestSecondFactors:
    @pytest.fixture
    def secret(self, owner):
        return set_up_factor(owner)

    def enter(self, client: Client, code: str):
        return client.post(reverse("mfa_authenticate"), {"code": code})

    def half_way(self, address: str) -> Client:
        client = at(address)
        assert sign_in(client, PASSWORD).url == reverse("mfa_authenticate")
        return client

    def test_over_its_limit_a_client_is_not_checked_right_or_wrong(self, owner, secret):
        client = self.half_way(OWN)
        tries = [self.enter(client, "000000").status_code for _n in range(7)]
        assert tries == [200] * 5 + [429] * 2
        right = self.enter(client, current_code(secret))
        assert right.status_code == 429
        assert "did not check what you typed" in said(right)
        assert not is_signed_in(client)

    def test_whoever_has_the_password_cannot_lock_the_owner_out(self, owner, secret, clock):
        at_home = self.half_way(OWN)
        self.enter(at_home, current_code(secret))
        at_home.post(reverse("account_logout"))
        clock.shift(60)
        thief = self.half_way(OTHER)
        for _n in range(100):
            self.enter(thief, "000000")
        for number in range(40):
            self.enter(self.half_way(f"198.18.0.{number + 1}"), "000000")
        sign_in(at_home, PASSWORD)
        self.enter(at_home, current_code(secret))
        assert is_signed_in(at_home)

    def test_from_many_places_together_a_code_is_tried_once_a_minute(self, owner, secret, clock):
        """Six digits would be found by a thousand clients, each within its limit."""
        looked_at = 0
        for number in range(200):
            client = self.half_way(f"198.18.{number // 250}.{number % 250 + 1}")
            looked_at += self.enter(client, "000000").status_code == 200
            if number % 10 == 9:
                clock.shift(6)  # two minutes in all
        assert looked_at <= 30 + 3


class TestMailedCodes:
    def ask(self, client: Client, email="owner@people.example"):
        answer = client.post(LOGIN, {"login": email})
        send_due()
        return answer

    def code(self) -> str:
        return re.search(r"[A-Z]{4}-[A-Z]{4}", mail.outbox[-1].body).group()

    def confirm(self, client: Client, code: str):
        return client.post(reverse("account_confirm_login_code"), {"code": code})

    def test_five_requests_by_a_stranger_take_nothing_from_a_browser_that_is_known(self, owner):
        client = known()
        for number in range(40):
            self.ask(at(f"198.18.0.{number + 1}"))
        assert len(mail.outbox) == 5
        for number in range(5):
            self.ask(client)
            assert len(mail.outbox) == 6 + number
            self.confirm(client, self.code())
            assert is_signed_in(client)
            client.post(reverse("account_logout"))
        self.ask(client)
        assert len(mail.outbox) == 10

    def test_a_stranger_does_not_use_up_the_codes_of_a_browser_that_is_not(self, owner):
        for _n in range(40):
            self.ask(at(OTHER))
        assert len(mail.outbox) == 3
        client = at(OWN)
        self.ask(client)
        self.confirm(client, self.code())
        assert is_signed_in(client)

    def test_whether_a_mail_goes_is_told_by_no_page(self, owner):
        pages = set()
        for _n in range(8):
            client = at(OTHER)
            answer = self.ask(client)
            shown = client.get(answer.url).content.decode()
            pages.add((answer.url, re.sub(r'value="\w{64}"', "", shown)))
        assert len(mail.outbox) == 3
        assert len(pages) == 1

    def test_three_wrong_codes_end_it_and_the_page_says_what_to_do(self, owner):
        client = at(OWN)
        self.ask(client)
        right = self.code()
        for _n in range(2):
            assert "The code is not right" in said(self.confirm(client, "BBBB-BBBB"))
        ended = client.get(self.confirm(client, "BBBB-BBBB").url)
        assert "Begin again" in ended.content.decode()
        self.confirm(client, right)
        assert not is_signed_in(client)


def test_at_midnight_counts_begin_anew(owner, clock):
    """And with them what strangers used up."""
    from_many_places(40)
    clock.move_to(NOON + timedelta(hours=12, seconds=1))
    client = at(OWN)
    assert [sign_in(client, "wrong").status_code for _n in range(4)] == [200] * 4


def test_forms_about_accounts_wait_for_their_turn_and_lose_nothing(clock):
    client = at(OWN)
    for number in range(20):
        assert client.post(LOGIN, {"login": f"p{number}@people.example"}).status_code == 302
    waiting = client.post("/en/accounts/signup/", {"email": "a@b.example", "name": "Ada"})
    assert waiting.status_code == 429
    page = BeautifulSoup(waiting.content, "html.parser").main.form
    typed = {each["name"]: each.get("value", "") for each in page.find_all("input")}
    assert (typed["email"], typed["name"]) == ("a@b.example", "Ada")
    assert client.post(LOGIN, {"login": "x@people.example"}).status_code == 429
    assert at(OTHER).post(LOGIN, {"login": "x@people.example"}).status_code == 302
    clock.shift(60)
    typed["submitter_type"] = "academia"
    assert client.post(page["action"], typed).status_code == 302
    assert User.objects.filter(email="a@b.example").exists()
