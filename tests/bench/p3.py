"""P3: posting a comment as a form over HTTP, in a thread of 100,000."""

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
            f"{kind} {size}": _task(field, kind, size)
            for kind, size in product(contestants, (MEDIUM, LARGE))
        }
        samples = alternate(tasks, ROUNDS)
    return [
        at_most(
            samples,
            f"{PORTAL} {LARGE}",
            f"{LIMIT} {LARGE}",
            3,
            id="P3",
            what="posting over HTTP against the limit's, 100,000",
            detail=_side_by_side(samples, LARGE),
        ),
        faster(
            samples,
            f"{PORTAL} {MEDIUM}",
            f"{THREADED} {MEDIUM}",
            2,
            id="P3",
            what="posting over HTTP against threadedcomments', 10,000",
            detail=_side_by_side(samples, MEDIUM)
            + f"; at {LARGE:,} it is "
            + f"{samples.ratio(f'{THREADED} {LARGE}', f'{PORTAL} {LARGE}'):.1f}×",
        ),
        at_most(
            samples,
            f"{PORTAL} {LARGE}",
            f"{PORTAL} {MEDIUM}",
            1.3,
            id="P3",
            what="growth of posting over HTTP from 10,000 to 100,000",
        ),
    ]


def _task(field: Field, kind: str, size: int) -> Task:
    repeat = BURST if kind in (LIMIT, PORTAL) else 2
    return lambda: field[kind, size].ask("post", repeat=repeat)


def _side_by_side(samples: Samples, size: int) -> str:
    return (
        ", ".join(
            f"{kind} {samples.ms(f'{kind} {size}'):.2f}" for kind in (PORTAL, LIMIT, THREADED, XTD)
        )
        + " ms"
    )
