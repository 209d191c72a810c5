"""
`python -m tests.relevance`: how well the search finds what readers look for. By the queries that it
was tuned on, over the frozen collection in the place of what the database at hand has; with
`--held-out` by those that nothing was tuned on, over the same. With `--library` by the library's
queries, over what the database holds: the demonstration (`manage.py demo`). With `--elasticsearch
ADDRESS` in that node instead, over an index of its own; with `--json` for a program.
"""

import argparse
import json
import os
from contextlib import nullcontext

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--elasticsearch", metavar="ADDRESS")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--held-out", action="store_true")
    which.add_argument("--library", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    django.setup()
    from tests.relevance.corpus import frozen
    from tests.relevance.engines import measure_database, measure_elasticsearch
    from tests.relevance.judged import HELD_OUT, LIBRARY, TUNED

    file = LIBRARY if asked.library else HELD_OUT if asked.held_out else TUNED
    with nullcontext() if asked.library else frozen():
        if asked.elasticsearch:
            alias = f"relevance-{os.getpid()}"
            measured = measure_elasticsearch(asked.elasticsearch, alias, file)
        else:
            measured = measure_database(file)
    print(json.dumps(measured.plain(), ensure_ascii=False) if asked.json else measured.report())


if __name__ == "__main__":
    main()
