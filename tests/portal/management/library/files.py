"""A small library without a fault: five guides fill all cells, one in all languages; a path."""

from pathlib import Path

from portal.management.library.checking.library import LANGUAGES, TRANSLATIONS
from portal.taxonomy.vocabularies import STAGE

SLUGS = ("first", "second", "third", "fourth", "fifth")
HEAD = """\
slug = "{slug}"
title = "The {slug} guide in {language}"
summary = "What to do on the {slug} day, in {language}."
document_type = "guidance"
stages = [{stages}]
level = "{level}"
audiences = ["customs"]
technologies = ["drones"]
commitments = ["capacity"]
rights = ["privacy"]
entries = ["5A001.f"]
legal_status = "It binds nobody."
jurisdiction = "General"
owner = "A desk"
sources = ["law-1", "report-1"]
"""
BLOCKS = """
[[block]]
type = "heading"
text = "What to do"

[[block]]
type = "text"
text = \"\"\"
Ask first {{law-1: Art. 1}}.

Then write {{law-1: Art. 2}}, and keep it {{report-1}}.

FILLER
\"\"\"

[[block]]
type = "table"
caption = "Who asks"
head = ["Office", "Question"]
row_heads = true
rows = [
  ["Customs", "What is it?"],
  ["Licensing", "For whom?"],
]

[[block]]
type = "case"
title = "A box"
text = "It is heavy."
origin = "invented"

[[block]]
type = "steps"
title = "In order"
items = [
  {title = "Look", text = "At the box."},
  {title = "Call", text = "The office."},
]

[[block]]
type = "exercise"
question = "What is in it?"
answer = "Nobody knows yet."

[[block]]
type = "not-settled"
items = ["Who pays."]
""".replace("FILLER", "word " * 360)
NOTES = """
[[note]]
cite = "law-1: Art. 1"
words = "shall ask"
read_at = "the gazette"
claim = "they ask"

[[note]]
cite = "law-1: Art. 2"
words = "shall write"
read_at = "the gazette"
claim = "they write"

[[note]]
cite = "report-1"
words = "many keep it"
read_at = "the report"
claim = "it is kept"
"""
FIGURE_BLOCK = """
[[block]]
type = "figure"
figure = "box"
"""
SOURCES = """
[[source]]
key = "law-1"
title = "A law"
issuer = "A parliament"
kind = "law"
address = "https://law.example/1"
read_on = 2026-01-02

[[source]]
key = "report-1"
title = "A report"
issuer = "An institute"
kind = "report"
"""
POINTS = "".join(
    f"""
[[point]]
source = "{source}"
at = "{at}"
words = "{words}"
read_at = "on paper"
read_on = 2026-01-02
"""
    for source, at, words in (
        ("law-1", "Art. 1", "The office shall ask."),
        ("law-1", "Art. 2", "The office shall write."),
        ("report-1", "page 1", "So many keep it."),
    )
)
FIGURE_TEXT = """
[{language}]
title = "A box"
caption = "Heavy."
desc = "A box with a label."

[{language}.words]
label = ["Fragile", "{language}"]
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg">
<title>{{title}}</title>
<desc>{{desc}}</desc>
<text x="{{x.12}}">{{words.label.1}}{{words.label.2}}</text>
</svg>
"""
PATH = """\
slug = "way"
language = "en"
title = "The way in en"
summary = "For whoever begins, in en."
audiences = ["customs"]
level = "0"

[[module]]
guide = "first"
minutes = 60
why = "It comes first."
exercise = "Open the box."
[[module.question]]
text = "Who asks?"
options = [
  {text = "The office", right = true, why = "The law says so."},
  {text = "The box", why = "It cannot talk."},
]
[[module.question]]
text = "Who writes?"
options = [
  {text = "Nobody", why = "The office must."},
  {text = "The same office", right = true, why = "So says the law."},
]

[[module]]
guide = "second"
minutes = 90
why = "It comes next."
[[module.question]]
text = "What then?"
options = [
  {text = "Keep it", right = true, why = "Many do."},
  {text = "Burn it", why = "Then it is gone."},
]
"""
# What stands in English alone.
OF_THE_ENGLISH = ("slug", "audiences", "level", "guide", "minutes")


def write_library(folder: Path) -> Path:
    """Write the library into a folder, and return it."""
    (folder / "guides").mkdir()
    (folder / "figures").mkdir()
    for level, slug in enumerate(SLUGS):
        for language in LANGUAGES if slug == "first" else ("en",):
            _write_guide(folder, slug, language, level)
    plan = [f'\n[[guide]]\nslug = "{slug}"\npriority = 2\n' for slug in SLUGS]
    _write(folder / "plan.toml", 'in_all_languages = [\n  "first",\n]\n' + "".join(plan))
    _write(folder / "moved.toml", '[[moved]]\nfrom = "zeroth"\nto = "first"\n')
    _write(folder / "control_lists.toml", '[[entry]]\nnumber = "5A001.f"\n')
    _write(folder / "sources.toml", SOURCES)
    _write(folder / "points.toml", POINTS)
    for language in TRANSLATIONS:
        titles = [
            f'\n[{slug}]\ntitle = "The {slug} guide in {language}"\n'
            f'summary = "What to do on the {slug} day, in {language}."\n'
            for slug in SLUGS
        ]
        _write(folder / f"titles.{language}.toml", "".join(titles))
    figure = 'guides = ["first"]\nright_to_left = "mirror"\n\n[room]\nlabel = 2\n'
    words = "".join(FIGURE_TEXT.format(language=language) for language in LANGUAGES)
    _write(folder / "figures" / "box.toml", figure + words)
    _write(folder / "figures" / "box.svg", DRAWING)
    write_path(folder)
    return folder


def _write_guide(folder: Path, slug: str, language: str, level: int) -> None:
    stages = ", ".join(f'"{stage}"' for stage in STAGE.keys)
    head = HEAD.format(slug=slug, language=language, level=level, stages=stages)
    if language != "en":
        head += f'language = "{language}"\n'
    figure = FIGURE_BLOCK if slug == "first" else ""
    notes = NOTES if language == "en" else ""
    _write(folder / "guides" / f"{slug}.{language}.toml", head + BLOCKS + figure + notes)


def write_path(folder: Path, slug: str = "way", guides: tuple[str, str] = SLUGS[:2]) -> None:
    """Write a path, with its modules in English and French; all others have its head alone."""
    (folder / "paths").mkdir(exist_ok=True)
    whole = PATH.replace('"way"', f'"{slug}"')
    for name, guide in zip(SLUGS, guides, strict=False):
        whole = whole.replace(f'"{name}"', f'"{guide}"')
    for language in LANGUAGES:
        text = whole.replace('"en"', f'"{language}"').replace("in en", f"in {language}")
        if language != "en":
            lines = text.replace("right = true, ", "").splitlines(keepends=True)
            text = "".join(line for line in lines if not line.startswith(OF_THE_ENGLISH))
        if language not in ("en", "fr"):
            text = text[: text.index("[[module]]")]
        _write(folder / "paths" / f"{slug}.{language}.toml", text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Put other words into a file, where the old ones stand first."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    _write(path, text.replace(old, new, 1))


def line_of(path: Path, words: str) -> int:
    """Return the line at which words stand first."""
    before, found, _after = path.read_text(encoding="utf-8").partition(words)
    assert found
    return before.count("\n") + 1
