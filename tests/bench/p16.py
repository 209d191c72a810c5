"""P16: the pages of guides with 2,000 guides of ten versions, next to the same with 40."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.bench.contestants import DATABASES, Task, alternate, environment, prepare_portal
from tests.bench.process import Process
from tests.bench.rows import Row, at_most
from tests.bench.shelf import PAGES, VERSIONS

MODULE = "tests.bench.shelf"
FEW, MANY = 40, 2_000
ROUNDS = 10
GOAL, MOST_QUERIES = 1.3, 15


def run() -> list[Row]:
    """The rows of this goal, measured."""
    prepare_portal()
    DATABASES.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        shelves = {}
        for size in (FEW, MANY):
            database = DATABASES / f"shelf-{size}.sqlite3"
            for old in DATABASES.glob(f"{database.name}*"):
                old.unlink()
            shelf = Process(MODULE, environment(database), str(database))
            shelves[size] = stack.enter_context(shelf)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda size: shelves[size].ask("load", size=size), shelves))
        tasks: dict[str, Task] = {}
        for size, shelf in shelves.items():
            for page in PAGES:
                tasks[f"{page} {size}"] = lambda shelf=shelf, page=page: shelf.ask(
                    "read", page=page, repeat=5
                )
        samples = alternate(tasks, ROUNDS)
        queries = {
            page: [shelf.ask("queries", page=page) for shelf in shelves.values()] for page in PAGES
        }
    return [
        *(
            at_most(
                samples,
                f"{page} {MANY}",
                f"{page} {FEW}",
                GOAL,
                id="P16",
                what=f"{page}, {MANY:,} guides of {VERSIONS} versions against {FEW}",
            )
            for page in PAGES
        ),
        _queries(queries),
    ]


def _queries(queries: dict[str, list[int]]) -> Row:
    most = max(max(counts) for counts in queries.values())
    fixed = all(len(set(counts)) == 1 for counts in queries.values())
    told = ", ".join(f"{page} {'/'.join(map(str, counts))}" for page, counts in queries.items())
    holds = fixed and most <= MOST_QUERIES
    return Row(
        "P16", "queries, the same at both sizes", str(most), f"≤ {MOST_QUERIES}", holds, told
    )
