"""What the drawings of Word show: pictures, lettering, and boxes of text."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.docx.package import NS, Package, Reference, q, value
from portal.files.rebuilding.documents.figures import Figures, Frame, Sides, whole
from portal.files.rebuilding.result import Refused

EMU = 360_000  # the unit of drawings, a centimetre
WIDTH = re.compile(r"(?:^|;)\s*width\s*:\s*([\d.]+)(pt|in)")
INVISIBLE = re.compile(r"visibility\s*:\s*hidden|mso-hide\s*:\s*all")
UNKEPT = {q("c:chart"): "chart", q("cx:chart"): "chart", q("dgm:relIds"): "diagram"}
Visible = Callable[[Element], Iterator[Element]]
SHAPES = {q("wps:wsp"), q("v:shape"), q("v:rect"), q("v:oval"), q("v:line"), q("v:polyline")}
SHOWN = (q("w:txbxContent"), q("v:imagedata"), q("v:textpath"), q("a:blip"))


def is_hidden(drawing: Element) -> bool:
    """Say whether a drawing is switched off, or has no size."""
    return any(
        element.get("hidden") in ("1", "true")
        if element.tag == q("wp:docPr")
        else element.tag == q("wp:extent") and "0" in (element.get("cx"), element.get("cy"))
        for element in drawing.iter()
    ) or any(INVISIBLE.search(shape.get("style", "")) for shape in drawing)


def is_shape(drawing: Element) -> bool:
    """Say whether a drawing is lines and areas, without pictures and words."""
    tags = {str(element.tag) for element in drawing.iter()}
    return bool(tags & SHAPES) and not tags & set(SHOWN)


class Drawings:
    """Reads the drawings of one part."""

    def __init__(
        self, package: Package, references: dict[str, Reference], figures: Figures
    ) -> None:
        self.package = package
        self.references = references
        self.figures = figures

    def read(
        self, element: Element, visible: Visible, above: tuple[Element, ...] = ()
    ) -> Iterator[Element | str]:
        """
        Yield what stands in a drawing, in order: pictures as HTML, boxes and lettering as elements.

        `visible` gives the children of an element that are shown. Raises Refused for what cannot
        be kept.
        """
        tag = str(element.tag)
        if tag in UNKEPT:
            raise Refused("not-rebuilt", found=UNKEPT[tag])
        if tag in (q("w:txbxContent"), q("v:textpath"), q("a:t")):
            yield element
            return
        if tag == q("a:blip"):
            id_ = value(element, "r:embed") or value(element, "r:link")
            yield self.picture(id_, frame_of_blip(above))
        elif tag in (q("v:imagedata"), q("v:fill")) and value(element, "r:id"):
            yield self.picture(value(element, "r:id"), frame_of_vml(element, above[-1]))
        for child in visible(element):
            yield from self.read(child, visible, (*above, element))

    def picture(self, id_: str, frame: Frame) -> str:
        """Return the HTML of a picture that is referred to. Raises Refused."""
        reference = self.references.get(id_)
        if reference is None:
            return ""
        data = b"" if reference.is_external else self.package.archive.read(reference.target)
        if not data:
            raise Refused("picture-elsewhere")
        return self.figures.add(data, frame)


def frame_of_blip(above: tuple[Element, ...]) -> Frame:
    """Return how the newer kind of drawing shows a picture; `above` are the elements around it."""
    source = above[-1].find("a:srcRect", NS)
    sides = [source.get(side, "0") if source is not None else "0" for side in "ltrb"]
    cut = [whole(side.rstrip("%")) / (100 if side.endswith("%") else 100_000) for side in sides]
    changes = [change for each in above for change in each.iterfind("*/a:xfrm", NS)]
    turn = whole(changes[-1].get("rot")) / 60_000 if changes else 0
    extents = [*above[0].iter(q("wp:extent"))] + [
        extent for change in changes for extent in change.iterfind("a:ext", NS)
    ]
    words = [named.get("descr") or "" for each in above for named in each if is_named(named)]
    return Frame(
        cut=(cut[0], cut[1], cut[2], cut[3]),
        turn=turn,
        width=whole(extents[-1].get("cx")) / EMU if extents else 0,
        words=next(filter(None, words), ""),
    )


def is_named(element: Element) -> bool:
    return str(element.tag).endswith(("}docPr", "}cNvPr"))


def frame_of_vml(data: Element, shape: Element) -> Frame:
    """Return how the older kind of drawing shows a picture."""
    sides = (data.get(f"crop{side}", "0") for side in ("left", "top", "right", "bottom"))
    cut: Sides = tuple(  # type: ignore[assignment]
        whole(side.rstrip("f")) / (65_536 if side.endswith("f") else 1) for side in sides
    )
    width = WIDTH.search(shape.get("style", ""))
    inches = whole(width[1]) / (72 if width[2] == "pt" else 1) if width else 0
    return Frame(cut=cut, width=inches * 2.54, words=shape.get("alt", ""))
