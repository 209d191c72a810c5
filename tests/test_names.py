"""A newcomer guesses where a thing stands: files have the names that files of their kind have."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Of all modules, how many bear a file name that stands nowhere else; it was 54 in a hundred once.
MOST_ALONE = 0.40
MOST_IN_A_FOLDER = 25
# A function's docstring begins with a verb, a class's with a noun: neither with a clause without a
# head, and a function's not with what stands before a noun.
CLAUSE = r"(What|Whether|Where|Who|Whom|Whose|How|When|That|Which|Why|Whoever|Whatever|If)\b"
NO_VERB = (
    r"(The|An?|All|Any|As|At|Both|By|Each|Every|For|From|Here|In|It|Its|Nobody|Not|Nothing|Of|On"
    r"|One|Only|So|Some|Such|There|These|This|Those|To|Two|With|Without)\b"
)


def modules() -> list[Path]:
    """Every module but those whose names Django or a person's command line decides."""
    return [
        path
        for wing in ("portal", "consultations", "knowledge")
        for path in (ROOT / wing).rglob("*.py")
        if path.name != "__init__.py" and {"migrations", "commands"}.isdisjoint(path.parts)
    ]


def test_most_files_have_the_name_that_their_kind_has():
    times = Counter(path.name for path in modules())
    alone = sorted(name for name, number in times.items() if number == 1)
    assert len(alone) < MOST_ALONE * len(modules()), alone


def test_no_folder_holds_more_than_one_can_look_over():
    held = Counter(path.parent.relative_to(ROOT) for path in modules())
    assert {str(folder): n for folder, n in held.items() if n > MOST_IN_A_FOLDER} == {}


def docstrings() -> Iterator[tuple[str, ast.AST, str]]:
    """Yield the place, the node and the docstring of each function and class."""
    for path in modules():
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                yield f"{place}:{node.lineno}", node, ast.get_docstring(node) or ""


def test_a_docstring_begins_with_a_verb_or_a_noun():
    found = list(docstrings())
    assert sum(bool(text) for _place, _node, text in found) > 1000
    clauses = [f"{place} {text[:40]}" for place, _node, text in found if re.match(CLAUSE, text)]
    nouns = [
        f"{place} {text[:40]}"
        for place, node, text in found
        if not isinstance(node, ast.ClassDef) and re.match(NO_VERB, text)
    ]
    assert clauses + nouns == []
