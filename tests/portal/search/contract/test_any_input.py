"""Whatever is typed is answered, never an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.search.contract.asking import delivered, search
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


SLOW_FIXTURES = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["spyware", "spy", '"', "-", "OR", "NEAR(", "*", ":", "(", ")", " ", "é", "end"]
        ),
        max_size=30,
    ).map("".join),
)


class TestAnyInput:
    @pytest.mark.parametrize(
        "text",
        [
            '"', '""', '"""', "*", "-", "--", "- -", "OR", "OR OR", "| |", "NEAR(", "NEAR(a b, 2)",
            "AND", "NOT", "a AND NOT", "title:spyware", "{title}: x", "^spyware", "spyware*", "'",
            "\\", "\\'", "a\\", "%", "%s", "%(x)s", ":*", "a:*", "!", "&", "<->", "a <-> b", "(",
            ")", "\0", "a\0b", "\ud800", "🎉", "🎉 spyware", "\u0301", "\u202eabc", "𞤀𞤁",
            "x" * 5_000, "word " * 1_000, '"' * 5_000, "-" * 5_000, "( " * 2_000,
            "ﷺ", "ǅ", "İ", "ß", "١٢", "१२",
            "-spyware", "the", "the -spyware", "اَلْ",
        ],
    )  # fmt: skip
    def test_is_answered(self, text):
        put_card("Spyware", body="a b x")
        for sort in ("relevance", "newest", "title"):
            assert search(text, sort=sort, facets=["kind", "state"]).total in (0, 1)

    def check(self, text):
        page = search(text)
        assert page.total == len(page.hits) <= 1

    @pytest.fixture
    def one_card(self, db):
        put_card("Spyware and the end of é", key="one", body="a b c 1 2 3")
        delivered()

    @pytest.mark.parametrize("engine", ["database"], indirect=True)
    @settings(SLOW_FIXTURES, max_examples=150)
    @given(TYPED)
    def test_whatever_is_typed_is_answered(self, one_card, text):
        self.check(text)

    @pytest.mark.parametrize("engine", ["elasticsearch"], indirect=True)
    @settings(SLOW_FIXTURES, max_examples=40)
    @given(TYPED)
    def test_whatever_is_typed_is_answered_by_elasticsearch(self, one_card, text):
        self.check(text)
