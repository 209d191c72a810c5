"""
The kinds of guide: what each is for, what it starts from, and what it is not submitted without.

A kind is a term of the vocabulary of document types; this table says what follows from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from knowledge.guides.kinds import starters
from portal.taxonomy.vocabularies import DOCUMENT_TYPE


@dataclass(frozen=True)
class Need:
    """One of these blocks, and what an editor is told where there is none."""

    any_of: tuple[str, ...]
    told: Promise


@dataclass(frozen=True)
class Kind:
    """
    What a kind of guide is for, what it holds, what it needs, and its starter blocks.

    One that tells others what to do says in one line what it is in law.
    """

    purpose: Promise
    holds: Promise
    starter: Callable[[], starters.Blocks]
    needs: tuple[Need, ...] = ()
    tells_what_to_do: bool = True


LIMITS = Need(
    ("not_settled",),
    _("Add a block “What this does not settle”: whoever acts on this must know where it ends."),
)

KINDS: dict[str, Kind] = {
    "law": Kind(
        _("Explains a law that binds: whom, since when, and where to read it."),
        _("Sections on what it says and whom it binds, each with a citation."),
        starters.law,
    ),
    "guidance": Kind(
        _("Tells officials or firms how to do one job."),
        _("For whom it is, numbered steps, and what it does not settle."),
        starters.guidance,
        (LIMITS,),
    ),
    "best-practice": Kind(
        _("Shows what has worked, where, and for whom."),
        _("What others do, numbered steps, and what it does not settle."),
        starters.best_practice,
        (LIMITS,),
    ),
    "checklist": Kind(
        _("Lines to tick while somebody works."),
        _("When to use it, a checklist, and what it does not settle."),
        starters.checklist,
        (Need(("checklist",), _("Add a block “Checklist” with the lines to tick.")), LIMITS),
    ),
    "template": Kind(
        _("A letter, a clause or a form that somebody takes over."),
        _("A model text with blanks or a file, how to fill it, and what it does not settle."),
        starters.template,
        (
            Need(
                ("model_text", "document"),
                _("Add a block “Model text” or “File to download”: the template itself."),
            ),
            LIMITS,
        ),
    ),
    "case-study": Kind(
        _("One case from beginning to end, to learn from."),
        _("A case that says whether it is fictional, a question, and what follows."),
        starters.case_study,
        (Need(("case",), _("Add a block “Case” that says whether the case is fictional.")),),
        tells_what_to_do=False,
    ),
    "training": Kind(
        _("A lesson, for one person or a group."),
        _("What one can do afterwards, the lesson, and an exercise with its answer."),
        starters.training,
        (
            Need(
                ("outcomes",),
                _("Add a block “What you can do afterwards”: people choose a lesson by it."),
            ),
            Need(("exercise",), _("Add a block “Exercise” with its answer.")),
        ),
        tells_what_to_do=False,
    ),
    "report": Kind(
        _("Says what was found or counted, and how."),
        _("What was looked at, what was found, a table, and what is not known."),
        starters.report,
        tells_what_to_do=False,
    ),
}


@dataclass(frozen=True)
class Choice:
    """A kind as an editor chooses it."""

    key: str
    label: Promise | str
    purpose: Promise
    holds: Promise


def choices() -> list[Choice]:
    """Return the kinds in the order of the vocabulary."""
    named = dict(DOCUMENT_TYPE.choices)
    return [Choice(key, named[key], each.purpose, each.holds) for key, each in KINDS.items()]


def lacking(
    raw: list[dict[str, Any]], key: str, published: list[dict[str, Any]] | None = None
) -> list[str]:
    """
    Say in sentences what a text of a kind lacks to be submitted, and which hints are left in it.

    `raw` is what its stream keeps, `published` the same of the text of this kind that readers have:
    what that lacks too is not asked for, so that a spelling in it can be mended. An unknown or
    empty key asks for nothing.
    """
    needs = KINDS[key].needs if key in KINDS else ()
    unmet = [need for need in needs if not _meets(raw, need)]
    if published is not None:
        unmet = [need for need in unmet if _meets(published, need)]
    told = [str(need.told) for need in unmet]
    if left := next(starters.hints_in(raw), ""):
        told.append(
            __("“%(hint)s” is a hint of the starter text. Write your own words there.")
            % {"hint": left}
        )
    return told


def _meets(raw: list[dict[str, Any]], need: Need) -> bool:
    return any(each["type"] in need.any_of for each in raw)


def needs_legal_status(key: str) -> bool:
    """Say whether a kind tells others what to do: it is not submitted without its legal status."""
    return key in KINDS and KINDS[key].tells_what_to_do


def starter(key: str) -> starters.Blocks:
    """Return the blocks that a guide of this kind starts from, in the language in force."""
    return KINDS[key].starter()


__all__ = ["KINDS", "Choice", "Kind", "Need", "choices", "lacking", "needs_legal_status", "starter"]
