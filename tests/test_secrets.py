"""
Whatever secret can be tried is limited: a walk over all forms that take one.

What can be guessed is not looked at any more once a client has tried too often, right or wrong.
What cannot (80 bits and more) is counted where it is wrong, and let in where it is right: an
address may be that of many, and nobody is shut out for what others try.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django import forms
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from consultations.responses import actions
from consultations.responses.access import codes
from consultations.responses.models import LateReason
from portal.notifications.delivery import send_due
from tests.consultations.responses.builders import consultation_that_asks, sent
from tests.consultations.responses.walk import Visitor
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.staff import current_code, set_up_factor

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC)
PASSWORD = "a long enough pass phrase"
MOST = 15  # more tries than any of them has
OWN, STRANGER, OTHER = "203.0.113.1", "203.0.113.2", "198.51.100.9"
SECRET = re.compile(r"code|token|oldpassword|password")

# Each form with such a field, and what limits it below; None where nothing is tried.
FORMS: dict[str, str | None] = {
    "portal.stakeholders.forms.LoginForm": "password",
    "allauth.account.forms.ReauthenticateForm": "password again",
    "allauth.account.forms.ChangePasswordForm": "old password",
    "portal.stakeholders.forms.LoginCodeForm": "mailed code",
    "portal.stakeholders.forms.PasswordResetCodeForm": "code to reset",
    "portal.stakeholders.forms.EmailCodeForm": "code to confirm",
    "portal.stakeholders.forms.SecondFactorForm": "second factor",
    "portal.stakeholders.forms.SecondFactorAgainForm": "second factor again",
    "portal.stakeholders.forms.ProofCodeForm": None,  # three tries (test_proof_again)
    "portal.stakeholders.forms.ActivateTOTPForm": None,  # of a key that stands beside it
    "wagtail.forms.PasswordViewRestrictionForm": "password of a page",
    "consultations.responses.forms.steps.CodeForm": "code of an answer",
    "consultations.responses.offline.forms.TokenForm": "late token",
    "consultations.responses.forms.news.CodeForm": "code of an address",
    # Five tries of each (test_signatories).
    "consultations.responses.signatories.forms.SignByCodeForm": None,
    "portal.record.verification.forms.VerifyForm": "code to verify",
}


def subclasses(of: type) -> Iterator[type]:
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_form_that_takes_a_secret_is_in_the_list(client):
    client.get("/en/accounts/login/")  # all addresses are read, and with them all forms
    ours = ("consultations.", "portal.", "knowledge.")
    used = {
        f"{form.__module__}.{form.__qualname__}"
        for form in subclasses(forms.BaseForm)
        if form.__module__.startswith(ours)
        and any(SECRET.fullmatch(name) for name in getattr(form, "base_fields", ()))
    }
    theirs = {name for name in FORMS if not name.startswith(ours)}
    assert used | theirs == set(FORMS)


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


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


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def mailed(pattern: str = r"^[A-Z]{4}-[A-Z]{4}$") -> str:
    send_due()
    return re.search(pattern, mail.outbox[-1].body, re.M).group()


class Guessable:
    """
    Ways to try a secret that can be guessed: each yields a client, how it tries, what is right,
    and how it is seen that it was let in.
    """

    @staticmethod
    def password(owner: Any, address: str) -> Any:
        client = at(address)
        data = {"login": owner.email}
        return (
            lambda secret: client.post("/en/accounts/login/", {**data, "password": secret}),
            lambda: PASSWORD,
            lambda answer: is_in(client),
        )

    @staticmethod
    def password_again(owner: Any, address: str) -> Any:
        client = at(address)
        client.force_login(owner)
        path = reverse("account_reauthenticate")
        return (
            lambda secret: client.post(path, {"password": secret}),
            lambda: PASSWORD,
            lambda answer: answer.status_code == 302,
        )

    @staticmethod
    def old_password(owner: Any, address: str) -> Any:
        client = at(address)
        client.force_login(owner)
        path, new = reverse("account_change_password"), "another long pass phrase"
        return (
            lambda secret: client.post(
                path, {"oldpassword": secret, "password1": new, "password2": new}
            ),
            lambda: PASSWORD,
            lambda answer: answer.status_code == 302,
        )

    @staticmethod
    def second_factor(owner: Any, address: str) -> Any:
        secret = set_up_factor(owner)
        client = at(address)
        client.post("/en/accounts/login/", {"login": owner.email, "password": PASSWORD})
        path = reverse("mfa_authenticate")
        return (
            lambda code: client.post(path, {"code": code}),
            lambda: current_code(secret),
            lambda answer: is_in(client),
        )

    @staticmethod
    def second_factor_again(owner: Any, address: str) -> Any:
        secret = set_up_factor(owner)
        client = at(address)
        client.force_login(owner)
        path = reverse("mfa_reauthenticate")
        return (
            lambda code: client.post(path, {"code": code}),
            lambda: current_code(secret),
            lambda answer: answer.status_code == 302,
        )

    @staticmethod
    def password_of_a_page(owner: Any, address: str) -> Any:
        page = GuidePageFactory()
        restriction, _new = PageViewRestriction.objects.get_or_create(
            page=page, restriction_type="password", password=PASSWORD
        )
        client = at(address)
        path = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
        return (
            lambda secret: client.post(path, {"password": secret, "return_url": page.url}),
            lambda: PASSWORD,
            lambda answer: answer.status_code == 302,
        )

    @staticmethod
    def password_of_a_folder(owner: Any, address: str) -> Any:
        collection = Collection.get_first_root_node().add_child(name="Private")
        Document.objects.create(
            title="Private", collection=collection, file=ContentFile(b"x", name="private.txt")
        )
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="password", password=PASSWORD
        )
        client = at(address)
        path = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
        return (
            lambda secret: client.post(path, {"password": secret, "return_url": "/en/"}),
            lambda: PASSWORD,
            lambda answer: answer.status_code == 302,
        )


GUESSABLE: dict[str, Callable[..., Any]] = {
    name.replace("_", " "): getattr(Guessable, name)
    for name in vars(Guessable)
    if not name.startswith("__")
}


@pytest.mark.parametrize("name", GUESSABLE)
def test_a_secret_that_can_be_guessed_is_not_looked_at_any_more(owner, site_tree, name):
    attempt, right, is_let_in = GUESSABLE[name](owner, STRANGER)
    answers = [attempt("000000") for _n in range(MOST)]
    assert not any(is_let_in(each) for each in answers)
    assert [each.status_code for each in answers[:3]] == [200] * 3
    assert answers[-1].status_code == 429
    refused = attempt(right())
    assert refused.status_code == 429
    assert not is_let_in(refused)


@pytest.mark.parametrize("name", GUESSABLE)
def test_a_stranger_who_tries_it_shuts_nobody_else_out(owner, site_tree, name):
    if name in {"old password", "password again", "second factor again"}:
        pytest.skip("a stranger has to be signed in as the owner")
    # The same secret tried from two places: made twice, so the first one's is what is tried.
    attempt, right, is_let_in = GUESSABLE[name](owner, OWN)
    if name == "second factor":
        stranger = at(OTHER)
        stranger.post("/en/accounts/login/", {"login": owner.email, "password": PASSWORD})
        for _n in range(MOST):
            stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
    else:
        moved = Client.generic

        def elsewhere(self, *args, **more):
            return moved(self, *args, **{**more, "REMOTE_ADDR": OTHER})

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Client, "generic", elsewhere)
            answers = [attempt("000000") for _n in range(MOST)]
        assert answers[-1].status_code == 429
    assert is_let_in(attempt(right()))


class TestMailedCodes:
    """Three tries for each code, and ten a minute for each client, whatever code it is for."""

    def test_mailed_code(self, owner):
        client = at(OWN)
        client.post("/en/accounts/login/", {"login": owner.email})
        right = mailed()
        for _n in range(3):
            client.post(reverse("account_confirm_login_code"), {"code": "BBBB-BBBB"})
        client.post(reverse("account_confirm_login_code"), {"code": right})
        assert not is_in(client)

    def test_code_to_confirm(self):
        client = at(OWN)
        details = {"email": "new@people.example", "name": "N", "submitter_type": "academia"}
        client.post("/en/accounts/signup/", details)
        right, path = mailed(), reverse("account_email_verification_sent")
        for _n in range(3):
            client.post(path, {"code": "BBBB-BBBB"})
        client.post(path, {"code": right})
        assert not is_in(client)

    def test_code_to_reset(self, owner):
        client = at(OWN)
        client.post("/en/accounts/password/reset/", {"email": owner.email})
        right, path = mailed(), reverse("account_confirm_password_reset_code")
        for _n in range(3):
            client.post(path, {"code": "BBBB-BBBB"})
        assert client.post(path, {"code": right}).url == reverse("account_login")

    def test_one_client_tries_ten_a_minute_however_often_it_begins_anew(self, owner):
        looked_at = 0
        for _time in range(8):
            client = at(OWN)
            client.post("/en/accounts/login/", {"login": owner.email})
            for _n in range(2):
                answer = client.post(reverse("account_confirm_login_code"), {"code": "BBBB-BBBB"})
                looked_at += answer.status_code == 200
        assert looked_at <= 10

    def test_code_of_an_address(self, site_tree):
        visitor = Visitor(consultation_that_asks(), at(OWN))
        visitor.type_code(sent(visitor.page)[1])
        typed = {"email": "ada@people.example", "language": "en", "understood": "on"}
        assert visitor.send("news", typed).status_code == 302
        right = mailed(r"^\d{4}-\d{4}$")
        for _n in range(5):
            visitor.send("news_code", {"code": "0000-0000"}, hidden=False)
        answer = visitor.send("news_code", {"code": right}, hidden=False)
        assert answer.status_code == 422
        assert "The code no longer works" in answer.content.decode()


class TestUnguessable:
    """Wrong ones are counted by client; a right one is let in, whatever came before."""

    def test_none_has_fewer_than_80_bits(self):
        assert codes.LENGTH * math.log2(len(codes.ALPHABET)) >= 80

    def tried(self, attempt: Callable[[str], int]) -> None:
        statuses = [attempt(codes.new_code()) for _n in range(MOST)]
        assert statuses[-1] == 429
        assert 429 not in statuses[:5]

    def test_code_of_an_answer(self, site_tree):
        visitor = Visitor(consultation_that_asks(), at(OWN))
        right = sent(visitor.page)[1]
        self.tried(lambda code: visitor.type_code(code).status_code)
        assert visitor.type_code(right).status_code == 302

    def test_code_to_verify(self, site_tree):
        client, right = at(OWN), sent(consultation_that_asks())[1]

        def verify(code: str) -> Any:
            return client.post("/record/verify/", {"code": code}, follow=True)

        self.tried(lambda code: verify(code).status_code)
        assert verify(right).status_code == 200

    def test_late_token(self, site_tree, moderator):
        page = consultation_that_asks(closed=True)
        token = actions.give_late_token(
            consultation=page,
            by=moderator,
            reason=LateReason.PERSON,
            expires_at=NOON.replace(day=20),
        )
        visitor = Visitor(page, at(OWN))
        who = {"identity": "anonymous", "submitter_type": "civil-society", "language": "en"}

        def use(code: str) -> int:
            data = {"code": code, "place": "", **who}
            answer = visitor.client.post(visitor.at("late"), data)
            again = answer.get("Location") == visitor.at("late")
            return (visitor.see("late") if again else answer).status_code

        self.tried(use)
        assert use(token.code) == 302

    def test_a_signatory_s_link(self, site_tree):
        visitor = Visitor(consultation_that_asks(), at(OWN))
        statuses = [visitor.see("sign", codes.new_code().lower()).status_code for _n in range(MOST)]
        assert statuses == [404] * 5 + [429] * (MOST - 5)
