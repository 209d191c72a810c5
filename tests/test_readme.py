"""What the README says is what the code does."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
READ_BY_SETTINGS = re.compile(r"""(?:env\.\w+|environ(?:\.get)?)[\[(]\s*"([A-Z_]+)\"""")


def documented() -> set[str]:
    """The variables of the README's settings table."""
    table = README.split("## Settings")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)`", table, flags=re.MULTILINE))


def used() -> set[str]:
    sources = [*(ROOT / "portal" / "settings").glob("*.py"), ROOT / "portal" / "bootstrap.py"]
    found = {name for path in sources for name in READ_BY_SETTINGS.findall(path.read_text())}
    return found - {"CI", "DJANGO_SETTINGS_MODULE"}


def test_every_setting_is_in_the_table_and_no_other():
    assert documented() == used()


def test_continuous_integration_runs_the_readme_s_commands():
    script = (ROOT / ".ci" / "run").read_text()
    assert "make run" in README
    assert "make test" in README
    assert re.search(r"^make test$", script, flags=re.MULTILINE)
    assert re.search(r"^make check$", script, flags=re.MULTILINE)


def test_make_knows_every_command_the_readme_names():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_links_to_files_lead_somewhere():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_no_page_of_ours_holds_a_path_of_somebody_s_machine():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert [p.name for p in pages if re.search(r"/(home|work|tmp|Users)/", p.read_text())] == []


def test_the_recipes_name_tests_that_are_there():
    recipes = (ROOT / "docs" / "contributing.md").read_text()
    files = set(re.findall(r"`(tests/[\w/]+\.\w+)", recipes))
    tests = set(re.findall(r"`(?:[\w/]+\.py::)?(test_\w+)`", recipes))
    assert min(len(files), len(tests)) > 5
    assert [path for path in sorted(files) if not (ROOT / path).exists()] == []
    written = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    assert [name for name in sorted(tests) if f"def {name}(" not in written] == []
