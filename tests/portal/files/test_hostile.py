"""What harms is refused, and the person is told why in words of their own trouble."""

import pytest

from portal.files.cleaning import refusal
from portal.files.cleaning.file import clean
from portal.files.kinds import KINDS
from portal.files.limits import Limits
from portal.files.messages import FOUND, REFUSALS, REMOVED, refusal_message
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Rebuilt, Refused
from tests.portal.files.hostile import CORPUS, FAST, PICTURES, Hostile
from tests.portal.files.samples import tells

HARMLESS = [hostile for hostile in FAST if hostile.code == "rebuilt"]
# Those too large are judged before they are read.
HERE = [hostile for hostile in FAST if hostile.code not in ("too-large", "rebuilt")]


def made(hostile: Hostile) -> Rebuilt:
    extension = hostile.name.partition(".")[2]
    return rebuild(hostile.build(), extension=extension, keep_colour=False, limits=Limits())


def judged(hostile: Hostile) -> Refused | refusal.Refused:
    extension, data = hostile.name.partition(".")[2], hostile.build()
    if hostile in PICTURES:
        with pytest.raises(refusal.Refused) as refused:
            clean(data, extension=extension, kinds=frozenset(KINDS), limits=Limits())
        return refused.value
    with pytest.raises(Refused) as caught:
        rebuild(data, extension=extension, keep_colour=False, limits=Limits())
    return caught.value


@pytest.mark.parametrize("hostile", HERE, ids=str)
def test_is_refused_for_what_it_is(hostile: Hostile):
    refusal = judged(hostile)
    assert refusal.code == hostile.code
    message = refusal_message(refusal.code, refusal.parameters)
    assert "%(" not in message
    assert len(message) > 30


@pytest.mark.parametrize("hostile", HARMLESS, ids=str)
def test_is_harmless_once_what_it_shows_is_written_anew(hostile: Hostile):
    rebuilt = made(hostile)
    assert rebuilt.kind == "pdf"
    assert rebuilt.text.startswith("KEEP text & ")
    for word in ("CANARY", "evil", "cmd", "script:", "passwd", "vbaProject"):
        assert not tells(rebuilt.data, word)


def test_the_corpus_is_large():
    assert len(CORPUS) >= 140
    assert len({hostile.what for hostile in CORPUS}) == len(CORPUS)


def test_every_refusal_is_met_by_some_file():
    of_documents = {
        "documents-unavailable",
        "not-rebuilt",
        "inserted",
        "picture-damaged",
        "picture-elsewhere",
        "words-lost",
        "bomb",
        "archive-method",
        "archive-names",
        "archive-overlap",
        "embedded",
    }
    others = {
        "rebuilt",
        "not-alike",
        "kind-here",
        "name",
        "too-costly",
        "infected",
    }  # tested where files are taken in
    met = {hostile.code for hostile in CORPUS} | others | of_documents
    assert met == set(REFUSALS) | {"rebuilt"}


@pytest.mark.parametrize("code", REFUSALS)
def test_every_message_can_be_filled(code):
    filled = refusal_message(
        code,
        {"found": "zip", "other": "pdf", "extension": "pdf", "kinds": "pdf,docx", "limit": "1 MB"}
        | {
            "number": 1,
            "format": "EMF",
            "row": 3,
            "line": 2,
            "megapixels": 40,
            "frames": 50,
            "pages": 9,
        },
    )
    assert "%" not in filled


@pytest.mark.parametrize(
    ("code", "parameters", "says"),
    [
        (
            "disguised",
            {"extension": "pdf", "found": "docx"},
            "called .pdf but holds a Word document",
        ),
        ("polyglot", {"found": "jpeg", "other": "zip"}, "JPEG picture and ZIP archive"),
        ("kind-here", {"found": "txt", "kinds": "docx,pdf"}, "Word document, PDF."),
        ("formulas", {"row": 12}, "row 12"),
    ],
)
def test_messages_name_what_was_found(code, parameters, says):
    assert says in refusal_message(code, parameters)


def test_words_exist_for_every_kind_that_is_found():
    from portal.files.cleaning import sniffing

    assert {kind for _, kind in sniffing.SIGNATURES} <= set(FOUND)
    assert set(KINDS) <= set(FOUND)
    assert "camera" in REMOVED
