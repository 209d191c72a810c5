"""What a translator gives back, for a page or a consultation: what is right is taken, no more."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po

from portal.cms.texts.faults import checked
from portal.cms.texts.progress import Row
from portal.cms.texts.segments import Segment, digest_of
from portal.cms.translating.po_files import LARGEST, Of, read, written

TITLE = Segment("title", "Indicators for %(name)s", most=40)
SAID = Segment("body.1", '<p>Say <a href="/en/who/">who</a> you are.</p>', is_rich=True)
LINES = Segment("summary", "One.\nTwo.")
SEGMENTS = [TITLE, SAID, LINES]
FILE = Of("page-7", "fr")


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("body.1", '<p>Dites <a href="/en/who/">qui</a>.', "not closed"),
        ("body.1", '<p>Dites <b><a href="/en/who/">qui</b></a>.</p>', "not closed"),
        ("body.1", "Dites qui.", "lacks tags"),
        ("body.1", '<p>Dites <a href="/ailleurs/">qui</a>.</p>', "lacks tags"),
        ("body.1", f"{SAID.text}<script>x</script>", "has tags that the original has not"),
        ("body.1", '<p><a href="/en/who/"></a></p>', "tags and no words"),
        ("title", "Indicateurs %(nom)s", "placeholders"),
        ("title", "Indicateurs de ce qui se passe pour %(name)s", "40"),
        ("summary", "x" * 1000, "far longer"),
        ("gone", "Quoi ?", "no such text"),
    ],
)
def test_words_at_fault_are_told_by_their_key(key, typed, told):
    _said, wrong = checked({each.key: each for each in SEGMENTS}, {key: typed})
    assert told in " ".join(wrong[key])


def test_what_is_typed_is_in_one_line_where_the_original_is():
    typed = {"title": " Pour\n%(name)s ", "summary": "Un.\nDeux.", "body.1": ""}
    said, wrong = checked({each.key: each for each in SEGMENTS}, typed)
    assert said == {"title": "Pour %(name)s", "summary": "Un.\nDeux.", "body.1": ""}
    assert not wrong


def test_marks_of_the_editor_are_no_other_wording():
    assert digest_of("<p>Q&amp;A</p>") == digest_of(" <p>Q&A</p>")


def filled(words, file=FILE, segments=SEGMENTS):
    """A file as it comes back, with words by key."""
    rows = [Row(each, "Title", "") for each in segments]
    catalogue = read_po(BytesIO(written(file, rows, is_public=True)))
    for message in catalogue:
        if message.id:
            message.string = words.get(message.context, "")
    return catalogue


def as_file(catalogue):
    out = BytesIO()
    write_po(out, catalogue, width=0)
    return out.getvalue()


WORDS = {"title": "Pour %(name)s", "body.1": SAID.text.replace("Say", "Dites"), "summary": "Un."}


def test_what_goes_out_comes_back():
    taken = read(as_file(filled(WORDS)), FILE, SEGMENTS)
    assert (taken.words, taken.problems) == ({**WORDS, "summary": "Un."}, [])


def test_what_is_at_fault_is_told_by_line_and_the_rest_is_taken():
    catalogue = filled({**WORDS, "body.1": "<p>Dites"})
    catalogue.add("Unknown", "Inconnu", context="gone")
    catalogue.get(LINES.text, "summary").flags.add("fuzzy")
    taken = read(as_file(catalogue), FILE, SEGMENTS)
    assert taken.words == {"title": WORDS["title"]}
    assert all(each.startswith("Line ") for each in taken.problems)
    told = " ".join(taken.problems)
    for problem in ("not closed", "no such text", "fuzzy"):
        assert problem in told


def test_what_translates_an_older_original_goes_out_as_unsure_and_is_not_taken():
    data = written(FILE, [Row(TITLE, "Title", "Pour %(name)s", is_old=True)], is_public=True)
    assert read_po(BytesIO(data)).get(TITLE.text, "title").fuzzy
    reworded = [Segment("title", "Signs for %(name)s")]
    taken = read(as_file(filled(WORDS, segments=[TITLE])), FILE, reworded)
    assert not taken.words
    assert "other words by now" in taken.problems[0]


@pytest.mark.parametrize("file", [Of("page-8", "fr"), Of("page-7", "es")])
def test_a_file_of_another_page_or_language_is_refused_whole(file):
    taken = read(as_file(filled(WORDS)), file, SEGMENTS)
    assert not taken.words
    assert len(taken.problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xff\xfe", b"nonsense", b"msgid nothing", b'msgid "x', b'msgid ""\nmsgstr ""\n'),
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(data):
    taken = read(data, FILE, SEGMENTS)
    assert not taken.words
    assert len(taken.problems) == 1
