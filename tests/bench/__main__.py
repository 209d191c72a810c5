"""
`python -m tests.bench [--only P1,nDCG]`, or `ONLY=P1,nDCG` in the environment: measure the goals.

Prints a row for each figure and writes them to var/bench.json. A goal that does not hold is said
to, and is no failure of the run; a benchmark that crashes is.
"""

import argparse
import importlib
import json
import os
import pkgutil
import re
import sys
import time
from collections.abc import Callable

from tests import bench
from tests.bench.contestants import ROOT
from tests.bench.rows import Row

RESULTS = ROOT / "var" / "bench.json"


def goals() -> dict[str, Callable[[], list[Row]]]:
    """What can be measured: the `run` of every module here that is named for a goal, by its id."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    numbered = sorted(
        (name for name in names if re.fullmatch(r"[pr]\d+", name)),
        key=lambda name: (name[0], int(name[1:])),
    )
    return {
        name.upper(): lambda name=name: importlib.import_module(f"tests.bench.{name}").run()
        for name in (*numbered, "ndcg")
    }


def chosen(only: str) -> dict[str, Callable[[], list[Row]]]:
    """The goals named in `only`, split at commas; all of them if it names none."""
    known = goals()
    wanted = [name.strip().upper() for name in only.split(",") if name.strip()]
    if unknown := [name for name in wanted if name not in known]:
        sys.exit(f"No benchmark is named {', '.join(unknown)}; there are {', '.join(known)}.")
    return {name: run for name, run in known.items() if not wanted or name in wanted}


def show(rows: list[Row]) -> None:
    for row in rows:
        verdict = "yes" if row.holds else "NO"
        print(f"{row.id:4} {row.what:66} {row.figure:>9} {row.goal:>8}  {verdict:3}  {row.detail}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", default=os.environ.get("ONLY", ""), metavar="P1,nDCG")
    measured: list[Row] = []
    started = time.monotonic()
    for run in chosen(parser.parse_args().only).values():
        rows = run()
        show(rows)
        measured += rows
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps([row._asdict() for row in measured], indent=1, ensure_ascii=False) + "\n"
    )
    held = sum(row.holds for row in measured)
    print(f"{held} of {len(measured)} hold; {time.monotonic() - started:.0f} s; {RESULTS}")


if __name__ == "__main__":
    main()
