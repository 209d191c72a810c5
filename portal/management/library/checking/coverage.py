"""The library as a whole: the titles of the plan, the cells of stage and level, and lengths."""

from collections.abc import Iterator

from knowledge.sources.marks import TYPED
from portal.management.library.checking import shapes
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import WRITTEN_IN, Library
from portal.management.library.checking.reading import (
    Document,
    Part,
    said,
    texts,
    texts_within,
)
from portal.taxonomy.vocabularies import LEVEL, STAGE

# Least and most words by priority. What is read counts: exercises and model texts stand beside it.
WORDS = {1: (700, 1500), 2: (350, 850)}
NOT_COUNTED = ("exercise", "template", "figure")
PLAN = shapes.Shape(
    {"in_all_languages": shapes.texts, "guide": lambda value: "" if value else "is empty."}
)
PLANNED = shapes.Shape({"slug": shapes.text, "priority": shapes.number})


def faults(library: Library) -> Iterator[Fault]:
    if library.plan:
        yield from _plan(library, library.plan)
        yield from _cells(library, library.plan)
    for slug, document in library.in_english():
        part = library.planned.get(slug)
        priority = part.entry.get("priority") if part else None
        least, most = WORDS.get(priority, (0, 0)) if isinstance(priority, int) else (0, 0)
        many = words_of(document)
        if most and not least <= many <= most:
            heads = document.parts("block")
            text = f"It has {many} words besides exercises and model texts"
            line = heads[0].line if heads else 1
            yield Fault(document.path, line, f"{text}: write {least} to {most}.", (slug,))


def words_of(document: Document) -> int:
    """Return how many words a guide has besides its exercises, model texts and citations."""
    return sum(
        len(TYPED.sub("", text).split())
        for part in document.parts("block")
        if part.entry.get("type") not in NOT_COUNTED
        for name, value in part.entry.items()
        if name != "type"
        for text in texts_within(value)
    )


def _plan(library: Library, plan: Document) -> Iterator[Fault]:
    for field, text in PLAN.lapses(plan.entry):
        # A misspelt table stands further down.
        heads = plan.parts(field)
        line = heads[0].line if heads else plan.line_of(field, plan.whole)
        yield Fault(plan.path, line, text)
    seen: set[str] = set()
    for part in plan.parts("guide"):
        slug = said(part.entry.get("slug"))
        for line, text in _planned(library, plan, part):
            yield Fault(plan.path, line, text)
        if slug in seen:
            yield Fault(plan.path, part.line, f"“{slug}” stands twice: keep one.")
        seen.add(slug)
    line = plan.line_of("in_all_languages", plan.whole)
    for slug in library.in_all_languages:
        if slug not in seen:
            text = f"“in_all_languages” names “{slug}”, which is not planned: add it below."
            yield Fault(plan.path, line, text)
    for slug in sorted(library.slugs - seen):
        path = next(iter(sorted((library.folder / "guides").glob(f"{slug}.*"))))
        text = "This guide is not in plan.toml: add it there with its priority."
        yield Fault(path, 1, text, (slug,))


def _planned(library: Library, plan: Document, part: Part) -> Iterator[tuple[int, str]]:
    for field, text in PLANNED.lapses(part.entry):
        yield plan.line_of(field, part), text
    slug, priority = said(part.entry.get("slug")), part.entry.get("priority")
    if isinstance(priority, int) and priority not in WORDS:
        yield plan.line_of("priority", part), "“priority” must be 1 or 2."
    if slug and not (library.folder / "guides" / f"{slug}.{WRITTEN_IN}.toml").exists():
        line = plan.line_of("slug", part)
        name = f"guides/{slug}.{WRITTEN_IN}.toml"
        yield line, f"The guide “{slug}” is planned and missing: write {name}."


def _cells(library: Library, plan: Document) -> Iterator[Fault]:
    filled = {
        (stage, said(document.entry.get("level")))
        for _slug, document in library.in_english()
        for stage in texts(document.entry.get("stages"))
    }
    for stage in STAGE.keys:
        for level in LEVEL.keys:
            if (stage, level) not in filled:
                text = f"No guide is for the stage “{stage}” at level {level}: write one."
                yield Fault(plan.path, 1, text)
