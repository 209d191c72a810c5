"""The record's pages: what is told, to whom, and what junk gets."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.record import merkle, tree
from portal.record.actions import append, erase, publish_roots
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import receipt
from tests.portal.record.conftest import NOON
from tests.portal.record.test_export import run

pytestmark = pytest.mark.django_db
VERIFY = "/record/verify/"


def held(index):
    return receipt(Entry.objects.get(index=index))


def verify(client, given, **fields):
    text = given if isinstance(given, str) else json.dumps(given, indent=1)
    return client.post(VERIFY, {"receipt": text, **fields})


def test_the_page_shows_the_root_as_it_stands_and_those_published(client, record):
    page = client.get("/record/").content.decode()
    assert tree.root(15).hex() in page
    for checkpoint in Checkpoint.objects.all():
        assert bytes(checkpoint.root).hex() in page


def test_the_page_of_an_empty_record(client, site_tree):
    page = client.get("/record/")
    assert "No root has been published yet" in page.content.decode()


def test_reading_writes_nothing_and_sets_no_cookie(client, record):
    rows = Checkpoint.objects.count(), Entry.objects.count()
    for path in ("", "verify/", "verify.py", "leaves.jsonl", "checkpoints.json", "8/"):
        answer = client.get(f"/record/{path}")
        assert answer.status_code == 200
        assert not answer.cookies
    assert (Checkpoint.objects.count(), Entry.objects.count()) == rows


def test_roots_are_paged_in_a_fixed_number_of_queries(
    client, record, django_assert_max_num_queries
):
    Checkpoint.objects.bulk_create(
        Checkpoint(size=size, root=bytes(32), day=NOON, occasion="closing", subject=f"D-{size}")
        for size in range(70)
    )
    with django_assert_max_num_queries(8):
        first = client.get("/record/").content.decode()
    assert "?page=2" in first
    assert client.get("/record/?page=4").status_code == 200
    for junk in ("0", "5", "x", "-1", "9" * 40, "\x00"):
        assert client.get("/record/", {"page": junk}, follow=True).status_code == 404


def test_a_receipt_that_matches(client, record):
    answer = verify(client, held(8))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The receipt matches" in page
    assert tree.root(15).hex() in page
    assert "published on 25 November 2026, of 13 entries" in page


def test_a_receipt_as_a_file(client, record):
    file = SimpleUploadedFile("r.json", b"\xef\xbb\xbf" + json.dumps(held(8)).encode())
    assert "The receipt matches" in client.post(VERIFY, {"file": file}).content.decode()


def test_an_older_receipt_still_matches(client, record):
    old = held(8)
    record.add("later", at=NOON + timedelta(days=2))
    assert "The receipt matches" in verify(client, old).content.decode()


def test_a_receipt_that_no_root_covers_yet(client, record):
    assert "No root that covers the entry" in verify(client, held(14)).content.decode()


def test_a_receipt_whose_entry_was_erased_still_matches(client, record):
    old = held(8)
    erase([8], at=NOON + timedelta(days=1), statement={})
    page = verify(client, old).content.decode()
    assert "The receipt matches" in page
    assert "has been erased from the record since" in page


@pytest.mark.parametrize("index", [6, 8])
def test_a_receipt_altered_by_one_character_never_matches(client, record, index):
    """Whichever character: it is told, or the text is none of a receipt; it never breaks."""
    whole = json.dumps(held(index), ensure_ascii=False)
    same = json.loads(whole)
    for place in range(0, len(whole), 3):
        for other in ("0", "z", '"'):
            altered = whole[:place] + other + whole[place + 1 :]
            answer = verify(client, altered)
            matches = "The receipt matches" in answer.content.decode()
            assert answer.status_code in (200, 422)
            try:
                unchanged = json.loads(altered) == same
            except ValueError:
                unchanged = False
            assert matches == unchanged, altered


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"salt": "00" * 32}, "salt"),
        ({"root": "00" * 32}, "“root” or “tree_size”"),
        ({"tree_size": 9}, "“root” or “tree_size”"),
        ({"tree_size": 999}, "“tree_size”"),
        ({"tree_size": 3}, "“tree_size”"),
        ({"index": 7}, "entry 7 was made of something else"),
        ({"index": 99}, "“index”: the record has no entry"),
        ({"index": 10**40}, "“index”: the record has no entry"),
        ({"portal": "https://elsewhere.example"}, "“portal”"),
        ({"proof": []}, "“proof”: it is too long or too short"),
    ],
)
def test_what_does_not_match_is_told_with_its_place(client, record, change, where):
    page = verify(client, held(8) | change).content.decode()
    assert "The receipt does not match the record" in page
    assert where in page


def test_the_line_of_the_proof_that_is_wrong_is_named(client, record):
    altered = held(8)
    altered["proof"][1] = "00" * 32
    assert "line 2 of it" in verify(client, altered).content.decode()


def test_the_part_of_the_statement_that_is_wrong_is_named_to_its_holder(client, record):
    altered = held(6)
    altered["statement"]["day"] = "2026-01-01"
    assert "not as it was entered: day." in verify(client, altered).content.decode()


def test_nobody_learns_whether_a_guess_at_a_sealed_entry_is_right(client, record):
    """Without the salt, the right statement and a wrong one get the same answer."""
    right = held(6) | {"salt": "00" * 32}
    wrong = right | {"statement": right["statement"] | {"day": "2026-01-01"}}
    pages = [verify(client, each).content.decode() for each in (right, wrong)]
    assert ["entry 6 was made of something else" in page for page in pages] == [True, True]
    assert "salt”: it is not that" not in pages[0]


@pytest.mark.parametrize(
    ("junk", "said"),
    [
        ("", "Paste a receipt"),
        ("   ", "Paste a receipt"),
        ("{", "look at line 1"),
        ('{"format": "code-in-practice/receipt/1"', "look at line 1, near “receipt/1&#34;"),
        ("not JSON", "look at line 1"),
        ("[]", "not a receipt of the record"),
        ("null", "not a receipt of the record"),
        ("{}", "not a receipt of the record"),
        ('{"a": 1, "a": 2}', "cannot be read as a receipt"),
        ("[" * 100_000, "cannot be read as a receipt"),
        ('{"a":' * 30_000, "cannot be read as a receipt"),
        ("9" * 5_000, "cannot be read as a receipt"),
        ("x" * 300_000, "far too long"),
    ],
)
def test_what_is_no_receipt_is_told_beside_the_field_and_kept(client, site_tree, junk, said):
    answer = verify(client, junk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'id="id_receipt-error"' in page
    assert junk.strip()[:20].replace('"', "&#34;") in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("portal", None),
        ("index", -1),
        ("index", True),
        ("index", 1.5),
        ("index", "8"),
        ("tree_size", None),
        ("root", "zz"),
        ("root", "AB" * 32),
        ("salt", 7),
        ("proof", "no"),
        ("proof", [1]),
        ("proof", ["00" * 32] * 65),
        ("statement", "no"),
        ("statement", {"a": 1.5}),
        ("statement", {"a": "\ud800"}),
    ],
)
def test_a_part_that_is_not_as_it_should_be_is_named(client, record, name, value):
    answer = verify(client, json.dumps(held(8) | {name: value}))
    assert answer.status_code == 422
    assert f"“{name}” is missing from the receipt" in answer.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"x" * 300_000, b"PK\x03\x04" * 9])
def test_a_file_that_is_no_receipt(client, site_tree, content):
    answer = client.post(VERIFY, {"file": SimpleUploadedFile("r.json", content)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_what_is_handed_in_is_logged_nowhere(client, record, caplog):
    with caplog.at_level("DEBUG"):
        verify(client, held(8) | {"portal": "https://canary.example"})
    assert "canary" not in caplog.text
    assert VERIFY not in caplog.text


def test_a_public_entry_is_opened_with_its_receipt(client, record):
    page = client.get("/record/8/").content.decode()
    assert Entry.objects.get(index=8).statement["content_digest"] in page
    given = client.get("/record/8/receipt.json")
    assert given.json() == held(8)
    assert "attachment" in given["Content-Disposition"]


@pytest.mark.parametrize("index", [3, 7])
def test_a_sealed_entry_shows_its_hash_alone(client, record, index):
    entry = Entry.objects.get(index=index)
    page = client.get(f"/record/{index}/").content.decode()
    assert "Sealed" in page
    assert bytes(entry.leaf_hash).hex() in page
    for secret in (bytes(entry.salt).hex(), entry.statement["content_digest"], entry.kind):
        assert secret not in page
    assert client.get(f"/record/{index}/receipt.json", follow=True).status_code == 404


def test_an_erased_entry_leads_to_what_says_so_only_where_that_is_public(client, record):
    assert "/record/12/" in client.get("/record/4/").content.decode()
    erase([9], at=NOON, statement={})
    page = client.get("/record/9/").content.decode()
    assert "Sealed" in page
    assert "Erased" not in page


@pytest.mark.parametrize("path", ["15/", "99999999999999999999/", "x/", "-1/", "%00/", "15/x"])
def test_no_such_entry(client, record, path):
    assert client.get(f"/record/{path}", follow=True).status_code == 404


def test_a_consistency_proof_between_two_sizes(client, record):
    for first, second in ((0, 15), (1, 15), (6, 13), (13, 15), (15, 15)):
        given = client.get(f"/record/consistency?first={first}&second={second}").json()
        assert merkle.verify_consistency(
            first,
            second,
            bytes.fromhex(given["first_root"]),
            bytes.fromhex(given["second_root"]),
            [bytes.fromhex(each) for each in given["proof"]],
        )


@pytest.mark.parametrize(
    "address",
    [
        *("consistency?first=9&second=3", "consistency?second=16", "consistency?first=x"),
        *("consistency?first=-1", "consistency?first=²", "leaves.jsonl?size=16"),
        *("leaves.jsonl?size=", "checkpoints.json?size=16", "checkpoints.json?size=%00"),
    ],
)
def test_no_such_sizes(client, record, address):
    answer = client.get(f"/record/{address}")
    assert answer.status_code == 400
    assert "is a whole number of at most" in answer.json()["error"]


def test_what_is_downloaded_is_checked_by_the_script(client, record, tmp_path):
    for name in ("leaves.jsonl", "checkpoints.json"):
        (tmp_path / name).write_bytes(client.get(f"/record/{name}?size=14").getvalue())
    status, said = run(tmp_path)
    assert status == 0
    assert "14 entries and 2 published roots hold" in said
    script = client.get("/record/verify.py")
    given = hashlib.sha256(b"".join(script)).hexdigest()
    from portal.record import verify as module

    with open(module.__file__, "rb") as file:
        assert given == hashlib.sha256(file.read()).hexdigest()


def test_an_anonymous_response_s_leaf_is_found_by_nothing_public(client, notes):
    """What a submission's entry says of itself stands in no public place."""
    append(
        kind="response.submitted",
        statement={"reference": "ECHRI-2026-01-0042", "content_digest": "aa" * 32},
        public=False,
        at=NOON,
    )
    append(
        kind="response.published",
        statement={"reference": "ECHRI-2026-01-0042", "content_digest": "bb" * 32},
        public=True,
        at=NOON,
    )
    publish_roots(at=NOON)
    leaves = client.get("/record/leaves.jsonl").getvalue().decode().splitlines()
    assert json.loads(leaves[0]).keys() == {"index", "leaf", "root"}
    for path in ("/record/", "/record/0/", "/record/1/", "/record/checkpoints.json"):
        page = client.get(path).content.decode()
        assert "response.submitted" not in page
        assert "aa" * 32 not in page


def test_a_record_that_lost_rows_is_told_and_breaks_nothing(client, record):
    held = json.dumps(receipt(Entry.objects.get(index=6)))
    size = tree.size()
    for lost in ([3], [6], range(10, size)):
        rows = list(Entry.objects.filter(index__in=list(lost)))
        Entry.objects.filter(index__in=list(lost)).delete()
        answer = client.post("/record/verify/", {"receipt": held})
        assert answer.status_code == 200
        assert "does not" in answer.text or "never had this size" in answer.text, lost
        Entry.objects.bulk_create(rows)
