"""Synonyms: what is looked for beside what was typed, and that nothing typed is lost by them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.curation.actions import save_synonyms
from portal.curation.models import MOST_ENTRIES, MOST_WORDS, SynonymGroup
from portal.search.analysis.query_analysis import read
from portal.search.analysis.synonym_expansion import MOST_ADDED_WORDS, expand, keys_in
from portal.search.analysis.syntax import MAX_WORDS, Term, parse
from portal.search.engines import database, database_engine
from portal.search.query import SearchQuery
from tests.portal.search.factories import put_card

FACES = ["FRT", "facial recognition", "reconnaissance faciale", "التعرف على الوجه"]
SPYWARE = ["spyware", "Staatstrojaner", "espiogiciel"]
SCAN = ["facial", "visage"]
GROUPS = [FACES, SPYWARE]


def looked_for(text, groups=GROUPS):
    """Of each thing that must be there, what it may be: `~` where its words may stand apart."""
    return [
        [("~" if term.apart else "") + " ".join(term.words) for term in alternatives]
        for alternatives in expand(parse(text), groups).required
    ]


FOUND_AS_FACES = ["facial recognition", "reconnaissance faciale", "التعرف على الوجه"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("frt", [["frt", *FOUND_AS_FACES]]),
        ("ESPIOGICIEL law", [["ESPIOGICIEL", "spyware", "Staatstrojaner"], ["law"]]),
        (
            "facial recognition law",
            [["~facial recognition", "FRT", *FOUND_AS_FACES[1:]], ["law"]],
        ),
        (
            "facial-recognition",
            [["facial-recognition".replace("-", " "), "FRT", *FOUND_AS_FACES[1:]]],
        ),
        (
            "Reconnaissance  Fáciale",
            [["~Reconnaissance Fáciale", "FRT", FOUND_AS_FACES[0], FOUND_AS_FACES[2]]],
        ),
        ("التَعرُّف على الوجه", [["~التَعرُّف على الوجه", "FRT", *FOUND_AS_FACES[:2]]]),
        ("frt OR law", [["frt", *FOUND_AS_FACES, "law"]]),
        ("recognition facial", [["recognition"], ["facial"]]),
        ("facial OR recognition", [["facial", "recognition"]]),
        ("facial law recognition", [["facial"], ["law"], ["recognition"]]),
        ("unknown words", [["unknown"], ["words"]]),
        ("", []),
    ],
)
def test_what_is_looked_for(typed, expected):
    assert looked_for(typed) == expected


@pytest.mark.parametrize(
    "typed", ['"frt"', '"facial recognition"', '"facial" recognition', "«frt»"]
)
def test_what_stands_in_quotation_marks_is_taken_as_it_stands(typed):
    assert expand(parse(typed), GROUPS) == parse(typed)


def test_the_longest_entry_counts():
    assert looked_for("facial recognition", [FACES, SCAN])[0][0] == "~facial recognition"
    assert looked_for("facial scan", [FACES, SCAN]) == [["facial", "visage"], ["scan"]]


def test_what_editors_add_is_told_from_what_was_typed():
    """Engines remember what they made of an expression, and rank the two differently."""
    added = expand(parse("spyware law"), [["spyware", "Staatstrojaner"]])
    assert added != parse("spyware OR Staatstrojaner law")


def test_exclusions_do_not_grow():
    expression = expand(parse('law -frt -"facial recognition"'), GROUPS)
    assert [term.words for term in expression.excluded] == [("frt",), ("facial", "recognition")]


def test_the_last_word_may_still_be_unfinished():
    assert expand(parse("a frt"), GROUPS).as_prefix().required[1][0] == Term(("frt",), prefix=True)
    beginning = expand(parse("a facial recognition"), GROUPS).as_prefix()
    assert [[term.words for term in each] for each in beginning.required] == [
        [("a",)],
        [("facial",)],
        [("recognition",)],
    ]
    assert beginning.required[2][0].prefix
    assert beginning.as_prefix() is None


def test_what_is_added_is_bounded():
    words = [f"w{n}" for n in range(MAX_WORDS)]
    groups = [
        [word, *(" ".join([f"{word}x{n}"] * MOST_WORDS) for n in range(MOST_ENTRIES - 1))]
        for word in words
    ]
    expression = expand(parse(" ".join(words)), groups)
    assert [each[0].words[0] for each in expression.required] == words
    total = sum(len(term.words) for term in expression.terms())
    assert MAX_WORDS < total <= MAX_WORDS + MOST_ADDED_WORDS
    assert len(keys_in(parse(" ".join(words)))) <= MAX_WORDS * MOST_WORDS


VOCABULARY = ["facial", "recognition", "frt", "spyware", "law", "visage", "reconnaissance"]
_words = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4).map(" ".join)
_tokens = st.sampled_from(
    [*VOCABULARY, "OR", "-law", "-frt", '"facial recognition"', "facial-recognition", "FRT"]
)


def found(text):
    hits = database_engine().search(SearchQuery(text, per_page=100)).hits
    return {hit.key for hit in hits}


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    typed=st.lists(_tokens, min_size=1, max_size=5).map(" ".join),
    entries=st.lists(_words, min_size=4, max_size=8, unique=True),
)
def test_nothing_that_the_typed_words_find_is_lost(monkeypatch, typed, entries):
    """
    By whole words, and all of them: after an exclusion no word counts as unfinished, and what has
    half of the words is another matter.
    """
    monkeypatch.setattr(database, "loosened", lambda expression, found: None)
    text = f"{typed} -zebra"
    for key, body in enumerate(TEXTS):
        put_card("A guide", key=str(key), body=body)
    SynonymGroup.objects.all().delete()
    without = found(text)
    save_synonyms(SynonymGroup(), entries[::2])
    save_synonyms(SynonymGroup(), entries[1::2])
    assert without <= found(text)


TEXTS = [
    *VOCABULARY,
    "facial recognition",
    "recognition that is facial, under the law",
    "facial recognition and spyware",
    "visage law recognition",
    "spyware law frt reconnaissance",
    "frt law",
]


@pytest.mark.django_db
class TestReading:
    def test_other_names_are_found_in_any_language(self, monkeypatch):
        monkeypatch.setattr(database, "loosened", lambda expression, found: None)
        save_synonyms(SynonymGroup(), FACES)
        put_card("La reconnaissance faciale en public", key="fr", language="fr")
        put_card("ما التعرف على الوجه", key="ar", language="ar")
        put_card("Recognition is facial here", key="apart")
        put_card("A face of facial tissue", key="other")
        assert found("frt") == {"fr", "ar"}
        assert found("facial recognition") == {"fr", "ar", "apart"}
        assert found('"facial recognition"') == set()
        assert found("frt -faciale") == {"ar"}

    def test_a_change_counts_with_the_next_search(self):
        put_card("Ein Staatstrojaner", key="a")
        assert found("spyware") == set()
        group = save_synonyms(SynonymGroup(), SPYWARE)
        assert found("spyware") == {"a"}
        group.delete()
        assert found("spyware") == set()

    def test_it_takes_one_statement_however_many_groups(self, django_assert_num_queries):
        for number in range(200):
            save_synonyms(SynonymGroup(), [f"w{number} {name}" for name in ("one", "two", "three")])
        text = " ".join(f"w{number} one" for number in range(MAX_WORDS // 2))
        with django_assert_num_queries(1):
            expression = read(text)
        assert Term(("w0", "two"), added=True) in expression.required[0]
        with django_assert_num_queries(0):
            assert not read("-spyware ?!")
