"""When a request came: what the proxy says, within bounds; else the earliest that is known."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.front.middleware import key_of
from portal.web.arrival import LONGEST_BODY, ArrivalMiddleware, arrived_at

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.BEHIND_TLS_PROXY = True
    with time_machine.travel(NOW, tick=False):
        yield


def asked(handed_over=None, taken=None):
    headers = {"X-Handed-Over": handed_over, "X-Seconds-Taken": taken}
    return RequestFactory().post("/", headers={k: v for k, v in headers.items() if v is not None})


def test_the_first_byte_counts_and_not_the_end_of_a_slow_body():
    request = asked(f"{NOW.timestamp():.3f}", "42.500")
    assert arrived_at(request) == NOW - timedelta(seconds=42.5)


def test_what_waited_between_proxy_and_portal_counts_too():
    request = asked(f"{NOW.timestamp() - 20:.3f}", "0.001")
    assert NOW - arrived_at(request) == timedelta(seconds=20.001)


def test_a_body_is_given_its_time_and_no_more():
    request = asked(f"{NOW.timestamp():.3f}", "86400.000")
    assert arrived_at(request) == NOW - LONGEST_BODY


def test_nothing_comes_from_the_future():
    assert arrived_at(asked(f"{NOW.timestamp() + 3600:.3f}", "0.000")) == NOW


def test_without_our_own_proxy_nobody_is_believed(settings):
    settings.BEHIND_TLS_PROXY = False
    assert arrived_at(asked(f"{NOW.timestamp() - 100:.3f}", "1.000")) == NOW


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_the_headers_hold_there_is_a_moment(handed_over, taken):
    request = RequestFactory().get("/")
    request.META |= {"HTTP_X_HANDED_OVER": handed_over, "HTTP_X_SECONDS_TAKEN": taken}
    assert NOW - LONGEST_BODY <= arrived_at(request) <= NOW


@pytest.mark.parametrize("odd", ["nan", "inf", "-inf", "1e400", "-1e18", "", "0x10"])
def test_odd_numbers_are_no_moments(odd):
    assert arrived_at(asked(odd, "0")) in (NOW, NOW - LONGEST_BODY)


def test_it_is_noted_before_anything_is_read_and_stays():
    request = asked()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        ArrivalMiddleware(lambda passed: None)(request)
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False):
        assert arrived_at(request) == NOW + timedelta(minutes=1)


def test_it_is_the_first_that_a_form_passes(settings):
    """Before it stands the front alone, which hands on at once what is no question for a page."""
    first, second = settings.MIDDLEWARE[:2]
    assert first == "portal.front.middleware.FrontMiddleware"
    assert second == "portal.web.arrival.ArrivalMiddleware"
    assert key_of(RequestFactory().post("/en/")) is None
