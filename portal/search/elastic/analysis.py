"""
How Elasticsearch takes texts apart: into the words that `syntax.words_of` sees, folded and stemmed.

Any character that is no letter, digit or mark splits words, as in the databases, so that "end-use",
"5.A.1.j" and a file's name are found by their words. Nothing is left out: a stop word may be
searched for, and stands where it stands in a phrase. Accents are folded before stemming, so that
they do not matter to the stem either. Every word is kept beside its stem: what is written as it was
typed comes first, and a beginning is looked for in what is written and not in stems.
"""

from elasticsearch.dsl import analyzer, char_filter, normalizer, token_filter, tokenizer
from elasticsearch.dsl.utils import DslBase

from portal.search.analysis import stemming

# Language code to the stemmer of its cards; every other language has the last, without one.
STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "ar": "arabic",
}
OTHER = "other"
LANGUAGES = (*STEMMERS, OTHER)
LONGEST_WORD = 100
LONGEST_BEGINNING = 20


def _without(name: str, pattern: str) -> DslBase:
    """Return a filter that takes out what the pattern finds; Java writes "any letter" otherwise."""
    pattern = pattern.replace(r"\w", r"\p{L}")
    return token_filter(f"portal_{name}", type="pattern_replace", pattern=pattern, replacement="")


WORDS = tokenizer("portal_words", type="pattern", pattern=r"[^\p{L}\p{N}\p{M}]+")
YO = char_filter("portal_yo", type="mapping", mappings=["ё => е", "Ё => Е"])
CUT = token_filter("portal_cut", type="truncate", length=LONGEST_WORD)
# What is left of accents that have no composed character, of stress marks and of Turkish İ.
MARKS = _without("marks", r"[\u0300-\u036f]")
# Persian's keyboard has other letters for Arabic's kaf and yeh.
ARABIC = ["arabic_normalization", "persian_normalization"]
FOLDED = [CUT, "lowercase", "decimal_digit", *ARABIC, "asciifolding", MARKS]
ARABIC_ARTICLE = _without("arabic_article", stemming.ARABIC_ARTICLE)
ARABIC_REST = _without("arabic_rest", stemming.ARABIC_REST)

# Words as written, but for case, accents and vowel signs.
PLAIN = analyzer("portal_plain", tokenizer=WORDS, char_filter=[YO], filter=FOLDED)
BEGINNINGS = analyzer(
    "portal_beginnings",
    tokenizer=WORDS,
    char_filter=[YO],
    filter=[
        *FOLDED,
        token_filter("portal_edges", type="edge_ngram", min_gram=1, max_gram=LONGEST_BEGINNING),
    ],
)
BEGINNING = analyzer(
    "portal_beginning",
    tokenizer=WORDS,
    char_filter=[YO],
    filter=[*FOLDED, token_filter("portal_edge", type="truncate", length=LONGEST_BEGINNING)],
)
# As people write them, accents included, for they are shown.
SPELLING = analyzer("portal_spelling", tokenizer=WORDS, filter=[CUT, "lowercase"])
# In the order of an alphabet, whatever the case and the accents.
TITLE_ORDER = normalizer("portal_title", filter=["lowercase", "asciifolding"])


def of_language(language: str) -> DslBase:
    """Return the analyser of the cards of this language, one of `LANGUAGES`."""
    if language == OTHER:
        return PLAIN
    stemmer = token_filter(f"portal_stem_{language}", type="stemmer", language=STEMMERS[language])
    steps = [ARABIC_ARTICLE, stemmer, ARABIC_REST] if language == "ar" else [stemmer]
    both = token_filter(f"portal_both_{language}", type="multiplexer", filters=[steps])
    return analyzer(f"portal_{language}", tokenizer=WORDS, char_filter=[YO], filter=[*FOLDED, both])
