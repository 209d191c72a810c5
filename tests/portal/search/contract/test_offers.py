"""What is offered: other spellings, titles while one types, and what is alike."""

import pytest

from portal.search.engines import get_engine
from tests.portal.search.contract.asking import delivered, found, search, vocabulary_known
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db


class TestTypos:
    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(3):
            put_card(
                f"Surveillance of journalists {number}", key=str(number), body="Licensing practice"
            )
        put_card("Évaluation du préjudice", language="fr", key="fr")
        put_card("Secret wiretapping", visible_to="staff")
        vocabulary_known()

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("survelliance", "surveillance"),
            ("survelliance journalists", "surveillance journalists"),
            ("Survelliance -drones", "surveillance -drones"),
            ('"surveillance of journalits"', '"surveillance of journalists"'),
            ("prejduice", "préjudice"),
            ("lisencing", "licensing"),
        ],
    )
    def test_another_spelling_is_offered_that_finds_something(self, typed, meant):
        assert search(typed).suggestion == meant
        assert search(meant).total > 0

    def test_what_was_meant_is_found_at_once(self):
        assert sorted(found("survelliance")) == ["0", "1", "2"]

    def test_what_stands_in_quotation_marks_is_taken_as_it_stands(self):
        assert found('"survelliance"') == []

    def test_no_offer_where_enough_is_found_or_nothing_is_alike(self):
        assert search("surveillance").suggestion == ""
        assert search("xylophone").suggestion == ""

    def test_no_offer_that_finds_nothing_with_the_filters(self):
        assert search("survelliance", filters={"kind": ["guide"]}).suggestion == "surveillance"
        assert search("survelliance", filters={"kind": ["tool"]}).suggestion == ""


class TestComplete:
    def complete(self, text, **arguments):
        delivered()
        return [one.title for one in get_engine().complete(text, **arguments)]

    def test_every_word_and_the_last_unfinished(self):
        put_card("Licensing of spyware")
        put_card("Licensing of drones")
        put_card("Drones")
        assert self.complete("licensing sp") == ["Licensing of spyware"]
        assert self.complete("spyw lic") == []
        assert self.complete("OF DRO") == ["Licensing of drones"]

    def test_a_word_is_found_at_every_letter(self):
        put_card("Organisations and their internationalisationresponsibilities")
        for text in ("organisations", "internationalisationresponsibilities"):
            for length in range(2, len(text) + 1):
                assert self.complete(text[:length]), text[:length]
        assert self.complete("internationalisationres-") != []
        assert self.complete("internationalisationresx") == []

    def test_titles_that_begin_so_come_first_then_the_shortest(self):
        put_card("On spyware")
        put_card("Spyware in practice")
        put_card("Spyware")
        assert self.complete("spy") == ["Spyware", "Spyware in practice", "On spyware"]

    def test_titles_alone_and_each_once(self):
        put_card("Spyware")
        put_card("Spyware")
        put_card(
            "", context="Comment on spyware", summary="spyware", body="spyware", kind="comment"
        )
        delivered()
        (one,) = get_engine().complete("spyw")
        assert (one.title, one.kind, one.language) == ("Spyware", "guide", "en")

    def test_accents_do_not_matter(self):
        put_card("Évaluation du préjudice", language="fr")
        assert self.complete("eval") == self.complete("éval") == ["Évaluation du préjudice"]

    def test_a_title_that_changed_or_went(self):
        put_card("Spyware", key="a")
        delivered()
        put_card("Drones", key="a")
        assert self.complete("spyw") == []
        assert self.complete("dron") == ["Drones"]
        put_card("", key="a", context="Nothing")
        assert self.complete("dron") == []

    def test_a_circle_keeps_its_titles(self):
        put_card("Secret spyware", visible_to="staff")
        assert self.complete("spyw") == []
        assert self.complete("spyw", visible_to=["staff"]) == ["Secret spyware"]

    def test_at_most_the_limit(self):
        for number in range(12):
            put_card(f"Spyware {number}")
        assert len(self.complete("spyw")) == 8
        assert len(self.complete("spyw", limit=3)) == 3

    @pytest.mark.parametrize("text", ["", "s", "  ", '"', "-", "'", "\\", "%", "s:*", "\0sp", "()"])
    def test_whatever_is_typed_is_answered(self, text):
        put_card("Spyware")
        assert self.complete(text) in ([], ["Spyware"])


class TestSimilar:
    def similar(self, key, kind="guide", **arguments):
        return [hit.key for hit in get_engine().similar(kind, key, **arguments)]

    @pytest.fixture(autouse=True)
    def cards(self):
        for number in range(30):
            put_card(f"Practice {number}", body="The practice of states in exporting technology")
        put_card("Licensing of spyware", key="a", body="The practice of telephone interception")
        put_card("Telephone interception by spyware", key="b", body="The practice of states")
        put_card("Telephone interception", key="comment", kind="comment", body="Spyware")
        put_card("Telephone interception", key="closed", body="Spyware", visible_to="staff")
        vocabulary_known()

    def test_what_shares_the_most_telling_words_comes_first(self):
        assert self.similar("a")[:1] == ["b"]
        assert "a" not in self.similar("a", limit=50)

    def test_a_circle_keeps_its_cards(self):
        assert "closed" not in self.similar("a", limit=50)
        assert "closed" in self.similar("a", limit=50, visible_to=["public", "staff"])

    def test_of_the_kinds_asked_for(self):
        assert self.similar("a", kinds=["comment"]) == ["comment"]
        assert self.similar("comment", kind="comment") == []

    def test_nothing_for_no_card_and_for_no_words(self):
        put_card("", key="empty", context="Something")
        delivered()
        assert self.similar("nothing") == []
        assert self.similar("empty") == []

    def test_at_most_the_limit_and_unmarked(self):
        delivered()
        (hit,) = get_engine().similar("guide", "a", limit=1)
        assert hit.title == "Telephone interception by spyware"

    def test_it_takes_three_statements(self, django_assert_num_queries):
        delivered()
        with django_assert_num_queries(3):
            assert len(self.similar("a", kinds=["guide", "comment"], limit=10)) > 1
