"""Pages of hits, their order, and what came in since."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.search.contexts import put_context
from tests.portal.search.contract.asking import counts, delivered, found, search
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestPages:
    def test_pages_neither_repeat_nor_lose_a_card(self):
        for number in range(25):
            put_card("The same title of spyware", key=str(number), body="The same text")
        for sort in ("relevance", "newest", "title"):
            for text in ("spyware", ""):
                keys = [
                    key
                    for page in (1, 2, 3)
                    for key in found(text, sort=sort, page=page, per_page=10)
                ]
                assert len(keys) == 25, (sort, text)
                assert len(set(keys)) == 25, (sort, text)

    def test_numbers(self):
        for number in range(21):
            put_card(f"Spyware {number}")
        page = search("spyware", per_page=10)
        assert (page.total, page.page, page.pages) == (21, 1, 3)
        assert search("nothing").pages == 1
        beyond = search("spyware", page=7, per_page=10)
        assert (beyond.total, beyond.page, beyond.pages, beyond.hits) == (21, 7, 3, [])

    @pytest.mark.parametrize("page", [9_999, 10_001, 999_999])
    def test_pages_far_past_the_last_are_empty(self, page):
        put_card("Spyware")
        for text in ("spyware", ""):
            answer = search(text, page=page)
            assert (answer.total, answer.page, answer.pages, answer.hits) == (1, page, 1, [])

    def test_sorts(self):
        now = datetime(2026, 11, 24, tzinfo=UTC)
        put_card("beta spyware", key="b", date=now)
        put_card("Alpha spyware", key="a", date=now - timedelta(days=1))
        put_card("Gamma spyware", key="c")
        for text in ("spyware", ""):
            assert found(text, sort="newest") == ["b", "a", "c"]
            assert found(text, sort="title") == ["a", "b", "c"]
        assert search("alpha").hits[0].date == now - timedelta(days=1)

    def test_what_has_no_title_is_shown_and_sorted_by_the_context_it_has_now(self):
        for key, context in (("a", "Comment on A"), ("z", "Comment on Z"), ("x", "Comment on A")):
            put_card("", key=key, kind="comment", context=context, body="spyware")
        delivered()
        assert put_context("comment", ["a", "nothing"], "Comment on the \x01 renamed") == 1
        assert put_context("comment", ["a"], "Comment on the renamed") == 0
        titles = [(hit.key, hit.title) for hit in search("spyware", sort="title").hits]
        assert titles == [
            ("x", "Comment on A"),
            ("a", "Comment on the renamed"),
            ("z", "Comment on Z"),
        ]

    def test_what_has_a_title_says_where_it_stands_beside_it(self):
        put_card("Cameras", key="a", kind="response", context="Response to <Faces>")
        put_card("", key="b", kind="comment", context="Comment on Faces", body="cameras")
        places = {hit.key: (hit.title, hit.context) for hit in search("cameras").hits}
        assert places == {
            "a": ("<mark>Cameras</mark>", "Response to <Faces>"),
            "b": ("Comment on Faces", ""),
        }


class TestSince:
    def test_only_what_came_in_after_that_moment(self):
        moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            put_card("Old spyware", key="old")
        with time_machine.travel(moment + timedelta(microseconds=1), tick=False):
            put_card("New spyware", key="new")
            put_card("Old spyware, edited", key="old")
        for text in ("spyware", ""):
            for sort in ("relevance", "newest", "title"):
                page = search(text, sort=sort, since=moment, facets=["kind"])
                assert [hit.key for hit in page.hits] == ["new"]
                assert page.total == 1
                assert counts(page, "kind") == {"guide": 1}
        assert search("spyware", since=moment + timedelta(microseconds=1)).total == 0

    def test_an_old_card_with_the_word_keeps_beginnings_out(self):
        with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False):
            put_card("About use", key="old")
        with time_machine.travel(datetime(2026, 11, 26, tzinfo=UTC), tick=False):
            put_card("As usual", key="new")
        assert found("use", since=datetime(2026, 11, 25, tzinfo=UTC)) == []
