"""A receipt is the portal's signed word; keys, signatures, and what becomes of them."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.record import keys, merkle, verify
from portal.record.actions import append
from portal.record.hashing import canonical, statement_hash
from portal.record.models import Entry
from portal.record.receipts import proof, receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON

pytestmark = pytest.mark.django_db

# RFC 8032, section 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def add(at=NOON):
    return append(kind="test.said", statement={"words": "Où ça ?"}, public=False, at=at)


def signed(held):
    """Whether the signature is over what the receipt promises, by the script's own reckoning."""
    stated = canonical({name: held[name] for name in ("portal", "leaf", "by")})
    message = f"code-in-practice/receipt/2\n{stated}".encode()
    return verify.is_signed(bytes.fromhex(held["key"]), bytes.fromhex(held["signature"]), message)


def test_a_receipt_opens_its_entry_and_promises_its_place():
    held = receipt(add())
    assert held["format"] == "code-in-practice/receipt/2"
    assert held["by"] == "2026-11-25"
    leaf = statement_hash(bytes.fromhex(held["salt"]), canonical(held["statement"]))
    assert leaf.hex() == held["leaf"]
    assert signed(held)


def test_a_receipt_is_the_same_each_time_and_says_no_time():
    entry = add()
    first = json.dumps(receipt(Entry.objects.get(leaf=entry.leaf)))
    publish_roots(at=NOON + 3 * DAY)
    assert json.dumps(receipt(Entry.objects.get(leaf=entry.leaf))) == first
    assert "12:" not in first
    assert "T" not in first.replace(receipt(entry)["portal"], "")


def test_a_receipt_of_what_came_late_promises_the_day_on_which_it_is_placed():
    publish_roots(at=NOON + DAY)
    entry = add()
    held = receipt(entry)
    publish_roots(at=NOON + 2 * DAY)
    placed = Entry.objects.get(leaf=entry.leaf)
    assert placed.day.isoformat() == held["by"] == receipt(placed)["by"]


def test_what_is_signed_does_not_need_the_statement():
    held = receipt(add())
    assert signed({name: held[name] for name in ("portal", "leaf", "by", "key", "signature")})


def test_the_proof_leads_to_the_root():
    entry = add()
    for number in range(6):
        append(kind="test.said", statement={"n": number}, public=True, at=NOON)
    publish_roots(at=NOON + DAY)
    given = proof(Entry.objects.get(leaf=entry.leaf))
    assert merkle.verify_inclusion(
        bytes.fromhex(entry.leaf),
        given["index"],
        given["tree_size"],
        [bytes.fromhex(each) for each in given["proof"]],
        bytes.fromhex(given["root"]),
    )


def test_the_same_secret_gives_the_same_key_on_every_server(settings):
    settings.RECORD_KEYS = ["a secret"]
    assert receipt(add())["key"] == keys.in_use()[0]
    keys._private.cache_clear()
    again = keys.in_use()[0]
    keys._private.cache_clear()
    assert keys.in_use()[0] == again


def test_the_first_key_signs_and_receipts_of_an_older_one_hold(settings):
    settings.RECORD_KEYS = ["older"]
    entry = add()
    old = receipt(entry)
    settings.RECORD_KEYS = ["newer", "older"]
    new = receipt(entry)
    assert new["key"] != old["key"]
    assert signed(old)
    assert signed(new)
    publish_roots(at=NOON + DAY)
    settings.RECORD_KEYS = ["newer"]
    assert {old["key"], new["key"]} <= set(keys.published())


def test_a_key_of_the_settings_is_not_in_the_database(settings):
    settings.RECORD_KEYS = ["a secret of the environment"]
    publish_roots(at=NOON)
    secret = keys._private("a secret of the environment").private_bytes_raw()
    for entry in Entry.objects.all():
        assert secret.hex() not in entry.text
        assert "a secret" not in entry.text


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_script_verifies_as_the_rfc_says(secret, public, message, signature):
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    assert key.sign(bytes.fromhex(message)).hex() == signature
    parts = [bytes.fromhex(each) for each in (public, signature, message)]
    assert verify.is_signed(*parts)
    for part in range(2):
        for place in range(0, len(parts[part]), 5):
            changed = [bytearray(each) for each in parts]
            changed[part][place] ^= 1
            assert not verify.is_signed(*map(bytes, changed))
    assert not verify.is_signed(parts[0], parts[1], parts[2] + b"!")


@given(key=st.binary(max_size=40), signature=st.binary(max_size=70), message=st.binary(max_size=9))
def test_junk_is_no_signature(key, signature, message):
    assert not verify.is_signed(key, signature, message)
    assert not keys.holds(key.hex(), signature.hex(), message)


@given(st.binary(max_size=300))
def test_the_script_and_the_portal_agree_on_signatures(message):
    key, signature = keys.sign(message)
    assert keys.holds(key, signature, message)
    assert verify.is_signed(bytes.fromhex(key), bytes.fromhex(signature), message)


def test_a_signature_is_not_taken_twice_as_large():
    """A number as large as the group's order or larger would make a second valid signature."""
    key, signature = keys.sign(b"once")
    number = int.from_bytes(bytes.fromhex(signature)[32:], "little") + verify.ORDER
    other = bytes.fromhex(signature)[:32] + number.to_bytes(32, "little")
    assert not verify.is_signed(bytes.fromhex(key), other, b"once")
