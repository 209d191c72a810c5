"""PDF: every page drawn as a reader sees it, and a new document made of the drawings."""

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from portal.files.limits import Limits
from portal.files.rebuilding.comparison import require_alike
from portal.files.rebuilding.pdf import paper
from portal.files.rebuilding.pdf.drawn_document import POINTS, DrawnPage, document_of
from portal.files.rebuilding.pdf.pictures import encoded
from portal.files.rebuilding.pdf.text import shows_pictures_alone, visible_lines
from portal.files.rebuilding.result import Rebuilt, Refused

DOTS = 150  # an inch
COMPARED = 50
INK = 240  # of 255: where a page is darker there is something on it


def rebuild_pdf(data: bytes, limits: Limits, *, keep_colour: bool) -> Rebuilt:
    """
    Return a PDF of pictures of the pages, with the words that can be seen as text behind them.

    Pages without colour are grey, and so are scans unless `keep_colour`. Raises Refused.
    """
    with opened(data) as document:
        if len(document) > limits.pdf_pages:
            raise Refused("pdf-pages", pages=limits.pdf_pages)
        drawing = Drawing(document, limits, keep_colour)
        for number in range(len(document)):
            drawing.add(number)
        notes = drawing.notes()
    text = "\f".join(page.text for page in drawing.pages)
    return Rebuilt("pdf", document_of(drawing.pages), text[: limits.text_characters], notes)


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """Return a PDF that opens without a password. Raises Refused for one that does not."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Refused("encrypted" if is_locked else "damaged") from None
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise Refused("forms")
    if not len(document):
        raise Refused("damaged")
    document.init_forms()
    return document


class Drawing:
    """The pages of a document drawn one after another, and what is to be said of them."""

    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits, keep_colour: bool) -> None:
        self.document, self.limits, self.keep_colour = document, limits, keep_colour
        self.pages: list[DrawnPage] = []
        self.size = self.scans = 0
        self.some_hidden = self.some_made_grey = False

    def add(self, number: int) -> None:
        """Draw a page so that it looks as it did. Raises Refused."""
        page = self.loaded(number)
        width, height = page.get_size()
        dots = min(DOTS, POINTS * (self.limits.page_pixels / (width * height)) ** 0.5)
        shown = with_text = picture_of(page, dots)
        has_pictures_alone = shows_pictures_alone(page)
        if some_annotations_show(page):
            page = self.flattened(number, page)
            with_text = picture_of(page, dots)
        lines, some_hidden = visible_lines(page, with_text, lambda: picture_of(page, dots))
        page.close()
        self.some_hidden = self.some_hidden or some_hidden
        self.scans += not lines and any(shown.convert("L").histogram()[:INK])
        if has_pictures_alone and not lines and not self.keep_colour:
            shown = self.made_grey(shown, dots)
        elif not paper.has_colour(shown):
            shown = shown.convert("L")
        picture = encoded(shown)
        with opened(document_of([DrawnPage(picture, dots, ())])) as again:
            require_alike(coarse(shown, dots), coarse(picture_of(again[0], dots), dots))
        self.pages.append(DrawnPage(picture, dots, lines))
        self.size += len(picture.data)
        if self.size > self.limits.rebuilt_bytes:
            megabytes = self.limits.rebuilt_bytes // 1024 // 1024
            raise Refused("rebuilt-too-large", megabytes=megabytes)

    def loaded(self, number: int) -> pypdfium2.PdfPage:
        try:
            return self.document[number]
        except pypdfium2.PdfiumError:
            raise Refused("damaged") from None

    def flattened(self, number: int, page: pypdfium2.PdfPage) -> pypdfium2.PdfPage:
        """Return the page with its fields' text as part of it, so that the words are found."""
        box = page.get_bbox()
        page.set_mediabox(*box)  # PDFium forgets a size that comes from the page's parent
        page.set_cropbox(*box)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        return self.loaded(number)

    def made_grey(self, shown: Image.Image, dots: float) -> Image.Image:
        self.some_made_grey = self.some_made_grey or paper.has_colour(shown)
        is_pale = paper.has_pale_ground(coarse(shown, dots))
        return paper.cleaned(shown) if is_pale else paper.grey(shown)

    def notes(self) -> tuple[str, ...]:
        """Keys of `messages.NOTES`, once every page is drawn."""
        has_words = any(page.lines for page in self.pages)
        said = {
            "drawn": True,
            "scan": self.scans and not has_words,
            "some-scans": self.scans and has_words,
            "made-grey": self.some_made_grey,
            "hidden-words": self.some_hidden,
            "attachments-left": self.document.count_attachments(),
        }
        return tuple(code for code, is_so in said.items() if is_so)


def some_annotations_show(page: pypdfium2.PdfPage) -> bool:
    """Say whether a page has annotations that can show words of their own, as links do not."""
    kinds = set()
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kinds.add(pdfium.FPDFAnnot_GetSubtype(annotation))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return not kinds <= {pdfium.FPDF_ANNOT_LINK}


def picture_of(page: pypdfium2.PdfPage, dots: float) -> Image.Image:
    """Return a page in RGB as a reader shows it, at so many dots an inch."""
    picture = page.render(scale=dots / POINTS, rev_byteorder=True).to_pil()
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def coarse(picture: Image.Image, dots: float) -> Image.Image:
    """Return a page as it looks from some distance: with `COMPARED` dots an inch."""
    return picture.reduce(max(1, round(dots / COMPARED)))
