"""An address and the code that confirms it."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.notifications import confirmations
from portal.notifications.addresses import AddressField, clean_address
from portal.notifications.confirmations import CodeIsOver, Reachable, WrongCode, clean_code
from portal.notifications.delivery import send_due
from portal.notifications.models import Confirmation, Message
from tests.portal.notifications.conftest import NOON

ADDRESS = "lena@people.example"


@pytest.fixture
def clock(db):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def ask(purpose="answer 1", address=ADDRESS, *, is_neutral=True) -> None:
    with transaction.atomic():
        confirmations.ask_for_code(
            purpose=purpose,
            address=address,
            language="en",
            is_neutral=is_neutral,
        )


def mailed_code() -> str:
    send_due()
    return re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE).group()


def confirm(code: str, purpose="answer 1"):
    with transaction.atomic():
        return confirmations.confirm(purpose=purpose, code=clean_code(code))


def test_the_code_proves_the_address_once(clock):
    ask()
    code = mailed_code()
    assert confirm(code) == Reachable(ADDRESS, "en")
    assert not Confirmation.objects.exists()
    assert isinstance(confirm(code), CodeIsOver)


def test_neither_code_nor_address_is_kept_in_clear(clock):
    ask()
    rows = str([*Confirmation.objects.values(), *Message.objects.values()])
    code = mailed_code()
    assert "lena" not in rows
    assert code not in rows
    assert code.replace("-", "") not in rows
    assert not Message.objects.exists(), "of a code that was sent no row is left"


def test_five_wrong_codes_make_it_void(clock):
    ask()
    right = mailed_code()
    wrong = "0000-0000" if right != "0000-0000" else "1111-1111"
    outcomes = [type(confirm(wrong)) for _try in range(5)]
    assert outcomes == [WrongCode] * 4 + [CodeIsOver]
    assert isinstance(confirm(right), CodeIsOver)


def test_it_holds_for_half_an_hour(clock):
    ask()
    code = mailed_code()
    clock.shift(timedelta(minutes=29, seconds=59))
    assert confirmations.waiting_for("answer 1") == Reachable(ADDRESS, "en")
    clock.shift(timedelta(minutes=6))
    assert isinstance(confirm(code), CodeIsOver)
    assert confirmations.waiting_for("answer 1") is None
    send_due()
    assert not Confirmation.objects.exists(), "what is over is erased with the next round"


def test_a_code_for_another_address_or_purpose_proves_nothing(clock):
    ask()
    first = mailed_code()
    ask(address="ada@people.example")
    send_due()  # two that wait go in any order
    assert isinstance(confirm(first), WrongCode)
    ask(purpose="answer 2")
    assert isinstance(confirm(mailed_code()), WrongCode)


def test_a_code_that_was_replaced_before_it_went_out_is_not_sent(clock):
    ask()
    ask()
    send_due()
    assert len(mail.outbox) == 1
    assert confirm(mailed_code())


def test_an_address_that_is_forgotten_gets_no_code(clock):
    ask()
    confirmations.forget("answer 1")
    send_due()
    assert mail.outbox == []
    assert not Message.objects.exists()


def test_over_the_limit_of_the_address_all_looks_the_same(clock):
    for _time in range(5):
        ask()
        send_due()
        assert confirmations.waiting_for("answer 1") == Reachable(ADDRESS, "en")
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("1234-5678", "12345678"),
        (" 1234 5678 ", "12345678"),
        ("١٢٣٤٥٦٧٨", "12345678"),
        ("۱۲۳۴–۵۶۷۸", "12345678"),
        ("१२३४ ५६७८", "12345678"),
        ("\u200f１２３４\u00a0５６７８", "12345678"),
        ("l234-567O", "12345670"),
    ],
)
def test_digits_of_any_script_are_digits(typed, means):
    assert clean_code(typed) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1234-567", "you typed 7"),
        ("123456789", "you typed 9"),
        ("", "you typed 0"),
        ("ABCD-1234", "This is no part of it: “A”, “B”, “C” and “D”"),
        ("четыре", "no part of it"),
    ],
)
def test_what_cannot_be_a_code_is_said_and_costs_no_try(typed, told):
    with pytest.raises(ValidationError, match=told):
        clean_code(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_code_is_a_code_or_a_sentence(typed):
    with suppress(ValidationError):
        assert re.fullmatch(r"[0-9]{8}", clean_code(typed))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        (" Lena@People.Example ", "Lena@people.example"),
        ("lena＠people．example", "lena@people.example"),
        ("\u200elena@people.example\u200f", "lena@people.example"),
        ("lena@bücher.example", "lena@xn--bcher-kva.example"),
        ("lena@شبكة.example", "lena@xn--ngbc5azd.example"),
    ],
)
def test_an_address_is_taken_as_it_is_meant(typed, means):
    assert clean_address(typed) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jörg@people.example", "“ö”"),
        ("елена@people.example", "before the “@”"),
        ("lena", "like name@example.org"),
        ("lena@", "like name@example.org"),
        ("@people.example", "like name@example.org"),
        ("a@b@people.example", "like name@example.org"),
        ("lena@people.example\nBcc: all@people.example", "like name@example.org"),
        ("lena@" + "x" * 300 + ".example", "like name@example.org"),
        ("lena@-.example", "like name@example.org"),
        ("lena@people..example", "like name@example.org"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(typed, told):
    with pytest.raises(ValidationError, match=told):
        clean_address(typed)


@given(st.text(max_size=80))
def test_whatever_is_typed_as_an_address_is_one_or_a_sentence(typed):
    with suppress(ValidationError):
        assert clean_address(f"{typed}@people.example").isascii()
    with suppress(ValidationError):
        assert AddressField(required=False).clean(f"lena@{typed}").isascii()
