"""
`python -m tests.relevance`: how well the search finds what readers look for, in the database at
hand, which holds the demonstration already (`manage.py demo`). With `--elasticsearch ADDRESS` in
that node instead, over an index of its own; with `--held-out` by the
queries that nothing was tuned on; with `--json` for a program.
"""

import argparse
import json
import os

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--elasticsearch", metavar="ADDRESS")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    django.setup()
    from tests.relevance.corpus import as_judged
    from tests.relevance.engines import measure_database, measure_elasticsearch
    from tests.relevance.judged import HELD_OUT, TUNED

    file = HELD_OUT if asked.held_out else TUNED
    with as_judged():
        if asked.elasticsearch:
            alias = f"relevance-{os.getpid()}"
            measured = measure_elasticsearch(asked.elasticsearch, alias, file)
        else:
            measured = measure_database(file)
    print(json.dumps(measured.plain(), ensure_ascii=False) if asked.json else measured.report())


if __name__ == "__main__":
    main()
