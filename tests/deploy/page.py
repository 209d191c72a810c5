"""What docs/deploy.md has an operator type and write, as blocks in the order of the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "deploy.md"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (\d+)\. ", re.MULTILINE)
TYPED_BY = re.compile(r"# as (root|portal)")
WRITTEN_TO = re.compile(r"# (/\S+)")


@dataclass(frozen=True)
class Block:
    """
    Commands that `user` types, or what root writes to `file`: one of the two is empty.

    `section` is the number of the page's section, `line` the line of the page.
    """

    section: int
    line: int
    user: str
    file: str
    text: str


def blocks(text: str) -> Iterator[Block]:
    """Every fenced block; raises ValueError for one that does not say whose it is."""
    headings = [(each.start(), int(each[1])) for each in HEADING.finditer(text)]
    for found in FENCED.finditer(text):
        first = found[2].partition("\n")[0]
        line = text.count("\n", 0, found.start()) + 1
        section = max((n for start, n in headings if start < found.start()), default=0)
        typed, written = TYPED_BY.fullmatch(first), WRITTEN_TO.fullmatch(first)
        if found[1] == "sh" and typed:
            yield Block(section, line, typed[1], "", found[2])
        elif found[1] != "sh" and written:
            yield Block(section, line, "", written[1], found[2])
        else:
            raise ValueError(f"{PAGE.name}, line {line}: whose block is this? It begins “{first}”")
