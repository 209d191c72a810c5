"""A newcomer guesses where a thing stands: files have the names that files of their kind have."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Of all modules, how many bear a file name that stands nowhere else; it was 54 in a hundred once.
MOST_ALONE = 0.40
MOST_IN_A_FOLDER = 25


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
