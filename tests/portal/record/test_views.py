"""The record's pages: what is told, to whom, and what junk gets."""

import hashlib
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.record import keys, merkle, tree
from portal.record.actions import append, erase
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON, at_place
from tests.portal.record.first_receipts import first_receipt
from tests.portal.record.test_export import run

pytestmark = pytest.mark.django_db
IN = "What you showed is in the record, complete and unchanged."
VERIFY = "/record/verify/"


def held(index):
    return receipt(at_place(index))


# How each format's receipt of an entry is made.
FORMATS = pytest.mark.parametrize("held", [held, first_receipt])


def verify(client, given, **fields):
    text = given if isinstance(given, str) else json.dumps(given, indent=1)
    return client.post(VERIFY, {"receipt": text, **fields})


def test_the_page_shows_the_last_root_and_those_published(client, record):
    page = client.get("/record/").content.decode()
    assert tree.root(15).hex() in page
    assert "At the end of 26 November 2026" in page
    for checkpoint in Checkpoint.objects.all():
        assert bytes(checkpoint.root).hex() in page


def test_the_page_of_an_empty_record(client, site_tree):
    page = client.get("/record/")
    assert "No root has been published yet" in page.content.decode()


def test_reading_writes_nothing_and_sets_no_cookie(client, record):
    rows = Checkpoint.objects.count(), Entry.objects.count()
    names = ("", "verify/", "verify.py", "FORMAT.txt", "leaves.jsonl", "checkpoints.json", "8/")
    for path in (*names, f"proof/{at_place(8).leaf}.json"):
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


@FORMATS
def test_a_receipt_that_matches(client, record, held):
    answer = verify(client, held(8))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert IN in page
    assert "published on 25 November 2026, of 13 entries" in page


def test_what_a_matching_receipt_names_is_shown(client, record):
    assert keys.in_use()[0] in verify(client, held(8)).content.decode()
    assert tree.root(15).hex() in verify(client, first_receipt(8)).content.decode()


@FORMATS
def test_a_receipt_as_a_file(client, record, held):
    file = SimpleUploadedFile("r.json", b"\xef\xbb\xbf" + json.dumps(held(8)).encode())
    assert IN in client.post(VERIFY, {"file": file}).content.decode()


@FORMATS
def test_an_older_receipt_still_matches(client, record, held):
    old = held(8)
    record.add("later", at=NOON + 3 * DAY)
    publish_roots(at=NOON + 4 * DAY)
    assert IN in verify(client, old).content.decode()


@FORMATS
def test_a_receipt_whose_entry_was_erased_still_matches(client, record, held):
    old = held(8)
    erase([at_place(8).leaf], at=NOON + DAY, statement={})
    page = verify(client, old).content.decode()
    assert "what it said has been erased since" in page


def test_a_receipt_whose_entry_waits_is_told_when_to_come_back(client, record):
    page = verify(client, receipt(record.add("today", at=NOON + 3 * DAY))).content.decode()
    assert "What you showed is not shown in the record yet." in page
    assert "this one within two days" in page
    assert IN not in page


def test_a_receipt_that_waits_says_the_same_whether_its_entry_is_there_or_not(client, record):
    """What waits is told to nobody: not even by what is said to who holds its receipt."""
    entry = record.add("today", at=NOON + 3 * DAY)
    pages = [verify(client, receipt(entry)).content]
    Entry.objects.filter(leaf=entry.leaf).delete()
    pages.append(verify(client, receipt(entry)).content)
    assert pages[0] == pages[1]


def test_a_receipt_whose_entry_was_dropped_proves_it(client, record):
    entry = record.add("unwelcome", public=False, at=NOON + 3 * DAY)
    Entry.objects.filter(leaf=entry.leaf).delete()
    publish_roots(at=NOON + 5 * DAY)
    page = verify(client, receipt(entry)).content.decode()
    assert "The portal broke its promise" in page


def test_a_receipt_holds_after_its_key_was_replaced(client, record, settings):
    old = held(8)
    settings.RECORD_KEYS = ["a new one"]
    assert IN in verify(client, old).content.decode()
    assert IN in verify(client, held(8)).content.decode()


@FORMATS
@pytest.mark.parametrize("index", [6, 8])
def test_a_receipt_altered_by_one_character_never_matches(client, record, index, held):
    """Whichever character: it is told, or the text is none of a receipt; it never breaks."""
    whole = json.dumps(held(index), ensure_ascii=False)
    same = json.loads(whole)
    for place in range(0, len(whole), 3):
        for other in ("0", "z", '"'):
            altered = whole[:place] + other + whole[place + 1 :]
            answer = verify(client, altered)
            page = answer.content.decode()
            assert answer.status_code in (200, 422)
            try:
                unchanged = json.loads(altered) == same
            except ValueError:
                unchanged = False
            assert (IN in page) == unchanged, altered
            assert "broke its promise" not in page


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"salt": "00" * 32}, "salt"),
        ({"leaf": "00" * 32}, "“statement”, “salt” or “leaf”"),
        ({"key": "00" * 32}, "“key”: it is not one that this portal signs with"),
        ({"signature": "00" * 64}, "was not signed by the portal"),
        ({"by": "2027-01-01"}, "was not signed by the portal"),
        ({"portal": "https://elsewhere.example"}, "“portal”"),
    ],
)
def test_what_was_altered_is_told_with_its_place(client, record, change, where):
    page = verify(client, held(8) | change).content.decode()
    assert "This does not match the record" in page
    assert where in page


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
    page = verify(client, first_receipt(8) | change).content.decode()
    assert "This does not match the record" in page
    assert where in page


def test_the_line_of_the_proof_that_is_wrong_is_named(client, record):
    altered = first_receipt(8)
    altered["proof"][1] = "00" * 32
    assert "line 2 of it" in verify(client, altered).content.decode()


@FORMATS
def test_the_part_of_the_statement_that_is_wrong_is_named_to_its_holder(client, record, held):
    altered = held(6)
    altered["statement"]["day"] = "2026-01-01"
    assert "not as it was entered: day." in verify(client, altered).content.decode()


@FORMATS
def test_nobody_learns_whether_a_guess_at_a_sealed_entry_is_right(client, record, held):
    """Without the salt, the right statement and a wrong one get the same answer."""
    right = held(6) | {"salt": "00" * 32}
    wrong = right | {"statement": right["statement"] | {"day": "2026-01-01"}}
    pages = [verify(client, each).content.decode() for each in (right, wrong)]
    said = [page.split("notice--error")[1].split("<form")[0] for page in pages]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("junk", "said"),
    [
        ("", "Choose a file, type a code, or paste a text"),
        ("   ", "Choose a file, type a code, or paste a text"),
        ("{", "look at line 1"),
        ('{"format": "code-in-practice/receipt/1"', "look at line 1, near “receipt/1&#34;"),
        ('{"format": "code-in-practice/receipt/3"}', "neither a receipt nor your answers"),
        ('{"format": "code-in-practice/public/1"}', "the public copy of what is published, and no"),
        ("not JSON", "look at line 1"),
        ("[]", "neither a receipt nor your answers"),
        ("null", "neither a receipt nor your answers"),
        ("{}", "neither a receipt nor your answers"),
        ('{"a": 1, "a": 2}', "can be read neither as a receipt nor as answers"),
        ("[" * 100_000, "can be read neither as a receipt nor as answers"),
        ('{"a":' * 30_000, "can be read neither as a receipt nor as answers"),
        ("9" * 5_000, "can be read neither as a receipt nor as answers"),
        ("x" * 2_100_000, "far too long"),
    ],
)
def test_what_is_no_receipt_is_told_beside_the_field_and_kept(client, site_tree, junk, said):
    answer = verify(client, junk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert ('id="id_receipt-error"' if junk.strip() else 'id="id_file-error"') in page
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
    answer = verify(client, json.dumps(first_receipt(8) | {name: value}))
    assert answer.status_code == 422
    assert f"“{name}” is missing from the file" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("portal", 7),
        ("portal", "\ud800"),
        ("statement", []),
        ("salt", "00"),
        ("leaf", None),
        ("leaf", "AB" * 32),
        ("by", "2026-11-31"),
        ("by", "20261125"),
        ("by", 20261125),
        ("by", ""),
        ("key", "00" * 33),
        ("signature", "00" * 32),
        ("signature", ["00" * 64]),
    ],
)
def test_a_part_of_a_signed_receipt_that_is_not_as_it_should_be_is_named(
    client, record, name, value
):
    answer = verify(client, json.dumps(held(8) | {name: value}))
    assert answer.status_code == 422
    assert f"“{name}” is missing from the file" in answer.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"x" * 2_100_000, b"PK\x03\x04" * 9])
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


@pytest.mark.parametrize("index", [4, 7])
def test_a_sealed_entry_shows_its_hash_alone(client, record, index):
    entry = Entry.objects.get(index=index)
    page = client.get(f"/record/{index}/").content.decode()
    assert "Sealed" in page
    assert entry.leaf in page
    for secret in (bytes(entry.salt).hex(), entry.statement["content_digest"], entry.kind):
        assert secret not in page
    assert client.get(f"/record/{index}/receipt.json", follow=True).status_code == 404


def test_an_erased_entry_leads_to_what_says_so_only_where_that_is_public(client, record):
    assert "/record/12/" in client.get("/record/2/").content.decode()
    erase([at_place(9).leaf], at=NOON, statement={})
    page = client.get("/record/9/").content.decode()
    assert "Sealed" in page
    assert "Erased" not in page


def test_what_was_public_and_is_erased_today_is_closed_at_once(client, record):
    erase([at_place(8).leaf], at=NOON + 3 * DAY, statement={})
    page = client.get("/record/8/").content.decode()
    assert "Erased" in page
    assert "The entry that says so" not in page  # it is shown when the day has ended
    publish_roots(at=NOON + 4 * DAY)
    assert "The entry that says so" in client.get("/record/8/").content.decode()


@pytest.mark.parametrize("index", [3, 8, 9])
def test_the_proof_of_a_leaf_is_fetched_by_it(client, record, index):
    leaf = at_place(index).leaf
    given = client.get(f"/record/proof/{leaf}.json").json()
    assert (given["leaf"], given["index"], given["tree_size"]) == (leaf, index, 15)
    assert merkle.verify_inclusion(
        bytes.fromhex(leaf),
        index,
        15,
        [bytes.fromhex(each) for each in given["proof"]],
        bytes.fromhex(given["root"]),
    )


def test_a_leaf_that_waits_is_answered_as_one_that_is_not_there(client, record):
    waiting = Entry.objects.waiting().get().leaf
    answers = [
        client.get(f"/record/proof/{leaf}.json")
        for leaf in (waiting, "00" * 32, "AB" * 32, "x", "%00", "é", "1" * 64)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json() == {"error": "There is no such leaf in the record."}


def test_the_formats_are_told(client, record):
    text = client.get("/record/FORMAT.txt").content.decode()
    for word in (*keys.in_use(), "code-in-practice/receipt/2", "code-in-practice/proof/1"):
        assert word in text
    assert not re.search(r"\{(portal|example|keys)\}", text)


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
    publish_roots(at=NOON + DAY)
    leaves = client.get("/record/leaves.jsonl").getvalue().decode().splitlines()
    opened = [json.loads(line).get("statement", {}).get("kind") for line in leaves]
    assert sorted(map(str, opened)) == ["None", "record.key", "response.published"]
    pages = [f"/record/{index}/" for index in range(3)]
    for path in ("/record/", *pages, "/record/checkpoints.json", "/record/leaves.jsonl"):
        page = client.get(path).getvalue().decode()
        assert "response.submitted" not in page
        assert "aa" * 32 not in page


@FORMATS
def test_a_record_that_lost_rows_is_told_and_breaks_nothing(client, record, held):
    given = json.dumps(held(6))
    for lost in ([3], [6], range(10, 15)):
        rows = list(Entry.objects.filter(index__in=list(lost)))
        Entry.objects.filter(index__in=list(lost)).delete()
        answer = client.post("/record/verify/", {"receipt": given})
        assert answer.status_code == 200
        said = ("does not", "never had this size", "broke its promise")
        if held is first_receipt or lost == [6]:
            assert any(words in answer.text for words in said), lost
        Entry.objects.bulk_create(rows)
