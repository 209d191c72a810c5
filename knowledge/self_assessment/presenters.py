"""Results as they are shown on the page, in the PDF and in the draft plan: rows of words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knowledge.guides.facets import teaching_href
from knowledge.self_assessment import queries
from knowledge.self_assessment.answers import (
    Answers,
    count_of,
    first_things,
    level_of,
    next_of,
    open_of,
    to_ask,
)
from knowledge.self_assessment.criteria import (
    CHECKED_IN,
    LEVELS,
    NO,
    STATES,
    WORDS,
    Part,
    Statement,
    Subject,
)
from knowledge.self_assessment.queries import Guides
from portal.cms.shelves import Teaser
from portal.proofreading.notices import WORDS as OF_REVIEWS
from portal.proofreading.notices import ReviewNotice
from portal.proofreading.reviews import Standing as Review
from portal.taxonomy.vocabularies import LEVEL


@dataclass(frozen=True)
class Standing:
    """
    Level of a stage, "0" to "4", and whether it is known.

    It is not known where the statement that comes next is open, or nobody knows it: then the level
    is at least this one.
    """

    level: str
    is_known: bool

    @property
    def words(self) -> str:
        """Return it as a page says it; a level of which nothing is known is no level."""
        told = {"level": self.level, "word": LEVEL.label_of(self.level)}
        if self.is_known:
            return _("Level %(level)s of 4: %(word)s") % told
        if self.level == "0":
            return _("Not known yet")
        return _("At least level %(level)s of 4: %(word)s") % told


def standing(stage: Part, answers: Answers) -> Standing:
    """Return where a stage stands."""
    coming = next_of(stage, answers)
    return Standing(level_of(stage, answers), not coming or answers.get(coming.key) == NO)


@dataclass(frozen=True)
class StageRow:
    """
    A stage as a state stands in it, and what comes next.

    `marks` are the answers to its four statements, "" where there is none. `then` is how it stood
    in an earlier file, None without one. Where nothing comes next all four statements are true.
    """

    part: Part
    now: Standing
    marks: tuple[str, ...]
    next: Statement | None
    to_ask: Sequence[Statement]
    guides: Sequence[Teaser]
    learn_href: str
    then: Standing | None = None

    @property
    def answers(self) -> list[tuple[Statement, str]]:
        """Return each statement with its answer in words."""
        pairs = zip(self.part.statements, self.marks, strict=True)
        return [(each, in_words(mark)) for each, mark in pairs]

    @property
    def change(self) -> str:
        """Return how the level is to the earlier one, in words; "" where that is not known."""
        then, now = self.then, self.now
        if then and then.is_known and now.level > then.level:
            return _("Higher than before")
        if then and now.is_known and now.level < then.level:
            return _("Lower than before")
        is_same = then and then.is_known and now.is_known
        return _("The same as before") if is_same and now == then else ""


@dataclass(frozen=True)
class StepRow:
    """
    A step of a company's check: each question with its answer in words, and what is open.

    `then` are the answers of an earlier file in words, "" where there is none.
    """

    part: Part
    answers: Sequence[tuple[Statement, str]]
    open: Sequence[Statement]
    guides: Sequence[Teaser]
    then: Sequence[str]


@dataclass(frozen=True)
class Progress:
    """A part in the list of all: how many of its statements were answered."""

    part: Part
    done: int

    @property
    def number(self) -> int:
        return len(self.part.statements)


def translation_unchecked(path: str) -> ReviewNotice | None:
    """Return what a page at `path` says where no native reader has checked its language."""
    if get_language() in CHECKED_IN:
        return None
    original = settings.LANGUAGE_CODE
    return ReviewNotice(OF_REVIEWS[Review.NOT_READ], translate_url(path, original), original)


def in_words(answer: str) -> str:
    """Return an answer in words, "" too."""
    return str(WORDS[answer]) if answer else _("Not answered")


def said(answers: Answers, statement: Statement) -> str:
    """Return the answer to a statement in words."""
    return in_words(answers.get(statement.key, ""))


def stage_rows(
    subject: Subject, answers: Answers, before: Answers | None = None, guides: Guides = ()
) -> list[StageRow]:
    """Return every stage, in order. `guides` are all those to choose from."""
    return [_stage_row(part, answers, before, guides) for part in subject.parts]


def _stage_row(part: Part, answers: Answers, before: Answers | None, guides: Guides) -> StageRow:
    coming = next_of(part, answers)
    wanted = coming.level if coming else LEVELS[-1]
    return StageRow(
        part=part,
        now=standing(part, answers),
        marks=tuple(answers.get(each.key, "") for each in part.statements),
        next=coming,
        to_ask=to_ask(part, answers),
        guides=[each.entry() for each in queries.of_stage(guides, part.key, wanted)],
        learn_href=teaching_href([("stage", part.key)]),
        then=None if before is None else standing(part, before),
    )


def step_rows(
    subject: Subject, answers: Answers, before: Answers | None = None, guides: Guides = ()
) -> list[StepRow]:
    """Return every step, in order; guides only where something is open."""
    return [_step_row(part, answers, before, guides) for part in subject.parts]


def _step_row(part: Part, answers: Answers, before: Answers | None, guides: Guides) -> StepRow:
    is_open = open_of(part, answers)
    found = queries.for_exporters(guides, part.stages) if is_open else []
    return StepRow(
        part=part,
        answers=[(each, said(answers, each)) for each in part.statements],
        open=is_open,
        guides=[each.entry() for each in found],
        then=["" if before is None else said(before, each) for each in part.statements],
    )


def rows_of(
    subject: Subject, answers: Answers, before: Answers | None = None, guides: Guides = ()
) -> Sequence[StageRow] | Sequence[StepRow]:
    """Return the rows of a state's stages or of a company's steps."""
    make = stage_rows if subject.key == STATES else step_rows
    return make(subject, answers, before, guides)


def in_order_of_the_plan(rows: Sequence[StageRow]) -> list[StageRow]:
    """
    Return the stages in which something comes next, as a plan has them.

    First those of which something is not known, since asking comes first; then the lowest level.
    """
    left = [row for row in rows if row.next]
    return sorted(left, key=lambda row: (not row.to_ask, row.now.level, row.part.number))


def progress(subject: Subject, answers: Answers) -> list[Progress]:
    """Return every part with how much of it was answered."""
    return [Progress(part, count_of(part, answers)) for part in subject.parts]


def actions_of(subject: Subject, answers: Answers) -> list[tuple[Statement, str]]:
    """Return what a company does next, the most severe first, each with what was answered."""
    return [(each, said(answers, each)) for each in first_things(subject, answers)]


def rests_on(part: Part, statement: Statement) -> list[str]:
    """Return by which principles and in which step of the OECD a question stands, in words."""
    principle = _("UN Guiding Principles, principle %(number)d")
    told = [principle % {"number": each} for each in statement.principles]
    return [*told, _("OECD Due Diligence Guidance, step %(number)d") % {"number": part.number}]
