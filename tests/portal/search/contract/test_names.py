"""States are found by their names in any of the portal's languages; French by its words."""

import pytest

from tests.portal.search.contract.asking import found, search, vocabulary_known
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestNamesOfStates:
    @pytest.fixture(autouse=True)
    def cards(self):
        put_card("Netherlands", key="NL", kind="state")
        put_card("Une visite", key="fr", language="fr", body="Aux Pays-Bas, on demande d'abord.")
        put_card("Small firms", key="ru", language="ru", body="малый и средний бизнес")
        put_card("Mali", key="ML", kind="state")

    @pytest.mark.parametrize(
        "typed",
        ["Netherlands", "Pays-Bas", "pays bas", "Países Bajos", "НИДЕРЛАНДЫ", "هولندا", "Holland"],
    )
    def test_in_any_language_they_find_what_speaks_of_the_state_in_any(self, typed):
        assert set(found(typed)) == {"NL", "fr"}

    @pytest.mark.parametrize("typed", ["Нидерландах", "о Нидерландах", "aux Pays-Bas"])
    def test_in_other_forms_of_the_name(self, typed):
        assert "NL" in found(typed)

    def test_is_no_slip_of_a_word_that_looks_like_it(self):
        put_card("Norway", key="NO", kind="state")
        for number in range(3):
            put_card("النتائج", key=f"results {number}", language="ar", body="النتائج")
        vocabulary_known()
        assert found("النرويج") == ["NO"]
        assert search("النرويج").suggestion == ""

    def test_with_another_word(self):
        put_card("Netherlands customs", key="both")
        for number in range(5):
            put_card("Netherlands customs", key=f"other {number}", body="ports")
        assert "both" in found("Нидерланды customs")
        assert "ML" not in found("Нидерланды customs")

    def test_in_quotation_marks_as_they_stand(self):
        assert found('"هولندا"') == []

    def test_an_ordinary_word_is_no_state(self):
        assert found("малых") == ["ru"]


@pytest.mark.parametrize("typed", ["l'évaluation", "d’évaluations", "L'ÉVALUATION", "qu'évaluer"])
def test_french_words_are_found_without_what_is_elided_before_them(typed):
    put_card("Évaluation du risque", key="a", language="fr")
    assert found(typed) == ["a"]


def test_what_is_elided_need_not_be_found_with_other_words():
    put_card("Rapports écrits par une ONG", key="a", language="fr")
    put_card("Rapports", key="b", language="fr")
    assert found("rapports d'ONG")[0] == "a"
    assert found("rapports -d'ONG") == ["b"]
