"""
A draft national action plan as DOCX, to be gone on with in a text program.

It follows the fields of the 1540 matrix, which many states have filled in already. What is not
known comes first: a question to ask is the first step.
"""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.guide_files.formats.imprint import Imprint
from knowledge.guide_files.formats.pieces import Grid, Paragraph, Piece, Run, clean, said
from knowledge.guide_files.formats.word import written
from knowledge.self_assessment.answers import Answers
from knowledge.self_assessment.criteria import YES, Subject
from knowledge.self_assessment.presenters import StageRow, in_order_of_the_plan, stage_rows


def plan(asked: Subject, answers: Answers) -> bytes:
    """Return the draft of a state, in the language in use."""
    language = get_language() or settings.LANGUAGE_CODE
    imprint = Imprint(
        title=_("Draft national action plan"),
        language=language,
        ours="",
        owner="",
        address="",
        day=timezone.now().date(),
        version="",
    )
    return written(imprint, pieces(asked, answers, imprint))


def pieces(asked: Subject, answers: Answers, imprint: Imprint) -> Iterator[Piece]:
    """Yield the draft from its title to its last stage."""
    rows = stage_rows(asked, answers)
    yield said("title", imprint.title)
    yield said("text", _("Export controls and human rights"))
    yield said("small", _("Made on %(day)s from a self-assessment.") % _day(imprint))
    yield said(
        "small",
        _(
            "This is a draft for discussion in your government. It is a fact, not a grade: it says "
            "what is in place and what comes next. Change whatever does not fit."
        ),
    )
    yield said(
        "small",
        _(
            "Fields of the 1540 matrix are named so that you can use what your state has reported "
            "already. The matrix is about weapons of mass destruction: what concerns "
            "surveillance technology and human rights goes beyond it."
        ),
    )
    yield from _questions([row for row in rows if row.to_ask])
    yield said("heading", _("What comes next"))
    coming = in_order_of_the_plan(rows)
    if not coming:
        yield said("text", _("All statements are true. Plan when you look again."))
    for row in coming:
        yield said("subheading", row.part.title)
        yield _steps(row)
    yield said("heading", _("When we look again"))
    yield said("text", _("Answer the same statements in a year, and compare with your file."))


def _questions(rows: Sequence[StageRow]) -> Iterator[Piece]:
    if not rows:
        return
    yield said("heading", _("Questions to ask first"))
    yield said("text", _("Nobody could say yet whether these statements are true."))
    for row in rows:
        yield said("subheading", row.part.title)
        yield said("text", row.part.ask)
        for each in row.to_ask:
            yield Paragraph("tick", (Run(clean(each.text)),))


def _steps(row: StageRow) -> Grid:
    """Return what is planned for a stage: what is known is written in, the rest is left open."""
    in_place = [
        each.text for each, mark in zip(row.part.statements, row.marks, strict=True) if mark == YES
    ]
    assert row.next is not None
    told = [
        (_("Field"), _("What we plan")),
        (_("Fields of the 1540 matrix"), row.part.matrix),
        (_("In place today"), "\n".join(in_place)),
        (_("Next step: make this true"), row.next.text),
        (_("Who is responsible"), ""),
        (_("Who takes part"), ""),
        (_("By when"), ""),
        (_("Help that we need"), ""),
    ]
    return Grid(tuple((Run(clean(head)), Run(clean(words))) for head, words in told))


def _day(imprint: Imprint) -> dict[str, str]:
    return {"day": date_format(imprint.day)}
