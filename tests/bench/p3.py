"""P3: posting a comment, as an action and as a form over HTTP, in a thread of 100,000."""

from itertools import product

from tests.bench.contestants import LIMIT, PORTAL, THREADED, XTD, Field, Task, alternate
from tests.bench.generator import SIZES
from tests.bench.rows import Row, Samples, at_most, faster

_, MEDIUM, LARGE = SIZES
ROUNDS = 25
BURST = 5


def run() -> list[Row]:
    """The rows of this goal, measured."""
    contestants = (LIMIT, PORTAL, THREADED, XTD)
    with Field(list(product(contestants, (MEDIUM, LARGE)))) as field:
        tasks = {
            f"{kind} {cmd} {size}": _task(field, kind, size, cmd)
            for kind, size, cmd in product(contestants, (MEDIUM, LARGE), ("insert", "post"))
        }
        samples = alternate(tasks, ROUNDS)
    return [
        at_most(
            samples,
            f"{PORTAL} insert {LARGE}",
            f"{LIMIT} insert {LARGE}",
            12,
            id="P3",
            what="posting as an action against a raw insert, 100,000",
            detail=_side_by_side(samples, "insert", LARGE),
        ),
        at_most(
            samples,
            f"{PORTAL} post {LARGE}",
            f"{LIMIT} post {LARGE}",
            3,
            id="P3",
            what="posting over HTTP against the limit's, 100,000",
            detail=_side_by_side(samples, "post", LARGE),
        ),
        faster(
            samples,
            f"{PORTAL} post {MEDIUM}",
            f"{THREADED} post {MEDIUM}",
            2,
            id="P3",
            what="posting over HTTP against threadedcomments', 10,000",
            detail=_side_by_side(samples, "post", MEDIUM)
            + f"; at {LARGE:,} it is "
            + f"{samples.ratio(f'{THREADED} post {LARGE}', f'{PORTAL} post {LARGE}'):.1f}×",
        ),
        at_most(
            samples,
            f"{PORTAL} insert {LARGE}",
            f"{PORTAL} insert {MEDIUM}",
            1.3,
            id="P3",
            what="growth of the action from 10,000 to 100,000",
        ),
        at_most(
            samples,
            f"{PORTAL} post {LARGE}",
            f"{PORTAL} post {MEDIUM}",
            1.3,
            id="P3",
            what="growth of posting over HTTP from 10,000 to 100,000",
        ),
    ]


def _task(field: Field, kind: str, size: int, cmd: str) -> Task:
    repeat = BURST if kind in (LIMIT, PORTAL) else 2
    return lambda: field[kind, size].ask(cmd, repeat=repeat)


def _side_by_side(samples: Samples, cmd: str, size: int) -> str:
    return (
        ", ".join(
            f"{kind} {samples.ms(f'{kind} {cmd} {size}'):.2f}"
            for kind in (PORTAL, LIMIT, THREADED, XTD)
        )
        + " ms"
    )
