"""What only some may read."""

import pytest

from tests.portal.search.contract.asking import counts, found, search, vocabulary_known
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestVisibility:
    """Nothing of a card outside the asker's circles is found, counted or offered."""

    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("Open spyware", key="open", facets={"stage": ["transit"]})
        put_card("Closed spyware", key="closed", visible_to="staff", facets={"stage": ["outreach"]})

    def test_public_sees_no_hit_no_count_no_facet(self):
        for text in ("spyware", "", "closed", "clos"):
            page = search(text, facets=["stage", "language"])
            assert "closed" not in [hit.key for hit in page.hits]
            assert page.total == (1 if text in ("spyware", "") else 0)
            assert "outreach" not in counts(page, "stage")
            assert sum(counts(page, "language").values()) == page.total
        page = search(filters={"stage": ["outreach"]}, facets=["stage"])
        assert page.total == 0
        assert counts(page, "stage")["outreach"] == 0

    def test_the_circle_sees_it(self):
        assert set(found("spyware", visible_to=["public", "staff"])) == {"open", "closed"}
        assert found("spyware", visible_to=["staff"]) == ["closed"]

    @pytest.mark.parametrize("text", ["spywar", "spyvare", "open spyvare", "spyvare in transit"])
    def test_nobody_can_tell_that_the_closed_card_has_their_word(self, text):
        def answer():
            vocabulary_known()
            page = search(text, facets=["stage"])
            return [hit.key for hit in page.hits], page

        put_card("Open matters of transit", key="other")
        before = answer()
        assert before[0]
        put_card("Closed", key="closed", visible_to="staff", body="spywar spyvare")
        assert answer() == before

    def test_closing_a_card_hides_it_at_once(self):
        put_card("Open spyware", key="open", visible_to="staff")
        assert search("spyware").total == 0
