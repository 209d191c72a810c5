"""A PDF of some HTML: tagged for screen readers (PDF/UA), with no trace of when it was made."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from xml.etree.ElementTree import Element, SubElement, tostring

import nh3

from portal.files.rebuilding.documents.wording import require_every_word
from portal.files.rebuilding.result import Rebuilt, Refused
from portal.pdf import pango

if TYPE_CHECKING:
    from weasyprint.document import Document

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "td", "th"}
INLINE = {"br", "strong", "em", "u", "s", "sub", "sup", "thead", "tbody", "tr"}
ATTRIBUTES = {
    "a": {"href", "id"},
    "li": {"id"},
    "img": {"src", "alt", "width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# No address leads out of a document, and all names in it are ours.
OURS = {
    "href": re.compile(r"#(?:note|mark)-\d+"),
    "id": re.compile(r"(?:note|mark)-\d+"),
    "src": re.compile(r"figure:\d+"),
    "alt": re.compile(r".*", re.DOTALL),
}
NUMBER = re.compile(r"\d{1,4}")
SHEETS = {32: "widest", 16: "wider", 8: "wide"}  # by the columns above which a table needs them
MOST_COLUMNS = 256
STYLE = """
@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page); font-size: 9pt } }
@page wide { size: A4 landscape; margin: 15mm }
@page wider { size: A3 landscape; margin: 15mm }
@page widest { size: A1 landscape; margin: 15mm }
html { font: 10.5pt/1.45 sans-serif; overflow-wrap: anywhere }
h1 { font-size: 17pt } h2 { font-size: 14pt } h3 { font-size: 12pt } h4 { font-size: 10.5pt }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.2em 0 .4em; break-after: avoid }
p { margin: 0 0 .6em } li p { margin: 0 0 .2em }
ul, ol { list-style: none; margin: 0 0 .6em }
a { color: inherit; text-decoration: none }
img { max-width: 100%; max-height: 240mm }
table { border-collapse: collapse; width: 100%; margin: 0 0 .8em; font-size: 9.5pt }
td, th { border: .5pt solid #767676; padding: 2pt 4pt; text-align: start; vertical-align: top }
td p, th p { margin: 0 }
.wide { page: wide; font-size: 8.5pt } .wider { page: wider; font-size: 8pt }
.widest { page: widest; font-size: 8pt }
"""


def tagged_pdf(
    html: str,
    *,
    pictures: dict[str, bytes],
    language: str,
    shown: Iterable[str],
    notes: Iterable[str],
) -> Rebuilt:
    """
    Make a document of some HTML. Raises Refused where this machine cannot make one.

    `pictures` are those of `figure:NAME`; `shown` are the texts of the original, each word of which
    has to be on a page, else Refused; `notes` are about what is in it.
    """
    body = structure(html)
    for table in body.iter("table"):
        square(table)
    turn(body)
    require_every_word(shown, readable(body, described=False))
    document = laid_out(body, pictures, language)
    require_drawn(document, "".join(body.itertext()))
    pdf = document.write_pdf(pdf_variant="pdf/ua-1")
    boxed = {"letters"} if any(font.missing for font in document.fonts.values()) else set()
    return Rebuilt("pdf", pdf, readable(body), tuple(sorted({*notes, *boxed})))


def structure(html: str) -> Element:
    """Return the allowed part of some HTML as a tree; its root is `body`."""
    import tinyhtml5

    clean = nh3.clean(
        html,
        tags=BLOCKS | INLINE | set(ATTRIBUTES),
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: (
            value if OURS.get(name, NUMBER).fullmatch(value) else None
        ),
        url_schemes={"figure"},
        link_rel=None,
    )
    body: Element = tinyhtml5.parse(clean, namespace_html_elements=False).find("body")
    return body


def square(table: Element) -> None:
    """Give all rows of a table as many columns, as tags demand, and a wide one a larger sheet."""
    rows = [row for part in table for row in (part if part.tag != "tr" else [part])]
    widths = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row:
            down = min(int(cell.get("rowspan", 1)), len(rows) - at)
            cell.set("rowspan", str(down))
            for below in range(at, at + down):
                widths[below] += int(cell.get("colspan", 1))
    columns = max(widths, default=0)
    if columns > MOST_COLUMNS:
        raise Refused("not-rebuilt", found="wide-table")
    for row, width in zip(rows, widths, strict=True):
        for _ in range(columns - width):
            SubElement(row, "td")
    if name := next((name for above, name in SHEETS.items() if columns > above), ""):
        table.set("class", name)


def turn(body: Element) -> None:
    """Set the direction of each block by its first letter that has one; others follow."""
    for element in body.iter():
        if element.tag in BLOCKS:
            strong = (bidirectional(letter) for words in element.itertext() for letter in words)
            first = next((each for each in strong if each in ("L", "R", "AL")), "")
            if first:
                element.set("dir", "ltr" if first == "L" else "rtl")


def readable(body: Element, *, described: bool = True) -> str:
    """Return the text of some HTML: a line each for paragraphs and rows, cells apart by tabs."""
    lines = re.sub(" +", " ", "".join(spoken(body, described))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def spoken(element: Element, described: bool) -> Iterator[str]:
    is_line = element.tag in BLOCKS - {"td", "th"} or element.tag in ("tr", "br")
    yield "\n" if is_line else ""
    if element.tag == "img" and described:
        yield f" [{element.get('alt', '')}] "
    yield element.text or ""
    for child in element:
        if element.tag in ("td", "th"):  # the lines of a cell stay in its row
            yield "".join(spoken(child, described)).strip().replace("\n", " ") + " "
        else:
            yield from spoken(child, described)
        yield child.tail or ""
    yield "\n" if is_line else "\t" if element.tag in ("td", "th") else ""


def laid_out(body: Element, pictures: dict[str, bytes], language: str) -> "Document":
    """Return the pages. Raises Refused where this machine lacks what makes them."""
    if not pango.is_installed():
        raise Refused("documents-unavailable")
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Kept(URLFetcher):
        """Hands out the pictures that were kept; nothing is fetched from anywhere."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, pictures[url.removeprefix("figure:")])

    root = Element("html", {"lang": language})
    SubElement(SubElement(root, "head"), "title").text = "Document"
    root.append(body)
    fetcher = Kept()
    page = HTML(string=tostring(root, encoding="unicode", method="html"), url_fetcher=fetcher)
    return page.render(stylesheets=[CSS(string=STYLE, url_fetcher=fetcher)])


def require_drawn(document: "Document", text: str) -> None:
    """Raise Refused where a letter of the text is on no page, or runs off it."""
    drawn: Counter[str] = Counter()
    for page in document.pages:
        for box in page._page_box.descendants():
            words = getattr(box, "text", None)
            if isinstance(words, str) and 0 <= box.position_x <= page.width - box.width:
                drawn.update(words)
    if Counter(letter for letter in text if letter.isalnum()) - drawn:
        raise Refused("words-lost")
