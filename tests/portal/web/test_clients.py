"""Who a request comes from: never an address alone, and never kept as one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.core.checks import run_checks

from portal.web.clients import DRAFTS_FROM, client_of, note_draft

ONION = f"{'portal' * 9}ab.onion"
NOON = datetime(2027, 3, 1, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def asks(rf):
    """A function that returns the client of a request from an address."""
    return lambda address, **more: client_of(rf.get("/", REMOTE_ADDR=address, **more))


def test_the_stand_in_for_an_address_lasts_a_day(asks, noon):
    first = asks("203.0.113.1").key
    assert first == asks("203.0.113.1").key
    assert first != asks("203.0.113.2").key
    noon.shift(timedelta(days=1))
    assert first != asks("203.0.113.1").key


def test_neighbours_in_an_ipv6_network_count_as_one(asks):
    assert asks("2001:db8::1").key == asks("2001:db8::ffff").key
    assert asks("2001:db8::1").key != asks("2001:db8:1::1").key


def test_an_ipv4_address_is_the_same_however_the_server_writes_it(asks):
    assert asks("::ffff:203.0.113.1").key == asks("203.0.113.1").key
    assert asks("::ffff:203.0.113.2").key != asks("203.0.113.1").key


def test_one_person_s_address_is_not_shared(asks):
    assert not asks("203.0.113.1").is_shared


@pytest.mark.parametrize("address", ["100.64.0.7", "100.127.255.254", "", "not an address"])
def test_networks_of_carriers_and_nameless_peers_are_shared(asks, address):
    assert asks(address).is_shared


def test_all_who_come_through_tor_share_a_pool_and_circuits_are_told_apart(asks, settings):
    settings.ONION_HOST = ONION
    peer = asks("127.0.0.1", HTTP_HOST=ONION)
    one = asks("fc00:dead:beef:4dad::7:1", HTTP_HOST=ONION)
    other = asks("fc00:dead:beef:4dad::7:2", HTTP_HOST=ONION)
    assert peer.key == one.key == other.key
    assert peer.is_shared
    assert one.is_shared
    assert peer.alone == peer.key
    assert len({peer.alone, one.alone, other.alone}) == 3
    assert asks("127.0.0.1").key != peer.key  # on the open web


def test_the_file_of_shared_networks_is_read_and_read_again(asks, settings, tmp_path):
    file = tmp_path / "shared"
    file.write_text("# Tor's exits\n192.0.2.7\n\n198.51.100.0/24  # a carrier\n2001:db8::/32\n")
    settings.SHARED_NETWORKS = str(file)
    assert run_checks() == []
    assert asks("192.0.2.7").is_shared
    assert asks("198.51.100.200").is_shared
    assert asks("2001:db8:77::1").is_shared
    assert not asks("192.0.2.8").is_shared
    assert asks("198.51.100.1").key != asks("198.51.100.2").key  # each is a network of many
    file.write_text("192.0.2.8\n")
    assert asks("192.0.2.8").is_shared
    assert not asks("192.0.2.7").is_shared


@pytest.mark.parametrize("written", ["somewhere", "192.0.2.7/8", None])
def test_a_file_that_names_no_networks_stops_the_start(settings, tmp_path, written):
    file = tmp_path / "shared"
    if written:
        file.write_text(written)
    settings.SHARED_NETWORKS = str(file)
    assert [each.id for each in run_checks()] == ["web.E001"]


def test_an_address_from_which_many_drafts_come_is_shared_until_the_day_ends(asks, rf, noon):
    def saves(draft, address="203.0.113.1"):
        note_draft(rf.post("/", REMOTE_ADDR=address), draft)

    for _again in range(50):
        saves("one draft")
    assert not asks("203.0.113.1").is_shared
    for number in range(DRAFTS_FROM.most):
        saves(f"draft {number}")
    assert asks("203.0.113.1").is_shared
    assert not asks("203.0.113.2").is_shared
    noon.shift(timedelta(days=1))
    assert not asks("203.0.113.1").is_shared


def test_nothing_that_is_kept_ties_a_draft_to_an_address(rf):
    """Of a draft that comes from two networks the second has no row, whichever it is."""

    def rows():
        return len(caches["default"]._run("SELECT key FROM limits", []))

    note_draft(rf.post("/", REMOTE_ADDR="203.0.113.1"), "one draft")
    before = rows()
    note_draft(rf.post("/", REMOTE_ADDR="203.0.113.2"), "one draft")
    assert rows() == before
