"""The frames of OpenDocument texts: pictures and formulas."""

import math
import re
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.figures import Figures, Frame, whole
from portal.files.rebuilding.documents.odt.styles import NS, Styles, q
from portal.files.rebuilding.package import Archive
from portal.files.rebuilding.result import Refused

LENGTH = re.compile(r"(-?[\d.]{1,9})(cm|mm|in|pt)")
CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
TURN = re.compile(r"rotate\s*\(\s*(-?[\d.]{1,12})\s*\)")
UNKEPT = {"control": "control", "plugin": "media", "applet": "media", "floating-frame": "media"}


class Frames:
    """Reads the frames of one document."""

    def __init__(self, archive: Archive, styles: Styles, figures: Figures) -> None:
        self.archive = archive
        self.styles = styles
        self.figures = figures

    def picture(self, frame: Element) -> str:
        """
        Return the HTML of the picture that a frame shows, "" where it shows none.

        Programs keep several of one thing, the best first. Raises Refused where none can be drawn.
        """
        refused = None
        for image in frame.iterfind("draw:image", NS):
            try:
                data = self.archive.read(image.get(q("xlink:href"), "").removeprefix("./"))
                if not data:
                    raise Refused("picture-elsewhere")
                return self.figures.add(data, self.shown(frame))
            except Refused as refusal:
                refused = refusal
        if refused is not None:
            raise refused
        return ""

    def formula(self, frame: Element) -> Element | None:
        """Return the formula in a frame. Raises Refused if it has neither formula nor picture."""
        for element in frame.iter():
            if kind := UNKEPT.get(str(element.tag).removeprefix(f"{{{NS['draw']}}}")):
                raise Refused("not-rebuilt", found=kind)
            if element.tag in (q("draw:object"), q("draw:object-ole")):
                folder = element.get(q("xlink:href"), "").removeprefix("./").strip("/")
                root = element.find("math:math", NS)
                root = root if root is not None else self.archive.root(f"{folder}/content.xml")
                if root.tag == q("math:math"):
                    return root
                is_chart = next(root.iter(q("office:chart")), None) is not None
                if is_chart or frame.find("draw:image", NS) is None:
                    raise Refused("not-rebuilt", found="chart" if is_chart else "object")
        return None

    def shown(self, frame: Element) -> Frame:
        """Return how a frame shows its picture."""
        clip = [centimetres(*each) for each in LENGTH.findall(self.clip(frame))]
        top, right, bottom, left = clip if len(clip) == 4 else (0, 0, 0, 0)
        turn = TURN.search(frame.get(q("draw:transform"), ""))
        width = LENGTH.match(frame.get(q("svg:width"), ""))
        words = [
            each.text or ""
            for name in ("desc", "title")
            for each in frame.iterfind(f"svg:{name}", NS)
        ]
        return Frame(
            clip=(left, top, right, bottom),
            turn=-math.degrees(whole(turn[1])) if turn else 0,
            width=centimetres(*width.groups()) if width else 0,
            words=next(filter(None, words), ""),
        )

    def clip(self, frame: Element) -> str:
        return self.styles.find(frame, "fo:clip", "graphic")


def centimetres(length: str, unit: str) -> float:
    return whole(length) * CENTIMETRES[unit]
