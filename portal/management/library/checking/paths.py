"""Learning paths: what stands above their modules, the modules, and each answer of a quiz."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.management.library.checking import shapes
from portal.management.library.checking.addresses import mirrors
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.guides import (
    SUMMARY,
    TITLE,
    VOCABULARIES,
    lapses_above,
    misnamed,
    unknown_terms,
)
from portal.management.library.checking.library import TRANSLATIONS, WRITTEN_IN, Library
from portal.management.library.checking.reading import Document, Part, Value, said, tables

TERMS = {name: VOCABULARIES[name] for name in ("audiences", "level")}


def minutes(value: Value) -> str:
    is_fit = not shapes.number(value) and isinstance(value, int) and 5 <= value <= 600
    return "" if is_fit else "must be a whole number from 5 to 600."


def some_tables(least: int, most: int, what: str) -> shapes.Test:
    """Return a test of how many tables a list has; it has nothing else."""

    def test(value: Value) -> str:
        is_fit = isinstance(value, list) and least <= len(tables(value)) == len(value) <= most
        return "" if is_fit else f"must be {least} to {most} {what}."

    return test


@dataclass(frozen=True)
class Shapes:
    """The fields of a path, a module and an answer in a file."""

    path: shapes.Shape
    module: shapes.Shape
    answer: shapes.Shape


# As much as the editor takes.
HEAD: dict[str, shapes.Test] = {"title": TITLE, "summary": SUMMARY}
MODULES = some_tables(1, 30, "tables [[module]]")
MODULE: dict[str, shapes.Test] = {
    "why": shapes.within(1, 400),
    "question": some_tables(1, 5, "tables [[module.question]]"),
}
EXERCISE: dict[str, shapes.Test] = {"exercise": shapes.within(1, 400)}
QUESTION = shapes.Shape(
    {"text": shapes.within(1, 300), "options": some_tables(2, 6, "answers in braces")}
)
ANSWER: dict[str, shapes.Test] = {"text": shapes.within(1, 300), "why": shapes.within(1, 500)}
WRITTEN = Shapes(
    shapes.Shape(
        {
            **HEAD,
            "slug": shapes.text,
            "language": shapes.text,
            "audiences": shapes.some_texts,
            "level": shapes.text,
            "module": MODULES,
        }
    ),
    shapes.Shape({**MODULE, "guide": shapes.text, "minutes": minutes}, EXERCISE),
    shapes.Shape(ANSWER, {"right": shapes.truth}),
)
# Texts alone: all else stands in the English once. Its modules may be missing as a whole.
TRANSLATED = Shapes(
    shapes.Shape(HEAD, {"language": shapes.text, "module": MODULES}),
    shapes.Shape(MODULE, EXERCISE),
    shapes.Shape(ANSWER),
)


def faults(library: Library) -> Iterator[Fault]:
    for slug, languages in library.paths.items():
        english = languages.get(WRITTEN_IN)
        for language, document in languages.items():
            whole = Part(1, len(document.lines), document.entry)
            found = [*misnamed(document, slug, language), *mirrors(document, whole)]
            if language == WRITTEN_IN:
                found += _of(document, WRITTEN)
                found += unknown_terms(document, TERMS)
                found += _guides(document, library.slugs)
                found += _right_answers(document)
            else:
                found += _of(document, TRANSLATED)
                found += _same_places(document, english) if english else ()
            for line, text in found:
                yield Fault(document.path, line, text)
        yield from _missing(library, slug)


def _of(document: Document, wanted: Shapes) -> Iterator[tuple[int, str]]:
    """Yield what is missing, misspelt or of another kind, from the head to each answer."""
    yield from lapses_above(document, wanted.path)
    for part in document.parts("module"):
        for field, text in wanted.module.lapses(part.entry):
            yield document.line_of(field, part), f"Module: {text}"
    for part in _questions(document):
        for field, text in QUESTION.lapses(part.entry):
            yield document.line_of(field, part), f"Question: {text}"
        for answer in tables(part.entry.get("options")):
            told = said(answer.get("text")) or said(answer.get("why"))
            line = document.line_with(f'"{told[:40]}', part)
            for _field, text in wanted.answer.lapses(answer):
                yield line, f"Answer: {text}"


def _questions(document: Document) -> list[Part]:
    return [part for parts in document.parts_in("module", "question") for part in parts]


def _guides(document: Document, slugs: set[str]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for part in document.parts("module"):
        slug = said(part.entry.get("guide"))
        line = document.line_of("guide", part)
        if slug and slug not in slugs:
            yield line, f"“{slug}” is no guide of the library: name one that is."
        if slug and slug in seen:
            yield line, f"“{slug}” stands in two modules: keep one of them."
        seen.add(slug)


def _right_answers(document: Document) -> Iterator[tuple[int, str]]:
    for part in _questions(document):
        right = [each for each in tables(part.entry.get("options")) if each.get("right") is True]
        if len(right) != 1:
            text = f"{len(right)} answers of this question are right: mark exactly one."
            yield document.line_of("options", part), text


def _same_places(document: Document, english: Document) -> Iterator[tuple[int, str]]:
    """Yield where modules, exercises, questions or answers are not as many as in English."""
    modules, originals = document.parts("module"), english.parts("module")
    if not modules:
        return
    if len(modules) != len(originals):
        text = f"It has {len(modules)} modules and the English {len(originals)}"
        yield modules[-1].line, f"{text}: make them the same, or take all of them out."
        return
    pairs = zip(modules, originals, strict=True)
    for part, original in pairs:
        if ("exercise" in part.entry) != ("exercise" in original.entry):
            line = document.line_of("exercise", part)
            yield line, "An exercise stands here or in English alone: make them the same."
    quizzes = zip(
        document.parts_in("module", "question"),
        english.parts_in("module", "question"),
        modules,
        strict=True,
    )
    for here, there, module in quizzes:
        if len(here) != len(there):
            text = f"This module has {len(here)} questions and the English {len(there)}"
            yield module.line, f"{text}: make them the same."
            continue
        for part, original in zip(here, there, strict=True):
            many, wanted = (len(tables(each.entry.get("options"))) for each in (part, original))
            if many != wanted:
                line = document.line_of("options", part)
                text = f"This question has {many} answers and the English {wanted}"
                yield line, f"{text}: make them the same."


def _missing(library: Library, slug: str) -> Iterator[Fault]:
    """Yield each language that a path has no file in; one that cannot be read is told apart."""
    first = next(iter(library.paths[slug].values())).path
    for language in (WRITTEN_IN, *TRANSLATIONS):
        path = first.with_name(f"{slug}.{language}.toml")
        if not path.exists():
            what = "all of the path" if language == WRITTEN_IN else "at least title and summary"
            yield Fault(first, 1, f"There is no {path.name}: write it, with {what}.")
