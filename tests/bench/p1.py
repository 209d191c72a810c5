"""P1: a page of 100 comments, of a thread of 1,000 to 100,000, at any position."""

from itertools import product

from tests.bench.contestants import LIMIT, PORTAL, THREADED, XTD, Field, Task, alternate
from tests.bench.generator import SIZES
from tests.bench.rows import Row, Samples, at_most, faster

POSITIONS = ("first", "middle", "last")
SMALL, MEDIUM, LARGE = SIZES
ROUNDS = 20
# The peers' pages of the largest thread take half a second and more.
SLOW_ROUNDS = 6
MOST_QUERIES = 12
OTHER_LANGUAGES = ("fr", "es", "ru", "ar")


def run() -> list[Row]:
    """The rows of this goal, measured."""
    ours = [(kind, size) for kind in (LIMIT, PORTAL) for size in SIZES]
    peers = [(THREADED, MEDIUM), (THREADED, LARGE), (XTD, MEDIUM)]
    with Field(ours + peers) as field:
        samples = alternate(_quick(field), ROUNDS)
        slow = alternate(_slow(field), SLOW_ROUNDS)
        queries = {
            (size, position): field[PORTAL, size].ask("queries", position=position)
            for size, position in product(SIZES, POSITIONS)
        }
    return [
        _list_against_limit(samples),
        _page_against_guide(samples),
        _in_other_languages(samples),
        at_most(
            samples,
            f"page {LARGE} middle",
            f"page {SMALL} middle",
            1.3,
            id="P1",
            what="whole page, thread of 100,000 against one of 1,000",
        ),
        _constant_queries(queries),
        faster(
            samples,
            f"list {MEDIUM} first",
            f"{THREADED} list {MEDIUM} first",
            5,
            id="P1",
            what="comment list against threadedcomments', 10,000, first page",
            detail=(
                f"middle {_speed(samples, 'list', 'middle', THREADED):.0f}×; whole pages "
                f"{_speed(samples, 'page', 'first', THREADED):.1f}× and "
                f"{_speed(samples, 'page', 'middle', THREADED):.1f}×; comments-xtd's list "
                f"{_speed(samples, 'list', 'first', XTD):.1f}× and "
                f"{_speed(samples, 'list', 'middle', XTD):.0f}×"
            ),
        ),
        faster(
            slow,
            f"list {LARGE} middle",
            f"{THREADED} list {LARGE} middle",
            80,
            id="P1",
            what="comment list against threadedcomments', 100,000, middle page",
            detail=(
                f"{slow.ms(f'list {LARGE} middle'):.2f} ms against "
                f"{slow.ms(f'{THREADED} list {LARGE} middle'):.0f} ms; whole pages "
                f"{slow.ratio(f'{THREADED} page {LARGE} middle', f'page {LARGE} middle'):.0f}×"
            ),
        ),
    ]


def _quick(field: Field) -> dict[str, Task]:
    tasks: dict[str, Task] = {}

    def add(name: str, kind: str, size: int, repeat: int, cmd: str, **arguments: str) -> None:
        tasks[name] = lambda: field[kind, size].ask(cmd, repeat=repeat, **arguments)

    for size, position in product(SIZES, POSITIONS):
        add(f"limit {size} {position}", LIMIT, size, 5, "list", position=position)
        add(f"list {size} {position}", PORTAL, size, 5, "list", position=position)
        add(f"page {size} {position}", PORTAL, size, 3, "page", position=position)
    for size in SIZES:
        add(f"guide {size}", PORTAL, size, 5, "guide")
    for language in OTHER_LANGUAGES:
        said = {"language": language}
        add(f"list {language}", PORTAL, MEDIUM, 5, "list", position="middle", **said)
        add(f"page {language}", PORTAL, MEDIUM, 3, "page", position="middle", **said)
        add(f"guide {language}", PORTAL, MEDIUM, 5, "guide", **said)
    for peer, cmd, position in product((THREADED, XTD), ("list", "page"), ("first", "middle")):
        add(f"{peer} {cmd} {MEDIUM} {position}", peer, MEDIUM, 1, cmd, position=position)
    return tasks


def _slow(field: Field) -> dict[str, Task]:
    ours, peer = field[PORTAL, LARGE], field[THREADED, LARGE]
    return {
        f"list {LARGE} middle": lambda: ours.ask("list", position="middle", repeat=5),
        f"page {LARGE} middle": lambda: ours.ask("page", position="middle", repeat=5),
        f"{THREADED} list {LARGE} middle": lambda: peer.ask("list", position="middle", repeat=1),
        f"{THREADED} page {LARGE} middle": lambda: peer.ask("page", position="middle", repeat=1),
    }


def _list_against_limit(samples: Samples) -> Row:
    ratios = {
        (size, position): samples.ratio(f"list {size} {position}", f"limit {size} {position}")
        for size, position in product(SIZES, POSITIONS)
    }
    worst = max(ratios.values())
    own, limit = (samples.ms(f"{name} {MEDIUM} middle") for name in ("list", "limit"))
    return Row(
        "P1",
        "comment list against the limit, worst of 3 sizes × 3 positions",
        f"{worst:.2f}×",
        "≤ 4×",
        worst <= 4,
        "; ".join(
            f"{size:,}: " + " ".join(f"{ratios[size, position]:.2f}" for position in POSITIONS)
            for size in SIZES
        )
        + f" (at first, middle, last); middle of {MEDIUM:,}: {own:.2f} and {limit:.2f} ms",
    )


def _page_against_guide(samples: Samples) -> Row:
    ratios = {
        size: max(
            samples.ratio(f"page {size} {position}", f"guide {size}") for position in POSITIONS
        )
        for size in SIZES
    }
    worst = max(ratios.values())
    page, guide = samples.ms(f"page {MEDIUM} middle"), samples.ms(f"guide {MEDIUM}")
    return Row(
        "P1",
        "whole page against a plain guide page, worst of sizes and positions",
        f"{worst:.2f}×",
        "≤ 1.6×",
        worst <= 1.6,
        f"middle of {MEDIUM:,}: {page:.1f} ms, guide {guide:.1f} ms",
    )


def _in_other_languages(samples: Samples) -> Row:
    lists = {
        each: samples.ratio(f"list {each}", f"limit {MEDIUM} middle") for each in OTHER_LANGUAGES
    }
    pages = {each: samples.ratio(f"page {each}", f"guide {each}") for each in OTHER_LANGUAGES}
    worst = max(lists.values()), max(pages.values())
    return Row(
        "P1",
        "both in four more languages, worst, middle of 10,000",
        f"{worst[0]:.2f}×, {worst[1]:.2f}×",
        "≤ 4×, ≤ 1.6×",
        worst[0] <= 4 and worst[1] <= 1.6,
        "; ".join(f"{each} {lists[each]:.2f} and {pages[each]:.2f}" for each in OTHER_LANGUAGES),
    )


def _constant_queries(queries: dict[tuple[int, str], int]) -> Row:
    most = max(queries.values())
    constant = all(len({queries[size, position] for size in SIZES}) == 1 for position in POSITIONS)
    counts = ", ".join(f"{position} {queries[MEDIUM, position]}" for position in POSITIONS)
    return Row(
        "P1",
        "queries of a page, the same whatever the size of the thread",
        str(most),
        f"≤ {MOST_QUERIES}",
        most <= MOST_QUERIES and constant,
        f"{counts}; {'constant' if constant else f'not constant: {queries}'}",
    )


def _speed(samples: Samples, cmd: str, position: str, peer: str) -> float:
    """How many times as fast as the peer the portal is, at the medium size."""
    return samples.ratio(f"{peer} {cmd} {MEDIUM} {position}", f"{cmd} {MEDIUM} {position}")
