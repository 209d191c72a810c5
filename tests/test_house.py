"""The house stands as it is drawn: imports go only downward, read from the source."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Each list from the top room to the lowest: a room imports only rooms below it.
ROOMS = {
    "consultations": [
        *("moderation", "publication", "discussion", "following", "responses", "calls"),
        "questionnaires",
    ],
    "knowledge": [
        *("self_assessment", "learning", "feedback", "fact_checks", "packs"),
        *("guide_files", "guides", "control_lists"),
        *("sources", "states", "glossary"),
    ],
    "portal": [
        *("cms", "saved_searches", "traces", "record", "made", "files", "search", "curation"),
        *("proofreading", "stakeholders", "staff_log", "sessions", "notifications", "taxonomy"),
        *("catalogues", "background", "handbook", "web", "front", "languages"),
    ],
}
COMPOSITION_ROOT = ("portal.settings", "portal.urls", "portal.management")
# Inside a room, from the top: files and folders; each imports only what stands beside or below it.
# A name means the same in every room. Where one room needs it elsewhere, it is named with its room.
STOREYS = [
    # Ways in.
    """
    __main__ account_urls admin_urls apps management offline_urls permalink_urls urls wagtail_hooks
    """,
    # Pages and what stands around them.
    """
    adapters admin_api admin_menu admin_views allauth_signals backends choosers
    context_processors csrf dashboard deletion_guard document_changes feeds form_handling interests
    invitations jinja middleware navigation passkeys proof rich_text session_views sitemaps
    templatetags translating unpublishing views waiting way_out guides/versions
    """,
    # What pages show and take in.
    """
    available_actions calendar_file downloads examples export formats forms offline page_context
    publication/metadata public_json receipts reports results verification
    """,
    # Acts, and what happens by itself.
    """
    actions guides/list_watch audit checks confirmations delivery departures editorial erasure
    intake neutral public rebuild record_audit sequencer usage waiting_room workflow
    """,
    # What acts write and pages read.
    """
    access appeals cards citations citing comparisons contexts digests elastic
    engines events
    facet_counts facets
    fallback late_tokens listing news notifications pages places presenters registry related
    removals rendering shelves statistics vocabulary
    """,
    # Rules, and what hangs on a model.
    """
    answers audit_sources checkpoints contacts copies stakeholders/departures expiry files
    filters hashing hooks keys names notices outbox password_validation permissions
    moderation/queries query_privacy recording references reviews sandbox signatories states_file
    storage tabs translations tree
    """,
    # Models.
    "models store",
    # What models are made of: plain values, checks of text, registries that rooms above fill.
    """
    additions addresses alignment allowances analysis arrival atom blocks circuit_breaker clients
    closings completeness confinement consent corrigenda countries criteria dates days dots
    easy_words endorsement errors extraction catalogues/files catalogues/statistics faults pseudo
    guides/facets control_lists/codes control_lists/registry fair_queue fields group_restrictions
    highlights holders holidays kept kinds learning/modules learning/progress
    known_devices languages library limit_store limits lists calls/listing locking lookalikes marks
    memory merkle messages metadata normalisation calls/notices page_forms panels passages phases
    pinpoints plurals policy ranges revalidation upgrades
    postgresql privacy processes promotions publishing queries query rate_limits rebuilding
    redaction selects notifications/registry proofreading/digests proofreading/registry
    sources/registry
    fact_checks/sections
    states/registry
    guides/related roles scanning scripts schedule sealing cms/shelves small_cells smtp sorting
    sqlite staff_labels switch tables calls/tabs terms text
    text_direction threads time_left timeline tokens turns unsubscribe_links uploads verify
    guides/readers vocabularies
    widgets wings wire worker zones conditions paper parsing parts printable question_blocks
    rewording schema sharing texts types values
    """,
]
STOREY_OF = {name: number for number, names in enumerate(STOREYS) for name in names.split()}
# Django's own pattern for sessions in the database: the store and its model know each other.
CIRCLES = {"portal.sessions"}


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


def place(module: str) -> str | None:
    """The file or folder of its room that a module is, or is in; None outside the rooms."""
    parts = module.split(".")
    return parts[2] if room_of(module) and len(parts) > 2 else None


def storey(module: str) -> int | None:
    """How far from the top a module stands in its room; None outside the rooms."""
    if (name := place(module)) is None:
        return None
    room = module.split(".")[1]
    return STOREY_OF.get(f"{room}/{name}", STOREY_OF.get(name))


def inside_rooms() -> Iterator[tuple[str, str]]:
    """Every import of one module by another of the same room."""
    known = {name for name, _ in modules()}
    for module, path in modules():
        for target in imports(path):
            in_rooms = target in known and place(module) and place(target)
            if in_rooms and room_of(module) == room_of(target):
                yield module, target


def test_imports_run_only_downward():
    broken = [
        f"{module} imports {target}: {rule}"
        for module, path in modules()
        for target in imports(path)
        if (rule := broken_rule(module, target))
    ]
    assert broken == []


def test_every_module_stands_in_a_storey():
    """A new file or folder is added to STOREYS above, so that its imports are watched."""
    homeless = {name for name, _ in modules() if place(name) and storey(name) is None}
    assert homeless == set()


def test_no_storey_names_what_is_not_there():
    there = {name for name, _ in modules()}
    standing = {place(name) for name in there if place(name)}
    standing |= {f"{name.split('.')[1]}/{place(name)}" for name in there if place(name)}
    assert set(STOREY_OF) - standing == set()
    assert len(STOREY_OF) == sum(len(names.split()) for names in STOREYS)


def test_inside_a_room_imports_run_only_downward():
    broken = [f"{a} imports {b}" for a, b in inside_rooms() if storey(b) < storey(a)]
    assert broken == []


def test_no_room_has_a_circle():
    """Neither do two of its files or folders need each other, nor several in a ring."""
    needs: dict[str, dict[str, set[str]]] = {}
    for module, target in inside_rooms():
        room = ".".join(room_of(module))
        if place(module) != place(target) and room not in CIRCLES:
            needs.setdefault(room, {}).setdefault(place(module), set()).add(place(target))
    for graph in needs.values():
        TopologicalSorter(graph).prepare()  # raises CycleError, which names them


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
