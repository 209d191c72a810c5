"""The record's export, asked for again: in parts, and only if it has changed."""

import pytest

from portal.record.actions import conceal, reveal
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON, at_place

pytestmark = pytest.mark.django_db
LEAVES = "/record/leaves.jsonl"
FILES = [LEAVES, "/record/checkpoints.json", "/record/FORMAT.txt"]


@pytest.mark.parametrize("path", [*FILES, f"{LEAVES}?size=9", "/record/verify.py"])
def test_a_download_goes_on_where_it_was_broken_off(client, record, path):
    whole = client.get(path)
    body, tag = whole.getvalue(), whole["ETag"]
    assert whole["Accept-Ranges"] == "bytes"
    rest = client.get(path, headers={"Range": "bytes=100-", "If-Range": tag})
    assert rest.status_code == 206
    assert body[:100] + rest.getvalue() == body
    size = len(body)
    assert rest["Content-Range"] == f"bytes 100-{size - 1}/{size}"
    beyond = client.get(path, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("path", FILES)
def test_who_has_the_file_is_sent_nothing_until_it_changes(client, record, path):
    whole = client.get(path)
    assert whole["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in whole
    again = client.get(path, headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    assert again["Cache-Control"] == "no-cache"
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_verifier_is_at_an_address_of_which_nothing_is_kept(client, record):
    assert "no-store" in client.get("/record/verify.py")["Cache-Control"]


def tag(client, path=LEAVES):
    answer = client.get(path)
    return answer["ETag"], answer.getvalue()


def test_the_leaves_have_another_tag_whenever_they_are_others(client, record):
    seen = [tag(client), tag(client, f"{LEAVES}?size=9")]
    conceal([at_place(8).leaf])
    seen.append(tag(client))
    publish_roots(at=NOON + 4 * DAY)
    seen.append(tag(client))
    assert len({each for each, _ in seen}) == len({body for _, body in seen}) == 4
    reveal([at_place(8).leaf])
    first, body = tag(client, f"{LEAVES}?size=15")
    assert (first, body) == seen[0]


def test_one_is_closed_while_another_is_opened(client, record):
    """As many are open as before."""
    conceal([at_place(8).leaf])
    before = tag(client)
    reveal([at_place(8).leaf])
    conceal([at_place(10).leaf])
    after = tag(client)
    assert before[1] != after[1]
    assert before[0] != after[0]


def test_what_waits_for_its_day_to_end_is_in_no_tag(client, record):
    before = [tag(client, path) for path in FILES]
    record.add("today", public=False, at=NOON + 3 * DAY)
    record.add("today as well", at=NOON + 3 * DAY)
    assert [tag(client, path) for path in FILES] == before


def test_a_tag_is_had_without_reading_what_the_entries_say(
    client, record, django_assert_num_queries
):
    held = {"If-None-Match": client.get(LEAVES)["ETag"]}
    with django_assert_num_queries(3) as asked:
        assert client.get(LEAVES, headers=held).status_code == 304
    assert not any('"text",' in each["sql"] for each in asked.captured_queries)
