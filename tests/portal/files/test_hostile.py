"""What harms is refused, and the person is told why in words of their own trouble."""

import pytest

from portal.files.cleaning.file import clean
from portal.files.cleaning.refusal import Refused
from portal.files.kinds import KINDS
from portal.files.limits import Limits
from portal.files.messages import FOUND, REFUSALS, REMOVED, refusal_message
from tests.portal.files.hostile import CORPUS, FAST, Hostile

HERE = [hostile for hostile in FAST if hostile.code != "too-large"]  # judged before it is read


def judged(data: bytes, name: str) -> Refused:
    with pytest.raises(Refused) as caught:
        clean(
            data,
            extension=name.partition(".")[2],
            kinds=frozenset(KINDS),
            limits=Limits(),
        )
    return caught.value


@pytest.mark.parametrize("hostile", HERE, ids=str)
def test_is_refused_for_what_it_is(hostile: Hostile):
    refusal = judged(hostile.build(), hostile.name)
    assert refusal.code == hostile.code
    message = refusal_message(refusal.code, refusal.parameters)
    assert "%(" not in message
    assert len(message) > 30


def test_the_corpus_is_large():
    assert len(CORPUS) >= 140
    assert len({hostile.what for hostile in CORPUS}) == len(CORPUS)


def test_every_refusal_is_met_by_some_file():
    others = {
        "not-alike",
        "kind-here",
        "name",
        "too-costly",
        "infected",
    }  # tested where files are taken in
    assert {hostile.code for hostile in CORPUS} | others == set(REFUSALS)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_message_can_be_filled(code):
    filled = refusal_message(
        code,
        {"found": "zip", "other": "pdf", "extension": "pdf", "kinds": "pdf,docx", "limit": "1 MB"}
        | {"row": 3, "line": 2, "megapixels": 40, "frames": 50, "pages": 9},
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
