"""The text of a page made fit for paper, where there is no screen, pointer or script."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What only a screen can show, or only a pointer can use.
LEFT_OUT = {
    *("svg", "script", "style", "template", "button", "select", "textarea", "datalist"),
    *("audio", "video", "iframe", "object", "canvas"),
}
NOT_PRINTED = {"no-print"}
# A drawing of the library's on its way to paper.
DRAWN = "data:image/svg+xml;base64,"
INK = "#14213d"
FONTS = "DejaVu Sans, Noto Sans, sans-serif"
TOKEN = re.compile(r"var\(--[a-z-]+,\s*([^()]*)\)")
TICKED = ("checkbox", "radio")
BOX = "☐"


def printable(shown: str, top: int = 2) -> str:
    """
    Return the HTML of a text for paper, whatever blocks it is built from; its highest heading is
    `top`.

    Details are open, boxes to tick are drawn, a picture has a text or is left out, and no level of
    heading is passed over on the way down.
    """
    root = html.fragment_fromstring(shown, create_parent="div")
    for drawing in list(root.iter("svg")):
        if "figure" in drawing.classes:
            _draw(drawing)
    for element in list(root.iter()):
        if element is not root and _is_left_out(element):
            element.drop_tree()
    for box in list(root.iter("input")):
        if box.get("type") in TICKED:
            _put_before(box, f"{BOX} ")
        box.drop_tree()
    for summary in list(root.iter("summary")):
        summary.tag = "p"
        summary.set("class", "summary")
    for details in list(root.iter("details")):
        details.tag = "div"
    for picture in list(root.iter("img")):
        _describe(picture)
    level = top - 1
    for heading in _headings(root):
        level = max(top, min(int(heading.tag[1]), level + 1))
        heading.tag = f"h{level}"
    return html.tostring(root, encoding="unicode")


def drawing_at(url: str) -> bytes | None:
    """Return a drawing that `printable` put into an address; None for any other address."""
    return b64decode(url.removeprefix(DRAWN)) if url.startswith(DRAWN) else None


def _draw(drawing: HtmlElement) -> None:
    """
    Put a picture in the place of a drawing, whose text is what the drawing says in words.

    What lays out the paper knows no tokens, and draws letter by letter, which tears Arabic words: a
    drawing from right to left is left out, and what it says in words stays.
    """
    if any(each.get("direction") == "rtl" for each in drawing.iter("g")):
        drawing.drop_tree()
        return
    said = " ".join(each.text_content() for each in drawing.iter("desc"))
    for group in drawing.iter("g"):
        if group.attrib.pop("direction", ""):
            group.set("font-family", FONTS)
    for width in ("width", "height"):
        drawing.attrib.pop(width, None)
    drawing.set("viewBox", drawing.attrib.pop("viewbox", drawing.get("viewBox", "")))
    written = html.tostring(drawing, encoding="unicode", method="xml", with_tail=False)
    written = TOKEN.sub(r"\1", written).replace("currentColor", INK)
    address = DRAWN + b64encode(written.encode()).decode()
    picture = html.Element("img", {"class": "drawing", "src": address, "alt": said})
    picture.tail = drawing.tail
    parent = drawing.getparent()
    if parent is not None:
        parent.replace(drawing, picture)


def _headings(root: HtmlElement) -> Iterator[HtmlElement]:
    yield from list(root.iter(*HEADINGS))


def _is_left_out(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):  # a comment
        return True
    return element.tag in LEFT_OUT or not NOT_PRINTED.isdisjoint(element.classes)


def _put_before(element: HtmlElement, words: str) -> None:
    before = element.getprevious()
    parent = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + words
    elif parent is not None:
        parent.text = (parent.text or "") + words


def _describe(picture: HtmlElement) -> None:
    """Give a picture the text of its caption where it has none; without either it is ornament."""
    for name in ("srcset", "sizes", "loading"):
        picture.attrib.pop(name, None)
    figure = next(picture.iterancestors("figure"), None)
    captions = [] if figure is None else figure.iter("figcaption")
    caption = " ".join(" ".join(each.text_content() for each in captions).split())
    if not picture.get("alt") and caption:
        picture.set("alt", caption)
    if not picture.get("alt"):
        picture.drop_tree()
