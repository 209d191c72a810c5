"""What harms is refused for a reason that people understand, or becomes what does no harm."""

import contextlib

import pytest

from portal.files.limits import Limits
from portal.files.messages import FOUND, NOTES, REFUSALS, refusal_message
from portal.files.rebuilding import file_type
from portal.files.rebuilding.dispatch import rebuild
from portal.files.rebuilding.result import Refused
from tests.portal.files.hostile import CORPUS, FAST, Hostile
from tests.portal.files.inert import require_inert
from tests.portal.files.samples import tells

HERE = [hostile for hostile in FAST if hostile.code != "too-large"]  # judged before it is read
DOCUMENTS = [each for each in HERE if each.name.endswith((".docx", ".odt", ".exe"))]
FILLED = {
    "found": "archive", "extension": "pdf", "limit": "1 MB", "megapixels": 40, "megabytes": 9,
    "frames": 50, "pages": 9, "thousands": 500, "number": 1, "format": "EMF",
}  # fmt: skip


@pytest.mark.parametrize("hostile", HERE, ids=str)
def test_is_refused_for_what_it_is_or_does_no_harm(hostile: Hostile):
    extension = hostile.name.partition(".")[2]
    with contextlib.ExitStack() as refusing:
        if hostile.code != "rebuilt":
            caught = refusing.enter_context(pytest.raises(Refused))
        made = rebuild(hostile.build(), extension=extension, keep_colour=False, limits=Limits())
        assert set(made.notes) <= set(NOTES)
        if hostile in DOCUMENTS:
            assert made.text.startswith("KEEP text & ")
            for word in ("CANARY", "evil", "cmd", "script:", "passwd", "vbaProject"):
                assert not tells(made.data, word)
        else:
            require_inert(made)
    if hostile.code != "rebuilt":
        assert caught.value.code == hostile.code
        assert len(refusal_message(caught.value.code, caught.value.parameters)) > 30


def test_the_corpus_is_large():
    assert len(CORPUS) >= 140
    assert len({hostile.what for hostile in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_message_can_be_filled(code):
    assert "%" not in refusal_message(code, FILLED)


@pytest.mark.parametrize(
    ("code", "parameters", "says"),
    [
        ("disguised", {"extension": "pdf", "found": "docx"}, "called .pdf, but what is in it is:"),
        ("disguised", {"extension": "pdf", "found": "docx"}, "Rename it to what it is"),
        ("disguised", {"extension": "pdf", "found": "program"}, "program. We cannot take that."),
        ("kind", {"found": "archive"}, "cannot take what is in this file: packed archive"),
        ("pixels", {"megapixels": 50}, "more than 50 million pixels"),
    ],
)
def test_messages_name_what_was_found(code, parameters, says):
    assert says in refusal_message(code, parameters)


def test_nobody_is_told_to_rename_what_is_not_taken():
    for found in FOUND:
        told = refusal_message("disguised", {"extension": "pdf", "found": found})
        is_taken = found in ("pdf", "docx", "odt", "xlsx", "ods", "picture", "txt", "csv")
        assert ("Rename it" in told) == is_taken, found


def test_words_exist_for_every_kind_that_is_found():
    kinds = {kind for _, kind in (*file_type.SIGNATURES, *file_type.MAIN_PARTS)} - {"zip"}
    assert kinds | {"nothing", "e-mail", "media", "xml", "svg", "web-page", "ods"} <= set(FOUND)
