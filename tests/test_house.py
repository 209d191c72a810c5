"""The house stands as it is drawn: imports go only downward, read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Each list from the top room to the lowest: a room imports only rooms below it.
ROOMS = {
    "consultations": ["moderation", "publication", "discussion", "responses", "calls"],
    "knowledge": ["learning", "guides", "states"],
    "portal": [
        *("cms", "saved_searches", "traces", "record", "files", "search", "curation"),
        *("stakeholders", "staff_log", "sessions", "notifications", "taxonomy"),
        *("background", "web"),
    ],
}
COMPOSITION_ROOT = ("portal.settings", "portal.urls", "portal.management")
# Inside a room, from the top: what a file may import is what stands after it.
STOREYS = [
    {"views", "wagtail_hooks", "urls", "permalink_urls", "admin_urls", "apps", "admin"},
    {"forms", "adapters", "middleware"},
    {"actions"},
    {"permissions"},
    {"models"},
    {"page_forms"},  # Wagtail's form of a page is an attribute of its model
]


def modules() -> Iterator[tuple[str, Path]]:
    for wing in ROOMS:
        for path in sorted((ROOT / wing).rglob("*.py")):
            if {"migrations", "node_modules"}.isdisjoint(path.parts):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Every absolute module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> tuple[str, str] | None:
    """The wing and room of a module; None outside the rooms."""
    wing, _, rest = module.partition(".")
    room = rest.split(".")[0]
    return (wing, room) if room in ROOMS.get(wing, []) else None


def broken_rule(module: str, target: str) -> str | None:
    """Say which rule an import breaks, if any."""
    here, there = room_of(module), room_of(target)
    if module.startswith(COMPOSITION_ROOT):
        return None
    if target.startswith(COMPOSITION_ROOT):
        return "nothing imports the composition root"
    if here is None or there is None:
        return None
    if here[0] == there[0]:
        order = ROOMS[here[0]]
        if order.index(here[1]) > order.index(there[1]):
            return "a room imports only rooms below it"
    elif there[0] != "portal":
        return "a wing imports the ground floor, never another wing"
    return None


def storey(module: str) -> int | None:
    """Where a file stands; one of several of a kind (`paper_forms`) stands with its kind."""
    parts = module.split(".")
    if len(parts) < 3:
        return None
    known = parts[2] in set().union(*STOREYS)
    kinds = {parts[2]} if known else {parts[2].rsplit("_", 1)[-1]}
    return next((i for i, names in enumerate(STOREYS) if kinds & names), None)


def test_imports_run_only_downward():
    broken = [
        f"{module} imports {target}: {rule}"
        for module, path in modules()
        for target in imports(path)
        if (rule := broken_rule(module, target))
    ]
    assert broken == []


def test_inside_a_room_imports_run_only_downward():
    broken = [
        f"{module} imports {target}"
        for module, path in modules()
        for target in imports(path)
        if room_of(module) is not None
        and room_of(module) == room_of(target)
        and (mine := storey(module)) is not None
        and (its := storey(target)) is not None
        and its < mine
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("portal.search.views", "consultations.calls.models"),
        ("knowledge.guides.models", "consultations.calls.models"),
        ("consultations.calls.models", "consultations.discussion.models"),
        ("portal.stakeholders.models", "portal.cms.models"),
        ("consultations.discussion.views.thread", "portal.urls"),
    ],
)
def test_the_rules_catch_what_they_forbid(module, target):
    assert broken_rule(module, target)


def test_every_room_is_drawn():
    """A new app is added to ROOMS above, so that its imports are watched."""
    apps = {
        tuple(path.parent.relative_to(ROOT).parts)
        for wing in ROOMS
        for path in (ROOT / wing).glob("*/apps.py")
    }
    assert apps == {(wing, room) for wing, rooms in ROOMS.items() for room in rooms}


def test_no_module_is_a_drawer_for_everything():
    names = {path.name for _, path in modules()}
    assert names.isdisjoint({"utils.py", "helpers.py", "misc.py", "common.py"})


def test_modules_stay_small():
    """Past 300 lines a module says more than one thing."""
    long = {name: n for name, path in modules() if (n := len(path.read_text().splitlines())) > 300}
    assert long == {}
