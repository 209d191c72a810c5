"""Each lapse in the library's files is found, with its file and line and what to do."""

from typing import NamedTuple

import pytest

from portal.management.library.checking import (
    LIBRARY,
    Fault,
    faults_of,
    guides_with_faults,
    paths_with_faults,
)
from portal.management.library.checking.library import Library
from tests.portal.management.library.files import SLUGS, change, line_of, write_library

FIRST, SECOND = "guides/first.en.toml", "guides/second.en.toml"
FRENCH = "guides/first.fr.toml"
SOURCES, POINTS, PLAN, TITLES = "sources.toml", "points.toml", "plan.toml", "titles.ru.toml"
MOVED, FIGURE, DRAWING = "moved.toml", "figures/box.toml", "figures/box.svg"
WAY, CHEMIN, PUT = "paths/way.en.toml", "paths/way.fr.toml", "paths/way.ru.toml"
LAST = "the last line"


class Lapse(NamedTuple):
    """
    Words put in the place of others, the words of the line that is named, and a word of the fault.

    `shown` is the file that is named, where it is another.
    """

    file: str
    old: str
    new: str
    at: str
    says: str
    shown: str = ""


QUESTION = """\
[[module.question]]
text = "What then?"
options = [
  {text = "Keep it", right = true, why = "Many do."},
  {text = "Burn it", why = "Then it is gone."},
]
"""
IN_FRENCH = '[[module]]\nwhy = "It comes next."\n' + QUESTION.replace("right = true, ", "")
LAPSES = {
    "no TOML": Lapse(SECOND, 'level = "1"', 'level = "1', 'level = "1', "not TOML"),
    "misspelt field": Lapse(SECOND, "jurisdiction =", "juristdiction =", "juristd", "jurisdiction"),
    "unknown field": Lapse(SECOND, "owner =", 'colour = "red"\nowner =', "colour", "take it out"),
    "no title": Lapse(
        SECOND, 'title = "The second guide in en"\n', "", "slug =", "“title” is missing"
    ),
    "empty title": Lapse(SECOND, '"The second guide in en"', '""', "title =", "is empty"),
    "title too long": Lapse(SECOND, "The second", "The " + "x" * 120, "title =", "110"),
    "summary too short": Lapse(
        SECOND, "What to do on the second day, in en.", "Do", "summary", "10"
    ),
    "no legal status": Lapse(
        SECOND, 'legal_status = "It binds nobody."\n', "", "slug", "legal_status"
    ),
    "no owner": Lapse(SECOND, 'owner = "A desk"', 'owner = ""', "owner", "is empty"),
    "text for a list": Lapse(SECOND, '["customs"]', '"customs"', "audiences", "square brackets"),
    "no stage": Lapse(SECOND, '"legislation"', '"legislature"', "stages", "legislature"),
    "no level": Lapse(SECOND, 'level = "1"', 'level = "7"', "level =", "“7” is no term"),
    "no kind": Lapse(SECOND, '"guidance"', '"poem"', "document_type", "poem"),
    "no audience": Lapse(SECOND, '["customs"]', '["sailors"]', "audiences", "sailors"),
    "no technology": Lapse(SECOND, '["drones"]', '["kites"]', "technologies", "kites"),
    "no commitment": Lapse(SECOND, '["capacity"]', '["charity"]', "commitments", "charity"),
    "no right": Lapse(SECOND, '["privacy"]', '["holidays"]', "rights =", "holidays"),
    "no entry of a list": Lapse(SECOND, "5A001.f", "5.A.1.f", "entries", "5.A.1.f"),
    "moved to no guide": Lapse(MOVED, '"first"', '"1st"', "to =", "1st"),
    "moved and here": Lapse(MOVED, '"zeroth"', '"third"', "from =", "third"),
    "moved from nowhere": Lapse(MOVED, 'from = "zeroth"\n', "", "[[moved]]", "from"),
    "misspelt table of blocks": Lapse(SECOND, "[[note]]", "[[nte]]", "[[nte]]", "“note”"),
    "misspelt table of sources": Lapse(SOURCES, "[[source]]", "[[sorce]]", "[[sorce]]", "[[source"),
    "misspelt table of points": Lapse(POINTS, "[[point]]", "[[piont]]", "[[piont]]", "[[point]]"),
    "misspelt table of moves": Lapse(MOVED, "[[moved]]", "[[move]]", "[[move]]", "[[moved]]"),
    "misspelt table of the plan": Lapse(PLAN, "[[guide]]", "[[gude]]", "[[gude]]", "gude"),
    "citation not ended": Lapse(SECOND, "{{law-1: Art. 2}}", "{{law-1: Art. 2}", "Then", "braces"),
    "bold not ended": Lapse(SECOND, "Then write", "**Then write", "**Then", "two stars"),
    "citation above blocks": Lapse(SECOND, "binds nobody", "binds {{law-1}}", "legal", "Above"),
    "other slug": Lapse(SECOND, 'slug = "second"', 'slug = "2nd"', "slug", "name of the file"),
    "no such block": Lapse(
        SECOND, 'type = "steps"', 'type = "stairs"', 'type = "stairs"', "stairs"
    ),
    "field of a block": Lapse(SECOND, "caption =", "captoin =", "captoin", "caption"),
    "step without its text": Lapse(
        SECOND,
        '{title = "Look", text = "At the box."}',
        '{title = "Look"}',
        "items = [",
        "number 1",
    ),
    "exercise without answer": Lapse(
        SECOND, 'answer = "Nobody knows yet."\n', "", '[[block]]\ntype = "exercise"', "“answer”"
    ),
    "rows of other lengths": Lapse(
        SECOND, '["Licensing", "For whom?"]', '["Licensing"]', '["Licensing"]', "1 cells"
    ),
    "row without a name": Lapse(SECOND, '["Licensing",', '["",', "For whom?", "first cell"),
    "case of no origin": Lapse(
        SECOND, 'origin = "invented"\n', "", '[[block]]\ntype = "case"', "invented"
    ),
    "no exercise": Lapse(
        SECOND,
        'type = "exercise"\nquestion = "What is in it?"\nanswer = "Nobody knows yet."',
        'type = "text"\ntext = "What is in it?"',
        LAST,
        "no exercise",
    ),
    "nothing left open": Lapse(
        SECOND, 'type = "not-settled"', 'type = "outcomes"', LAST, "not-settled"
    ),
    "kind without its block": Lapse(SECOND, '"guidance"', '"template"', LAST, "Model text"),
    "no source": Lapse(SECOND, "{{law-1: Art. 2}}", "{{law-2: Art. 2}}", "{{law-2", "no source"),
    "no note": Lapse(
        SECOND, "{{law-1: Art. 2}}", "{{law-1: Art. 3}}", "{{law-1: Art. 3", "no note"
    ),
    "note of nothing": Lapse(
        SECOND, "Then write {{law-1: Art. 2}}", "", 'cite = "law-1: Art. 2', "out"
    ),
    "note with other words": Lapse(SECOND, "shall write", "may write", "may write", "No point"),
    "note too long": Lapse(SECOND, "shall write", "a " * 26, "a a a", "26 words"),
    "note not read anywhere": Lapse(
        SECOND, 'read_at = "the gazette"\n', "", '[[note]]\ncite = "law-1: Art. 1"', "read_at"
    ),
    "two citations": Lapse(SECOND, ", and keep it {{report-1}}", "", "sources =", "2 different"),
    "one primary": Lapse(SECOND, "{{law-1: Art. 2}}", "{{law-1}}", "sources =", "primary document"),
    "list lacks a source": Lapse(SECOND, '"law-1", ', "", "sources =", "lacks “law-1”"),
    "list has too many": Lapse(SECOND, '["law-1",', '["law-1", "law-3",', "sources =", "law-3"),
    "stands alone on a quotation": Lapse(
        POINTS, '"Art. 1"', '"Art. 1 (quoted by a blog)"', "{{law-1: Art. 1", "alone", FIRST
    ),
    "mirror in a text": Lapse(SECOND, "It is heavy.", "See docslib.org.", "See docslib", "mirror"),
    "mirror as an address": Lapse(
        SOURCES, "https://law.example/1", "https://www.scribd.com/1", "scribd.com", "mirror"
    ),
    "link to no source": Lapse(
        SECOND, "It is heavy.", "See https://other.example.", "See https", "no source"
    ),
    "no year": Lapse(
        SECOND, "It is heavy.", "The Code of Conduct has 25 states.", "The Code of", "year"
    ),
    "too short": Lapse(SECOND, "word " * 100, "", "[[block]]", "350 to 850"),
    "too long": Lapse(SECOND, "word " * 100, "word " * 900, "[[block]]", "350 to 850"),
    "source without title": Lapse(SOURCES, 'title = "A law"\n', "", "[[source]]", "title"),
    "source of no kind": Lapse(SOURCES, '"report"', '"rumour"', "rumour", "rumour"),
    "source at another's address": Lapse(
        SOURCES,
        'kind = "report"',
        'kind = "report"\naddress = "http://www.law.example/1/"',
        "http://www",
        "has this address too",
    ),
    "source at no address": Lapse(SOURCES, '"https://law', '"law', "address", "must begin with"),
    "source in capitals": Lapse(SOURCES, '"report-1"', '"Report-1"', "Report-1", "small letters"),
    "mirror in a title": Lapse(TITLES, "The second", "Scribd.com, second", "Scribd", "mirror"),
    "mirror in a figure": Lapse(FIGURE, "Heavy.", "See vdocument.in", "vdocument", "mirror"),
    "source twice": Lapse(SOURCES, '"report-1"', '"law-1"', 'key = "law-1"\ntitle = "A r', "twice"),
    "source not cited": Lapse(SOURCES, '"report-1"', '"report-2"', "report-2", "No guide cites"),
    "source read nowhere": Lapse(
        SOURCES, 'address = "https://law.example/1"\n', "", "read_on", "no address"
    ),
    "source without point": Lapse(POINTS, '"report-1"', '"law-1"', "report-1", "no point", SOURCES),
    "point too long": Lapse(POINTS, "The office shall ask.", "The " * 26, "The The", "26 words"),
    "point of no day": Lapse(POINTS, "read_on = 2026-01-02\n", "", "[[point]]", "read_on"),
    "point of no source": Lapse(POINTS, '"report-1"', '"report-9"', "report-9", "no source"),
    "not planned": Lapse(PLAN, 'slug = "second"', 'slug = "2nd"', "slug", "not in plan", SECOND),
    "planned and missing": Lapse(PLAN, 'slug = "second"', 'slug = "2nd"', "2nd", "missing"),
    "no priority": Lapse(PLAN, "priority = 2\n", "", "[[guide]]", "priority"),
    "empty cell": Lapse(SECOND, '"legislation", ', "", "in_all", "“legislation” at level 1", PLAN),
    "no title in a language": Lapse(
        TITLES, '[second]\ntitle = "The second guide in ru"\n', "[second]\n", "[second]", "title"
    ),
    "no entry in a language": Lapse(
        TITLES,
        '[second]\ntitle = "The second guide in ru"\n'
        'summary = "What to do on the second day, in ru."',
        "",
        LAST,
        "second",
    ),
    "summary too long": Lapse(TITLES, "What to do", "x" * 300, "x" * 300, "300"),
    "title of no guide": Lapse(TITLES, "[second]", "[2nd]", "[2nd]", "no guide"),
    "other entries": Lapse(FRENCH, 'entries = ["5A001.f"]\n', "", "slug", "entries"),
    "other terms": Lapse(FRENCH, '["customs"]', '["exporter"]', "audiences", "differs"),
    "other title": Lapse(FRENCH, "The first guide in fr", "Un guide", "title =", "titles.fr.toml"),
    "no language": Lapse(FRENCH, 'language = "fr"\n', "", "slug", "language"),
    "other block": Lapse(
        FRENCH, 'type = "steps"', 'type = "text"', 'type = "text"\ntitle', "steps"
    ),
    "fewer steps": Lapse(
        FRENCH, '  {title = "Call", text = "The office."},\n', "", "items = [", "1 entries"
    ),
    "other citation": Lapse(
        FRENCH, "{{law-1: Art. 2}}", "{{law-1: Art. 1}}", '[[block]]\ntype = "text"', "lacks"
    ),
    "no figure": Lapse(FIRST, '"box"', '"bag"', 'figure = "bag"', "no figure"),
    "figure of others": Lapse(FIGURE, '["first"]', '["second"]', 'figure = "box"', "list", FIRST),
    "figure not shown": Lapse(FIGURE, '["first"]', '["first", "second"]', "guides", "second"),
    "figure without desc": Lapse(
        FIGURE, 'desc = "A box with a label."\n\n[ru.words]', "[ru.words]", "[ru]", "desc"
    ),
    "figure without a language": Lapse(FIGURE, "[ru]", "[uk]", "[uk]", "uk"),
    "words without room": Lapse(
        FIGURE, '"Fragile", "ru"', '"Fragile", "very", "ru"', '"very"', "3 lines"
    ),
    "words missing": Lapse(FIGURE, 'label = ["Fragile", "ru"]\n', "", "[ru.words]", "label"),
    "drawing without desc": Lapse(DRAWING, "<desc>{{desc}}</desc>\n", "", "<svg", "desc"),
    "drawing without its words": Lapse(
        DRAWING, "{{words.label.2}}", "", "label = 2", "{{words.label.2}}", FIGURE
    ),
    "place without room": Lapse(DRAWING, "label.2", "label.3", "label.3", "no line 3"),
    "lesson without slides": Lapse(SECOND, '"guidance"', '"training"', LAST, "slides"),
    "place of nothing": Lapse(DRAWING, "{{x.12}}", "{{y}}", "{{y}}", "no place"),
    "path that is no TOML": Lapse(WAY, 'level = "0"', 'level = "0', 'level = "0', "not TOML"),
    "path without title": Lapse(WAY, 'title = "The way in en"\n', "", "slug", "“title” is missing"),
    "path without title in a language": Lapse(
        PUT, 'title = "The way in ru"\n', "", "language", "“title” is missing"
    ),
    "path with a long summary": Lapse(
        PUT, "For whoever", "For " + "x" * 300, "summary", "10 to 300"
    ),
    "path of another slug": Lapse(WAY, '"way"', '"road"', "slug", "name of the file"),
    "path in another language": Lapse(WAY, '"en"', '"fr"', "language", "“en”"),
    "path in no language": Lapse(PUT, 'language = "ru"\n', "", "title", "“ru”"),
    "path for no readers": Lapse(WAY, '["customs"]', '["sailors"]', "audiences", "sailors"),
    "path of no level": Lapse(WAY, 'level = "0"', 'level = "7"', "level", "“7” is no term"),
    "misspelt table of modules": Lapse(
        WAY, '[[module]]\nguide = "second"', '[[modul]]\nguide = "second"', "[[modul]]", "“module”"
    ),
    "mirror in a path": Lapse(WAY, "Many do.", "See scribd.com.", "scribd", "mirror"),
    "module of no guide": Lapse(WAY, '"second"', '"2nd"', "2nd", "no guide"),
    "module without a guide": Lapse(
        WAY, 'guide = "second"\n', "", "[[module]]\nminutes", "“guide” is missing"
    ),
    "guide in two modules": Lapse(
        WAY, '"second"', '"first"', 'guide = "first"\nminutes = 90', "two modules"
    ),
    "module without minutes": Lapse(WAY, "= 90", '= "90"', 'minutes = "', "5 to 600"),
    "module without a reason": Lapse(
        WAY, 'why = "It comes next."\n', "", '[[module]]\nguide = "second"', "“why” is missing"
    ),
    "module without a quiz": Lapse(
        WAY,
        '[[module.question]]\ntext = "What',
        '[[module.quiz]]\ntext = "What',
        '[[module]]\nguide = "second"',
        "quiz",
    ),
    "question without answers": Lapse(WAY, "options = [", "option = [", "option =", "options"),
    "question with one answer": Lapse(
        WAY,
        '  {text = "The box", why = "It cannot talk."},\n',
        "",
        "options",
        "2 to 6",
    ),
    "quiz without a right answer": Lapse(
        WAY, 'The office", right = true', 'The office"', "options", "0 answers"
    ),
    "quiz with two right answers": Lapse(
        WAY, 'The box"', 'The box", right = true', "options", "2 answers"
    ),
    "answer that is not quite right": Lapse(
        WAY, "right = true", 'right = "yes"', "The office", "true or false"
    ),
    "answer without a reason": Lapse(
        WAY, ', why = "It cannot talk."', "", "The box", "“why” is missing"
    ),
    "answer without a text": Lapse(WAY, 'text = "The box", ', "", "It cannot", "“text” is missing"),
    "answer without a reason in a language": Lapse(
        CHEMIN, ', why = "It cannot talk."', "", "The box", "“why” is missing"
    ),
    "right answer said twice": Lapse(
        CHEMIN, '"The office"', '"The office", right = true', "The office", "take it out"
    ),
    "guide said twice": Lapse(
        CHEMIN, 'why = "It comes n', 'guide = "second"\nwhy = "It comes n', "guide", "take it out"
    ),
    "module missing in a language": Lapse(
        CHEMIN, IN_FRENCH, "", "[[module]]", "1 modules and the English 2"
    ),
    "exercise missing in a language": Lapse(
        CHEMIN, 'exercise = "Open the box."\n', "", "[[module]]", "exercise"
    ),
    "question missing in a language": Lapse(
        WAY,
        QUESTION,
        QUESTION + QUESTION,
        '[[module]]\nwhy = "It comes next',
        "1 questions",
        CHEMIN,
    ),
    "answer missing in a language": Lapse(
        WAY,
        '{text = "Burn',
        '{text = "Eat it", why = "It is of iron."},\n  {text = "Burn',
        'options = [\n  {text = "Keep',
        "2 answers and the English 3",
        CHEMIN,
    ),
}


@pytest.fixture
def library(tmp_path):
    return write_library(tmp_path)


def found(library) -> list[tuple[str, int, str]]:
    return [
        (each.path.relative_to(library).as_posix(), each.line, each.text)
        for each in faults_of(library)
    ]


def test_a_whole_library_has_no_faults(library):
    assert found(library) == []
    assert guides_with_faults(library) == set()


@pytest.mark.parametrize("lapse", LAPSES.values(), ids=LAPSES)
def test_a_lapse_is_named_with_file_and_line(library, lapse):
    change(library / lapse.file, lapse.old, lapse.new)
    shown = lapse.shown or lapse.file
    path = library / shown
    line = len(path.read_text().split("\n")) if lapse.at == LAST else line_of(path, lapse.at)
    faults = found(library)
    assert [
        text for file, at, text in faults if (file, at) == (shown, line) and lapse.says in text
    ], faults
    assert faults == sorted(faults)


def test_files_that_are_missing_are_named(library):
    for name in ("guides/first.ar.toml", "guides/third.en.toml", "titles.es.toml", DRAWING):
        (library / name).unlink()
    faults = found(library)
    assert (
        PLAN,
        2,
        "“first” stands in all languages and lacks “ar”: write guides/first.ar.toml.",
    ) in faults
    line = line_of(library / PLAN, '"third"')
    assert any(fault[:2] == (PLAN, line) and "third.en.toml" in fault[2] for fault in faults)
    assert ("titles.es.toml", 1, "This file is missing: write it.") in faults
    assert any(fault[:2] == (DRAWING, 1) and "missing" in fault[2] for fault in faults)


def test_each_language_of_a_path_is_asked_for(library):
    for language in ("ar", "en"):
        (library / "paths" / f"way.{language}.toml").unlink()
    (library / "paths" / "way.xx.toml").write_text("")
    faults = found(library)
    for language in ("ar", "en"):
        assert any(
            fault[:2] == ("paths/way.es.toml", 1) and f"way.{language}.toml" in fault[2]
            for fault in faults
        ), faults
    assert any(fault[:2] == ("paths/way.xx.toml", 1) and "Name" in fault[2] for fault in faults)


def test_a_path_may_leave_its_modules_in_english(library):
    text = (library / CHEMIN).read_text()
    (library / CHEMIN).write_text(text[: text.index("[[module]]")])
    assert found(library) == []


def test_only_paths_with_a_fault_of_their_own_are_kept_out(library):
    change(library / SECOND, 'title = "The second guide in en"\n', "")
    assert paths_with_faults(library) == set()
    change(library / PUT, 'title = "The way in ru"\n', "")
    assert paths_with_faults(library) == {"way"}
    assert guides_with_faults(library) == {"second"}


def test_a_guide_of_text_alone_is_named(library):
    for kind, last in (("table", "\n]"), ("case", "invented"), ("steps", "\n]")):
        text = (library / SECOND).read_text()
        start = text.index(f'[[block]]\ntype = "{kind}"')
        end = text.index(last, start)
        (library / SECOND).write_text(text[:start] + text[text.index("\n\n", end) :])
    assert [fault[2].split(":")[0] for fault in found(library)] == ["It has no structured block"]


def test_a_translation_without_its_english_is_named(library):
    (library / FIRST).unlink()
    assert any(
        fault[0].startswith("guides/first.") and "first.en.toml" in fault[2]
        for fault in found(library)
    )


def test_a_file_that_cannot_be_read_is_told_once(library):
    (library / FIRST).write_text("slug =")
    faults = [fault for fault in found(library) if fault[0].startswith("guides/first.")]
    assert [fault[0] for fault in faults] == [FIRST]
    assert "not TOML" in faults[0][2]


def test_a_file_in_no_language_or_in_other_letters_is_named(library):
    (library / "guides" / "first.xx.toml").write_text("")
    (library / FRENCH).write_bytes(b'slug = "first"\ntitle = "\xe9"\n')
    faults = found(library)
    assert any(fault[:2] == ("guides/first.xx.toml", 1) and "Name" in fault[2] for fault in faults)
    assert (FRENCH, 2, "This line is not UTF-8: save the file as UTF-8.") in faults


@pytest.mark.parametrize("value", ["5", "true", "[]", "[5]", "{}", '""', "2026-01-02"])
@pytest.mark.parametrize(
    ("file", "field"),
    [(SECOND, name) for name in ("title", "stages", "level", "sources", "head", "rows", "items")]
    + [(SOURCES, "kind"), (SOURCES, "address"), (POINTS, "words"), (PLAN, "priority")]
    + [(WAY, name) for name in ("title", "audiences", "guide", "minutes", "why", "options")]
    + [(TITLES, "summary"), (FIGURE, "guides"), (FIGURE, "label"), (FIGURE, "desc")],
)
def test_a_value_of_another_kind_is_a_fault_and_no_crash(library, file, field, value):
    path = library / file
    lines = path.read_text().split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{field} = "))
    end = start
    while lines[start].endswith("[") and lines[end] != "]":
        end += 1
    path.write_text("\n".join([*lines[:start], f"{field} = {value}", *lines[end + 1 :]]))
    expected = {each for each in found(library) if each[0] == file}
    assert expected or (field, value) in {("priority", "5"), ("label", "5"), ("minutes", "5")}


@pytest.mark.parametrize(
    ("file", "old", "new", "slugs"),
    [
        (SECOND, 'title = "The second guide in en"\n', "", {"second"}),
        (SECOND, "= ", "", {"second"}),
        (FRENCH, "= ", "", {"first"}),
        (FIGURE, 'desc = "A box with a label."\n', "", {"first"}),
        (FIGURE, "= ", "", {"first"}),
        (TITLES, '"The third guide in ru"', '""', {"third"}),
        (SOURCES, '"report"', '"rumour"', set(SLUGS)),
        (SOURCES, "= ", "", set(SLUGS)),
        (SECOND, '"legislation", ', "", set()),
        (PLAN, "priority = 2", "priority = 3", set()),
    ],
)
def test_only_guides_that_are_not_whole_are_kept_out(library, file, old, new, slugs):
    change(library / file, old, new)
    assert faults_of(library)
    assert guides_with_faults(library) == slugs


def test_a_missing_language_keeps_out_its_guide_alone(library):
    (library / "guides" / "first.ar.toml").unlink()
    assert guides_with_faults(library) == {"first"}


def test_the_library_has_no_faults():
    told = [f"{each.path.relative_to(LIBRARY)}:{each.line}: {each.text}" for each in faults_of()]
    assert told == []


def test_the_library_holds_the_56_guides_of_the_plan():
    library = Library(LIBRARY)
    priorities = [part.entry["priority"] for part in library.planned.values()]
    assert (priorities.count(1), priorities.count(2)) == (40, 16)
    assert library.slugs == library.planned.keys()
    assert len(library.in_all_languages) == 8


def test_a_fault_is_compared_by_file_and_line(tmp_path):
    assert Fault(tmp_path, 2, "b") < Fault(tmp_path, 10, "a")
