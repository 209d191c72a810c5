"""Excerpts: what a reader sees of a long text, and that any text is cut quickly."""

from portal.search.highlights import START, STOP, excerpt, marked


def found(word: str) -> str:
    return f"{START}{word}{STOP}"


def test_a_text_that_fits_is_shown_whole():
    assert excerpt("One two three", 3) == "One two three"


def test_an_excerpt_is_taken_where_most_of_the_words_stand():
    far = "word " * 50
    text = f"{found('spyware')} {far}{found('licence')} for {found('Spyware')} exports {far}"
    shown = excerpt(text, 20)
    assert len(shown.split()) == 20
    assert "<mark>licence</mark> for <mark>Spyware</mark> exports" in marked(shown)
    assert shown.startswith("…word")
    assert shown.endswith("word…")


def test_a_phrase_cut_in_two_leaves_safe_html():
    text = "word " * 18 + found("end <b>use") + " more"
    html = str(marked(excerpt(text, 19)))
    assert "<b>" not in html
    assert START not in html


def test_a_text_without_the_words_is_shown_from_its_beginning():
    assert excerpt("word " * 50, 2) == "word word…"
