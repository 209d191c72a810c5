"""What is counted of searches in vain, what never is, and what editors see of it."""

import csv
import io
import sqlite3
import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.curation import actions
from portal.curation.actions import note_missed
from portal.curation.models import MissedSearch
from portal.curation.query_privacy import counted_as

REPORT = "/admin/reports/missed-searches/"
MONDAY = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)


def note_on(moment, *texts, language="en"):
    with time_machine.travel(moment, tick=False):
        for text in texts:
            note_missed(text, language)


def told():
    return {(row["text"], row["times"]) for row in MissedSearch.objects.told()}


@pytest.mark.parametrize(
    "harmless",
    [
        "facial recognition",
        "entry 5A001.j",
        "5.A.1.j",
        "regulation 2021/821",
        '"end use" -spyware',
        "location tracking data",
        "wassenaar 2021 plenary",
        "التعرف على الوجه",
        "распознавание лиц",
        "covid-19-tracking",
        "ML21 b.5",
    ],
)
def test_what_is_counted(harmless):
    assert counted_as(harmless) == harmless.lower()


@pytest.mark.parametrize(
    "telling",
    [
        "maria@ngo.example",
        "write to maria @ ngo",
        "+32 470 12 34 56",
        "0032/470.12.34.56",
        "٠٤٧٠١٢٣٤٥٦",
        "040 123456",
        "passport L8372613",
        "BE71096123456769",
        "7KQ2-M8XD-R4TV-9ZHN-3PWC",
        "7kq2m8xdr4tv9zhn3pwc",
        "7kq2 m8xd r4tv 9zhn 3pwc",
        "code: 7KQ2 M8XD R4TV 9ZHN",
        "OIL2-m8xd-r4tv-9zhn-3pwc",
        "ABCD EFGH JKMN PQRS TVWX",
        "abcd-efgh-jkmn-pqrs-tvwx",
        "ECHRI-2026-01-0042",
        "https://case.example/17",
        "www.ngo.example",
        "case.example/17",
        "sha 4bf5122f344554c53bde2ebb8cd2b7e3",
        "x" * 61,
        "who was the officer that refused it",
        "2026",
        "?!",
        "",
        "spy\x1bware",
    ],
)
def test_what_may_tell_of_a_person_is_not_counted(telling):
    assert counted_as(telling) is None


@given(
    st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=20, max_size=20), st.booleans()
)
def test_no_code_that_opens_an_answer_is_counted(code, dashed):
    if dashed:
        code = "-".join(code[start : start + 4] for start in range(0, 20, 4))
    assert counted_as(code) is None
    assert counted_as(f"my code {code}") is None
    if dashed:
        assert counted_as(code.lower()) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_is_counted_in_bounds_or_not_at_all(text):
    counted = counted_as(text)
    assert counted is None or (0 < len(counted) <= 60 and "@" not in counted)


@pytest.mark.django_db
class TestCounting:
    def test_a_row_says_day_and_language_and_nothing_else(self):
        note_on(MONDAY, "Facial  Recognition", "facial recognition")
        note_on(MONDAY, "facial recognition", language="fr")
        rows = MissedSearch.objects.order_by("day", "language").values()
        assert [
            {name: row[name] for name in row if name not in ("id", "digest")} for row in rows
        ] == [
            {"day": MONDAY.date(), "words": "", "language": "en", "count": 2},
            {"day": MONDAY.date(), "words": "", "language": "fr", "count": 1},
        ]

    def test_a_text_is_written_down_with_the_third_time_or_the_second_day(self):
        note_on(MONDAY, "maria example", "twice", "twice", "thrice", "thrice")
        assert not MissedSearch.objects.exclude(words="").exists()
        assert "maria" not in str(list(MissedSearch.objects.values()))
        note_on(MONDAY, "thrice")
        note_on(TUESDAY, "twice")
        written = MissedSearch.objects.exclude(words="").values_list("day", "words")
        assert set(written) == {(MONDAY.date(), "thrice"), (TUESDAY.date(), "twice")}
        assert told() == {("thrice", 3), ("twice", 3)}

    def test_no_digest_can_be_guessed_without_the_key(self, settings):
        note_on(MONDAY, "maria example")
        settings.SECRET_KEY = "another key"
        note_on(MONDAY, "maria example")
        assert MissedSearch.objects.values("digest").distinct().count() == 2

    def test_it_takes_one_write(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(5) as taken:
            note_missed("facial recognition", "en")
        writes = [q for q in taken.captured_queries if "INSERT" in q["sql"]]
        assert len(writes) == 1

    def test_a_flood_fills_no_more_than_its_day(self, monkeypatch):
        monkeypatch.setattr(actions, "MOST_ROWS_A_DAY", 5)
        note_on(MONDAY, *(f"word{letter}" for letter in "abcdefghij"))
        assert MissedSearch.objects.count() == 5
        note_on(MONDAY, "worda", "worda")  # one that is there still counts
        assert MissedSearch.objects.get(words="worda").count == 3
        note_on(TUESDAY, "wordj")
        assert MissedSearch.objects.count() == 6

    def test_told_after_three_times_or_two_days(self):
        note_on(MONDAY, "once", "twice", "twice", "thrice", "thrice", "thrice", "two days")
        note_on(TUESDAY, "two days")
        assert told() == {("thrice", 3), ("two days", 2)}

    def test_forgotten_after_ninety_days(self, capsys):
        note_on(MONDAY, "spyware")
        with time_machine.travel(datetime(2027, 2, 21, 12, tzinfo=UTC)):  # the ninetieth
            call_command("forget_missed_searches")
        assert MissedSearch.objects.exists()
        with time_machine.travel(datetime(2027, 2, 22, 12, tzinfo=UTC)):
            call_command("forget_missed_searches")
        assert not MissedSearch.objects.exists()
        assert "Erased 1" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite locks the whole database")
class TestSQLiteHeldUp:
    def test_a_locked_database_neither_fails_nor_slows_a_search(self):
        usual = _busy_timeout()
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            started = time.monotonic()
            note_missed("spyware", "en")
            assert time.monotonic() - started < 0.5
        finally:
            other.execute("ROLLBACK")
            other.close()
        assert not MissedSearch.objects.exists()
        assert _busy_timeout() == usual
        note_missed("spyware", "en")
        assert MissedSearch.objects.count() == 1

    def test_nor_does_a_database_that_only_reads(self):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
        try:
            note_missed("spyware", "en")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = OFF")
        assert not MissedSearch.objects.exists()


def _busy_timeout():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA busy_timeout").fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL locks rows and tables")
class TestPostgreSQLHeldUp:
    def test_a_locked_table_neither_fails_nor_slows_a_search(self):
        other = connection.copy()
        try:
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("LOCK TABLE curation_missedsearch IN ACCESS EXCLUSIVE MODE")
            started = time.monotonic()
            note_missed("spyware", "en")
            assert time.monotonic() - started < 0.5
        finally:
            other.rollback()
            other.close()
        assert not MissedSearch.objects.exists()

    def test_nor_does_a_database_that_only_reads(self):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        try:
            note_missed("spyware", "en")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = off")
        assert not MissedSearch.objects.exists()


@pytest.mark.django_db
class TestReport:
    @pytest.fixture(autouse=True)
    def as_editor(self, client, editor):
        client.force_login(editor)

    def test_says_what_was_missed_and_offers_what_to_do(self, client):
        note_on(MONDAY, *["<b>face</b> & scan"] * 3, "once only")
        page = client.get(REPORT).content.decode()
        assert "&lt;b&gt;face&lt;/b&gt; &amp; scan" in page
        assert "English" in page
        assert "23 November 2026" in page
        assert "once only" not in page
        asked = "%3Cb%3Eface%3C%2Fb%3E+%26+scan"
        assert f"/admin/synonyms/new/?words={asked}" in page
        assert f"/admin/searchpicks/add/?query_string={asked}" in page
        form = client.get(f"/admin/searchpicks/add/?query_string={asked}").content.decode()
        assert 'value="&lt;b&gt;face&lt;/b&gt; &amp; scan"' in form

    def test_says_so_where_nothing_was_missed(self, client):
        assert "nothing that several people missed" in client.get(REPORT).content.decode()

    def test_costs_the_same_however_long_it_is(self, client, django_assert_max_num_queries):
        note_on(MONDAY, *[f"word{letter}" for letter in "abcdefghijkl" for _ in range(3)])
        with django_assert_max_num_queries(25):
            assert "wordl" in client.get(REPORT).content.decode()

    def test_download_has_no_formulas(self, client):
        texts = ["=cmd|' /c calc'!a1", "+sum(a1)", "-sum (1)", "＝sum", "plain, words"]
        note_on(MONDAY, *texts * 3)
        response = client.get(f"{REPORT}?export=csv")
        body = b"".join(response.streaming_content).decode()
        head, *rows = csv.reader(io.StringIO(body))
        assert head == ["Searched for", "Language", "Times", "Last on"]
        found = {row[0] for row in rows}
        assert "plain, words" in found
        assert not {text for text in found if text[0] in "=+-@＝"}
        assert all(row[1:] == ["en", "3", "2026-11-23"] for row in rows)
        assert client.get(f"{REPORT}?export=xlsx").status_code == 200
