"""Looking into the documents that were made: their words, tags and pictures."""

import io
import unicodedata
from collections import Counter

import pikepdf
import pytest
from PIL import Image

from portal.files.limits import Limits
from portal.files.messages import REFUSALS, refusal_message
from portal.files.rebuilding.documents.docx.document import rebuild_docx
from portal.files.rebuilding.documents.odt.document import rebuild_odt
from portal.files.rebuilding.result import Rebuilt, Refused
from tests.portal.files.word import word, writer


def of_word(body: str, **more: object) -> Rebuilt:
    return rebuild_docx(word(body, **more), Limits())


def of_writer(body: str, **more: object) -> Rebuilt:
    return rebuild_odt(writer(body, **more), Limits())


def refused(data: bytes, *, rebuild=rebuild_docx) -> Refused:
    with pytest.raises(Refused) as caught:
        rebuild(data, Limits())
    assert caught.value.code in REFUSALS
    assert "%(" not in refusal_message(caught.value.code, caught.value.parameters)
    return caught.value


def letters(text: str) -> Counter[str]:
    return Counter(each for each in unicodedata.normalize("NFKC", text) if each.isalnum())


def pictures_in(rebuilt: Rebuilt) -> list[Image.Image]:
    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        found = [each for page in pdf.pages for each in page.images.values()]
        return [pikepdf.PdfImage(each).as_pil_image() for each in found]


def tags_in(rebuilt: Rebuilt) -> list[str]:
    """The tags of a PDF in their order."""

    def below(element: pikepdf.Object) -> list[str]:
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return []
        kids = element.get("/K", pikepdf.Array())
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        return [str(element.S)[1:], *(tag for kid in kids for tag in below(kid))]

    with pikepdf.open(io.BytesIO(rebuilt.data)) as pdf:
        return below(pdf.Root.StructTreeRoot.K[0])
