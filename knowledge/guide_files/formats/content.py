"""What of a guide goes into its office files: texts to fill in, lessons to give, tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.rich_text import RichText

from knowledge.guide_files.formats.imprint import (
    Imprint,
    beginning,
    imprint_of,
    numbers_of,
    sources_of,
)
from knowledge.guide_files.formats.pieces import (
    Grid,
    Paragraph,
    Piece,
    Run,
    clean,
    read,
    said,
    words_of,
)
from knowledge.guides.blocks.drawings import drawing
from knowledge.guides.models import GuidePage
from portal.text import clean_line

TO_FILL_IN = ("model_text", "checklist")


@dataclass(frozen=True)
class Slide:
    """
    A part of a lesson: what a slide shows and what its speaker says, and what a handout has of it.

    `minutes` is None where nobody said how long it takes.
    """

    title: str
    points: list[Paragraph]
    notes: list[Paragraph]
    handout: list[Paragraph]
    minutes: int | None = None


@dataclass(frozen=True)
class Table:
    """A table of a guide; its headings of columns, and cells of words or numbers."""

    caption: str
    head: list[str]
    rows: list[list[Any]]
    heads_rows: bool


def is_training(guide: GuidePage) -> bool:
    """Say whether a guide is taught from: by its kind, or because it has slides."""
    return guide.document_type == "training" or bool(blocks_of(guide, "slides"))


def is_to_fill_in(guide: GuidePage) -> bool:
    """Say whether a guide has a text or a list that its reader fills in."""
    return bool(blocks_of(guide, *TO_FILL_IN))


def blocks_of(guide: GuidePage, *kinds: str) -> list[Any]:
    """Return the blocks of these kinds in a guide's text, from top to bottom."""
    return [each for each in guide.body if each.block_type in kinds]


def document(guide: GuidePage) -> tuple[Imprint, list[Piece]]:
    """Return the pieces of a guide's text document: to fill in, and for a lesson."""
    imprint, numbers = imprint_of(guide), numbers_of(guide)
    pieces: list[Piece] = list(beginning(guide, imprint))
    for each in blocks_of(guide, *TO_FILL_IN):
        pieces.append(said("heading", each.value["title"]))
        if each.block_type == "model_text":
            pieces += read(each.value["text"].source, numbers)
        else:
            pieces += _ticks(each.value, numbers)
    if is_training(guide):
        pieces += _handout(guide, imprint, numbers)
    return imprint, [*pieces, *sources_of(guide, imprint, on_new_page=is_training(guide))]


def lesson(guide: GuidePage, numbers: dict[str, int]) -> list[Slide]:
    """Return the parts of a lesson: its slides, or its sections where it has none."""
    slides = [slide for each in blocks_of(guide, "slides") for slide in each.value["entries"]]
    if not slides:
        return list(_sections(guide, numbers))
    return [
        Slide(
            clean_line(clean(slide["title"])),
            points := read(slide["points"].source, numbers),
            read(slide["notes"].source, numbers),
            points,
            slide["minutes"],
        )
        for slide in slides
    ]


def outcomes(guide: GuidePage, numbers: dict[str, int]) -> list[Paragraph]:
    """Return what somebody can do afterwards, as the items of a list."""
    points = [each for block in blocks_of(guide, "outcomes") for each in block.value["entries"]]
    return [each for point in points for each in read(point.source, numbers, "bullet")]


def exercise_name(value: Any) -> str:
    """Return what an exercise is called, e.g. "Exercise: Twenty devices"."""
    if title := clean_line(clean(value["title"])):
        return _("Exercise: %(title)s") % {"title": title}
    return _("Exercise")


def tables(guide: GuidePage) -> list[Table]:
    """Return the tables of a guide as a workbook holds them."""
    numbers = numbers_of(guide)
    return [_table(each.value, numbers) for each in blocks_of(guide, "table")]


def _ticks(value: Any, numbers: dict[str, int]) -> Iterator[Paragraph]:
    for entry in value["entries"]:
        lines = read(entry["text"].source, numbers, "tick")
        yield from lines[:1]
        for line in lines[1:]:
            yield Paragraph("hint", line.runs)
        yield from read(entry["hint"].source, numbers, "hint")


def _handout(guide: GuidePage, imprint: Imprint, numbers: dict[str, int]) -> Iterator[Piece]:
    """Yield what learners are given, in which order it runs, and each exercise with its answer."""
    parts = lesson(guide, numbers)
    exercises = [each.value for each in blocks_of(guide, "exercise")]
    # Translators: what learners are given on paper.
    yield imprint.heading(_("Handout"), on_new_page=is_to_fill_in(guide))
    if points := outcomes(guide, numbers):
        yield said("subheading", _("What you can do afterwards"), imprint.ours)
        yield from points
    for part in parts:
        yield said("subheading", part.title)
        yield from part.handout
    order = [(part.title, part.minutes) for part in parts]
    if not blocks_of(guide, "slides"):  # which say themselves when something is done alone
        order += [(exercise_name(each), each["minutes"]) for each in exercises]
    if order:
        # Translators: the parts of a lesson, one after the other, with their minutes.
        yield imprint.heading(_("Running order"), on_new_page=True)
        yield _running_order(order, imprint)
    for each in exercises:
        yield said("heading", exercise_name(each), on_new_page=True)
        yield from read(each["question"].source, numbers)
        yield imprint.heading(_("Answer"), on_new_page=True)
        yield from read(each["answer"].source, numbers)


def _running_order(parts: list[tuple[str, int | None]], imprint: Imprint) -> Grid:
    """Return a table of parts and minutes; a cell is left to fill in where nobody said how many."""

    def ours(words: str) -> Run:
        return Run(clean(words), language=imprint.ours)

    rows = [(ours(pgettext("of a lesson", "Part")), ours(_("Minutes")))]
    rows += [(Run(title), Run(str(minutes or ""))) for title, minutes in parts]
    if total := sum(minutes or 0 for _title, minutes in parts):
        # Translators: in the last row of a table, before how many minutes a lesson takes.
        rows.append((ours(_("In all")), Run(str(total))))
    return Grid(tuple(rows))


def _sections(guide: GuidePage, numbers: dict[str, int]) -> Iterator[Slide]:
    """
    Yield the sections of a text as parts of a lesson: its lists are shown, all of it is said.

    Of a section without a list its first paragraph is shown.
    """
    title = ""
    text: list[Paragraph] = []
    for each in guide.body:
        if each.block_type == "heading" and each.value["level"] == "h2":
            if title and text:
                yield _section(title, text)
            title, text = each.value["text"], []
        elif each.block_type == "heading":
            text.append(said("bullet", each.value["text"]))
        elif each.block_type == "paragraph":
            text += read(each.value.source, numbers)
        elif each.block_type == "drawing":
            text += _drawn(each.value["drawing"], guide.written_in)
        elif each.block_type == "steps":
            for step in each.value["steps"]:
                text.append(said("bullet", step["title"]))
                text += read(step["text"].source, numbers)
    if title and text:
        yield _section(title, text)


def _drawn(name: str, language: str) -> Iterator[Paragraph]:
    """Yield what stands in the place of a drawing: its title, and what it says in words."""
    if found := drawing(name, language):
        other = "" if found.language == language else found.language
        yield said("text", f"{found.title}. {found.description}", other)


def _section(title: str, text: list[Paragraph]) -> Slide:
    points = [each for each in text if each.kind in ("bullet", "number")]
    return Slide(clean_line(clean(title)), points or text[:1], text, text)


def _table(value: Any, numbers: dict[str, int]) -> Table:
    return Table(
        caption=clean_line(clean(value.caption or "")),
        head=[clean_line(clean(column["heading"] or "")) for column in value.columns],
        rows=[[_cell(cell.value, numbers) for cell in row] for row in value.rows],
        heads_rows=bool(value.columns) and value.columns[0]["block"].name == "row_heading",
    )


def _cell(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, RichText):
        return words_of(read(value.source, numbers))
    return clean(value) if isinstance(value, str) else value
