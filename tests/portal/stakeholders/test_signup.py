"""Signing up: a form, a code by e-mail, and back to where the visitor was."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.stakeholders.models import User

pytestmark = pytest.mark.django_db

TYPED = {
    "email": "ada@people.example",
    "name": "Ada",
    "submitter_type": "company",
    "affiliation": "Example Optics",
}


def sign_up(client: Client, **changes: Any) -> Any:
    return client.post(reverse("account_signup"), {**TYPED, **changes})


def confirm(client: Client, code: str, **more: str) -> Any:
    return client.post(reverse("account_email_verification_sent"), {"code": code, **more})


def main_of(response: Any) -> str:
    """The page's main part without what differs between any two requests."""
    html = response.content.decode()
    html = html[html.index("<main") : html.index("</main>")]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_a_code_by_email_makes_a_member_of_what_was_stated(client, mailed, mailed_code):
    assert sign_up(client).url == reverse("account_email_verification_sent")
    assert mailed()[-1].to == ["ada@people.example"]
    assert confirm(client, mailed_code()).url == reverse("account_overview")

    page = client.get(reverse("account_overview")).content.decode()
    assert "You are signed in as \u2068Ada" in page
    assert "Example Optics" in page
    assert "not verified" in page
    person = User.objects.get(email="ada@people.example")
    assert (person.name, person.submitter_type, person.group) == ("Ada", "company", "industry")
    assert person.organisation is None
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    "typed", ["\u200fada@people.example\u200f", "ada@people\u200b.example", "ａｄａ@people.example"]
)
def test_an_address_with_signs_that_nobody_sees_is_that_address(client, mailed, typed):
    assert sign_up(client, email=typed).url == reverse("account_email_verification_sent")
    assert mailed()[-1].to == ["ada@people.example"]


def test_an_address_beyond_ascii_is_taken_where_mail_can_go_and_told_where_not(client, mailed):
    shown = sign_up(client, email="jörg@people.example").content.decode()
    assert "This one has “ö”. Use another address." in shown
    assert sign_up(client, email="ada@bücher.example").status_code == 302
    assert mailed()[-1].to == ["ada@xn--bcher-kva.example"]


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800\u0301"])
def test_a_name_of_which_nothing_is_seen_is_none(client, db, name):
    assert "Enter a name; it may be a pseudonym." in sign_up(client, name=name).content.decode()


def test_the_code_may_be_typed_as_people_type(client, mailed_code):
    sign_up(client)
    assert confirm(client, mailed_code().replace("-", " ").lower()).status_code == 302
    assert client.get(reverse("account_overview")).status_code == 200


def test_the_way_back_survives(client, mailed_code):
    target = "/en/consultations/some-draft/discussion/#say"
    login_page = client.get(reverse("account_login"), {"next": target}).content.decode()
    signup_href = re.search(r'href="(/en/accounts/signup/\?next=[^"]+)"', login_page).group(1)
    assert 'name="next"' in client.get(signup_href).content.decode()
    sign_up(client, next=target)
    assert confirm(client, mailed_code()).url == target


def test_the_way_back_leads_to_no_other_site(client, mailed_code):
    sign_up(client, next="https://evil.example/")
    assert confirm(client, mailed_code()).url == reverse("account_overview")


def test_what_was_typed_stays_beside_each_error(client, mailed):
    response = sign_up(client, email="not an address", submitter_type="")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Create an account" in page
    assert 'href="#id_email"' in page
    assert 'href="#id_submitter_type"' in page
    assert "Enter an e-mail address like name@example.org." in page
    assert 'value="not an address"' in page
    assert 'value="Ada"' in page
    assert 'value="Example Optics"' in page
    assert not mailed()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 101), ("affiliation", "x" * 201), ("submitter_type", "king")],
)
def test_what_a_field_does_not_take_is_refused_there(client, field, value):
    response = sign_up(client, **{field: value})
    assert response.status_code == 200
    assert f'href="#id_{field}"' in response.content.decode()
    assert not User.objects.filter(email=TYPED["email"]).exists()


def test_a_wrong_code_is_told_and_three_end_the_attempt(client, mailed_code):
    sign_up(client)
    right = mailed_code()
    for _attempt in range(2):
        response = confirm(client, "AAAA-AAAA")
        assert "The code is not right" in response.content.decode()
        assert "<title>Error:" in response.content.decode()
    assert confirm(client, "AAAA-AAAA").url == reverse("account_login")
    assert confirm(client, right).url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_a_code_expires(client, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_up(client)
        clock.shift(timedelta(minutes=10, seconds=1))
        assert confirm(client, mailed_code()).url == reverse("account_login")
        assert "_auth_user_id" not in client.session


def test_a_code_still_works_at_its_last_second(client, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_up(client)
        clock.shift(timedelta(minutes=9, seconds=59))
        assert confirm(client, mailed_code()).url == reverse("account_overview")


def test_a_new_code_replaces_the_old(client, mailed, mailed_code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_up(client)
        old = mailed_code()
        clock.shift(timedelta(seconds=11))
        client.post(reverse("account_email_verification_sent"), {"action": "resend"})
        assert len(mailed()) == 2
        assert "The code is not right" in confirm(client, old).content.decode()
        assert confirm(client, mailed_code()).url == reverse("account_overview")


@pytest.mark.usefixtures("one_minute")
def test_three_codes_go_to_an_address_from_one_client(client, mailed):
    """Whoever asks for more gets the same pages: others may use the same address of a network."""
    sign_up(client)
    again = {"action": "resend"}
    pages = {
        client.post(reverse("account_email_verification_sent"), again).url for _more in range(2)
    }
    assert len(mailed()) == 3
    other = Client(REMOTE_ADDR="127.0.0.1")
    sign_up(other)
    assert len(mailed()) == 3
    assert pages == {reverse("account_email_verification_sent")}
    sign_up(Client(REMOTE_ADDR="203.0.113.1"))
    assert len(mailed()) == 4


def test_an_address_with_an_account_looks_like_any_other(client, member, mailed):
    """Who has an account is told to the address itself alone."""
    new, known = Client(), Client()
    fresh = sign_up(new, email="fresh@people.example")
    taken = sign_up(known, email=member.email)
    assert (fresh.status_code, fresh.url) == (taken.status_code, taken.url)

    def page(browser: Client, email: str) -> str:
        return main_of(browser.get(taken.url)).replace(email, "")

    assert page(new, "fresh@people.example") == page(known, member.email)
    assert confirm(known, "AAAA-AAAA").status_code == confirm(new, "AAAA-AAAA").status_code
    told = {message.to[0]: message.body for message in mailed()}
    assert "You have an account with it already" in told[member.email]
    assert reverse("account_login") in told[member.email]
    assert User.objects.filter(email__iexact=member.email).count() == 1


def test_the_page_says_what_is_kept(client):
    page = client.get(reverse("account_signup")).content.decode()
    assert "no record of your IP address" in page
    assert "/en/about/privacy/" in page


def test_what_is_wrong_is_said_with_the_name_of_its_field(client):
    page = sign_up(client, name="x" * 101, affiliation="x" * 201).content.decode()
    assert "Name: Ensure this value has at most 100 characters (it has 101)." in page
    assert "Organisation: Ensure this value has at most 200 characters (it has 201)." in page
