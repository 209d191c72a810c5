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
from portal.proofreading.reviews import Standing
from portal.taxonomy.vocabularies import LEVEL


@dataclass(frozen=True)
class StageRow:
    """
    A stage as a state stands in it: its level and the level's word, and what comes next.

    `marks` are the answers to its four statements, "" where there is none. `then` is the level of
    an earlier file, "" without one. Where nothing comes next all four statements are true.
    """

    part: Part
    level: str
    word: str
    marks: tuple[str, ...]
    next: Statement | None
    to_ask: Sequence[Statement]
    guides: Sequence[Teaser]
    learn_href: str
    then: str = ""

    @property
    def answers(self) -> list[tuple[Statement, str]]:
        """Return each statement with its answer in words."""
        pairs = zip(self.part.statements, self.marks, strict=True)
        return [(each, in_words(mark)) for each, mark in pairs]

    @property
    def then_word(self) -> str:
        return LEVEL.label_of(self.then)

    @property
    def change(self) -> str:
        """Return how the level is to the earlier one, in words."""
        if self.level == self.then:
            return _("The same as before")
        return _("Higher than before") if self.level > self.then else _("Lower than before")


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
    return ReviewNotice(OF_REVIEWS[Standing.NOT_READ], translate_url(path, original), original)


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
    level, coming = level_of(part, answers), next_of(part, answers)
    wanted = coming.level if coming else LEVELS[-1]
    return StageRow(
        part=part,
        level=level,
        word=LEVEL.label_of(level),
        marks=tuple(answers.get(each.key, "") for each in part.statements),
        next=coming,
        to_ask=to_ask(part, answers),
        guides=[each.entry() for each in queries.of_stage(guides, part.key, wanted)],
        learn_href=teaching_href([("stage", part.key)]),
        then="" if before is None else level_of(part, before),
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
    return sorted(left, key=lambda row: (not row.to_ask, row.level, row.part.number))


def progress(subject: Subject, answers: Answers) -> list[Progress]:
    """Return every part with how much of it was answered."""
    return [Progress(part, count_of(part, answers)) for part in subject.parts]


def actions_of(subject: Subject, answers: Answers) -> list[tuple[Statement, str]]:
    """Return what a company does next, the most severe first, each with what was answered."""
    return [(each, said(answers, each)) for each in first_things(subject, answers)]


def rests_on(part: Part, statement: Statement) -> list[str]:
    """Return what a question rests on, in words: principles, the step of the OECD, documents."""
    told = [
        _("UN Guiding Principles, principle %(number)d") % {"number": each}
        for each in statement.principles
    ]
    told.append(_("OECD Due Diligence Guidance, step %(number)d") % {"number": part.number})
    return [*told, *statement.sources]
