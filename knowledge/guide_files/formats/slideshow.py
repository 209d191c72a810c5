"""A lesson as slides with notes for the speaker (PPTX)."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from knowledge.guide_files.formats.content import blocks_of, exercise_name, lesson, outcomes
from knowledge.guide_files.formats.imprint import (
    Imprint,
    beginning,
    imprint_of,
    numbers_of,
    sources_of,
)
from knowledge.guide_files.formats.packing import at_midnight, packed_anew
from knowledge.guide_files.formats.pieces import Paragraph, Run, read, said
from knowledge.guides.models import GuidePage

TITLE_LAYOUT, POINTS_LAYOUT = 0, 1
WIDTH, HEIGHT = Emu(12_192_000), Emu(6_858_000)  # 16:9
TEMPLATE_WIDTH = 9_144_000
MOST = 600  # characters on one slide; more go on another
# The size of letters by how many there are, so that all are seen.
SIZES = ((180, 28), (380, 22), (700, 18))
SMALLEST = 14
DEEPEST = 4


def slideshow(guide: GuidePage) -> bytes:
    """Return a lesson as PPTX."""
    imprint, numbers = imprint_of(guide), numbers_of(guide)
    writer = _Writer(imprint)
    title, *rest = beginning(guide, imprint)
    writer.open(title, rest, said("text", imprint.owner))
    if points := outcomes(guide, numbers):
        writer.add(said("title", _("What you can do afterwards"), imprint.ours), points, [])
    for part in lesson(guide, numbers):
        writer.add(said("title", part.title), part.points, part.notes)
    if not blocks_of(guide, "slides"):
        for each in blocks_of(guide, "exercise"):
            question = read(each.value["question"].source, numbers)
            answer = read(each.value["answer"].source, numbers)
            writer.add(said("title", exercise_name(each.value)), question, answer)
    if told := sources_of(guide, imprint):
        writer.add(told[0], told[1:], [])
    return packed_anew(writer.saved(), imprint.day)


def _shared_out(points: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the points of each slide: one where all have room."""
    some: list[Paragraph] = []
    for each in points:
        if some and sum(len(one.words) for one in (*some, each)) > MOST:
            yield some
            some = []
        some.append(each)
    yield some


class _Writer:
    """A new presentation, of the library's template as wide as screens are."""

    def __init__(self, imprint: Imprint) -> None:
        self.imprint = imprint
        self.show = Presentation()
        self._prepare()
        self._say_whose()

    def open(self, title: Paragraph, told: list[Paragraph], owner: Paragraph) -> None:
        """Add the first slide; what the file says of itself stands in its notes too."""
        slide = self.show.slides.add_slide(self.show.slide_layouts[TITLE_LAYOUT])
        self._fill(slide.shapes.title.text_frame, [title], in_the_middle=True)
        subtitle = slide.placeholders[1].text_frame
        self._fill(subtitle, [owner, *told[:2]], size=16, in_the_middle=True)
        self._fill(slide.notes_slide.notes_text_frame, told)

    def add(self, title: Paragraph, points: list[Paragraph], notes: list[Paragraph]) -> None:
        """Add a slide, or several where the points are many; the notes stand at the first."""
        number = 0
        for place, some in enumerate(_shared_out(points)):
            slide = self.show.slides.add_slide(self.show.slide_layouts[POINTS_LAYOUT])
            self._fill(slide.shapes.title.text_frame, [title], size=32, in_the_middle=True)
            letters = sum(len(each.words) for each in some)
            size = next((size for most, size in SIZES if letters <= most), SMALLEST)
            self._fill(slide.placeholders[1].text_frame, some, size=size, number=number)
            number += sum(each.kind == "number" and not each.level for each in some)
            if notes and not place:
                self._fill(slide.notes_slide.notes_text_frame, notes)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.show.save(out)
        return out.getvalue()

    def _prepare(self) -> None:
        for part in (self.show.part.package, self.show.part):
            for key, each in list(part._rels.items()):
                if each.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS):
                    part._rels.pop(key)
        for each in (self.show.slide_master, *self.show.slide_layouts):
            for pale in list(each.element.iter(qn("a:tint"))):  # hard to read on a wall
                pale.getparent().remove(pale)
        self.show.slide_width, self.show.slide_height = WIDTH, HEIGHT
        for drawn in (self.show.slide_master, *self.show.slide_layouts):
            for place in drawn.element.iter(qn("a:off"), qn("a:ext")):
                for name in ("x", "cx"):
                    if length := place.get(name):
                        place.set(name, str(int(length) * WIDTH // TEMPLATE_WIDTH))

    def _say_whose(self) -> None:
        told, midnight = self.show.core_properties, at_midnight(self.imprint.day)
        told.title, told.language = self.imprint.title, self.imprint.language
        told.author, told.last_modified_by = self.imprint.owner, ""
        told.comments, told.subject = "", self.imprint.address
        told.created = told.modified = midnight
        told.revision = 1

    def _fill(
        self,
        frame: Any,
        paragraphs: list[Paragraph],
        *,
        size: int = 0,
        number: int = 0,
        in_the_middle: bool = False,
    ) -> None:
        """Write paragraphs into a frame; numbers go on behind `number`."""
        for place, paragraph in enumerate(paragraphs):
            line = frame.paragraphs[0] if not place else frame.add_paragraph()
            line.level = min(paragraph.level, DEEPEST)
            properties = line._p.get_or_add_pPr()
            if self.imprint.is_right_to_left:
                properties.set("rtl", "1")
                if not in_the_middle:
                    properties.set("algn", "r")
            if paragraph.kind == "number":
                mark = properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
                if number and not place:
                    mark.set("startAt", str(number + 1))
                properties.append(mark)
            elif paragraph.kind != "bullet":
                properties.set("marL", "0")
                properties.set("indent", "0")
                properties.append(properties.makeelement(qn("a:buNone"), {}))
            for run in paragraph.runs:
                self._run(line, run, size)

    def _run(self, line: Any, run: Run, size: int) -> None:
        for place, words in enumerate(run.words.split("\n")):
            if place:
                line.add_line_break()
            if not words:
                continue
            made = line.add_run()
            made.text = words
            made.font.bold, made.font.italic = run.bold or None, run.italic or None
            made.font.size = Pt(size) if size else None
            properties = made._r.get_or_add_rPr()
            properties.set("lang", run.language or self.imprint.language)
            if run.raised:
                properties.set("baseline", "30000")
            if run.href:
                made.hyperlink.address = run.href
