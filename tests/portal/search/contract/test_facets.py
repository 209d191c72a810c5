"""Filters, and the counts beside their options."""

import pytest

from tests.portal.search.contract.asking import counts, delivered, found, search
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestFacets:
    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("A spyware", key="a", facets={"commitment": ["licensing", "capacity"]})
        put_card("B spyware", key="b", facets={"commitment": ["licensing"]}, language="fr")
        put_card("C spyware", key="c", facets={"commitment": ["capacity"]}, language="fr")
        put_card("D drones", key="d", facets={"commitment": ["licensing"]}, language="fr")

    def test_counts_cover_what_was_found(self):
        page = search("spyware", facets=["commitment", "language"])
        assert page.total == 3
        assert counts(page, "commitment") == {"licensing": 2, "capacity": 2}
        assert counts(page, "language") == {"fr": 2, "en": 1}

    def test_without_words_they_cover_everything(self):
        page = search(facets=["commitment"])
        assert page.total == 4
        assert counts(page, "commitment") == {"licensing": 3, "capacity": 2}

    def test_values_of_one_facet_widen_and_facets_narrow(self):
        assert set(found(filters={"commitment": ["licensing", "capacity"]})) == set("abcd")
        assert set(found(filters={"commitment": ["capacity"], "language": ["fr"]})) == {"c"}

    def test_a_facet_does_not_narrow_its_own_counts(self):
        page = search(
            "spyware", filters={"commitment": ["capacity"]}, facets=["commitment", "language"]
        )
        assert page.total == 2
        assert counts(page, "commitment") == {"licensing": 2, "capacity": 2}
        assert counts(page, "language") == {"en": 1, "fr": 1}
        both = search(
            filters={"commitment": ["capacity"], "language": ["fr"]},
            facets=["commitment", "language"],
        )
        assert counts(both, "commitment") == {"licensing": 2, "capacity": 1}
        assert counts(both, "language") == {"en": 1, "fr": 1}

    def test_chosen_options_stay_on_offer_with_nothing_to_find(self):
        (group,) = search("spyware", filters={"stage": ["transit"]}, facets=["stage"]).facets
        assert [(o.value, o.count, o.selected) for o in group.options] == [("transit", 0, True)]

    def test_options_come_in_the_order_of_the_vocabulary_with_its_labels(self):
        (group,) = search(facets=["commitment"]).facets
        assert [option.label for option in group.options] == [
            "Human rights in licensing",
            "Capacity building",
        ]


def test_statements_do_not_grow_with_rows_facets_or_filters(django_assert_max_num_queries):
    from portal.search import facet_counts

    for number in range(30):
        put_card(f"Spyware {number}", language=("en", "fr")[number % 2], state="BE")
    facet_counts._remembered.clear()
    delivered()
    with django_assert_max_num_queries(9):
        page = search(
            "spyware",
            filters={"language": ["en", "fr"]},
            facets=["kind", "language", "state", "group", "stage", "commitment"],
        )
    assert page.total == 30
