"""
The words of a file, cut into passages of which its author may leave some out.

What is left out is kept as places in the text, so that it stays the same however passages are cut.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Places of what is left out of a text, `[[start, end], …]` in characters; `ALL` is the file itself.
Cuts = list[list[int]] | str
ALL = "all"

PAGE_END = "\f"
LONGEST = 600  # characters of a passage, where the text lets itself be parted
ENOUGH = 400
# A line that ends so far before the longest one of its page ends a paragraph.
SHORT = 0.7
SPACE = re.compile(r"\s+")
SENTENCE_ENDS = ".!?…؟۔。！？"
# One line is a row: it is never joined with another.
TABLES = ("xlsx", "csv")


class Passage(NamedTuple):
    """A piece of a text, from `start` to before `end`; `page` counts from 1."""

    page: int
    start: int
    end: int
    text: str


def passages(text: str, kind: str) -> list[Passage]:
    """
    Return the passages of a file's words (`StoredFile.text`) in their order.

    Lines of a page that belong together are one, as far as their lengths tell; long ones are
    parted after sentences. White space between passages belongs to none.
    """
    found: list[Passage] = []
    start = 0
    for number, page in enumerate(text.split(PAGE_END), start=1):
        for first, last in _blocks(page, kind in TABLES):
            found += _parted(page, first, last, number, start)
        start += len(page) + 1
    return found


def _blocks(page: str, by_line: bool) -> Iterable[tuple[int, int]]:
    """Begin and end of each row, or of lines that belong together."""
    longest = max(map(len, page.split("\n")))
    begun: int | None = None
    end = place = 0
    for line in page.split("\n"):
        if begun is not None and (not line.strip() or by_line or place - begun > ENOUGH):
            yield begun, end
            begun = None
        if line.strip():
            begun = place if begun is None else begun
            end = place + len(line)
            if len(line) < SHORT * longest:
                yield begun, end
                begun = None
        place += len(line) + 1
    if begun is not None:
        yield begun, end


def _parted(page: str, first: int, last: int, number: int, offset: int) -> Iterable[Passage]:
    """Part a block into one passage, or into several where it is long."""
    while first < last:
        end = last
        if last - first > LONGEST:
            ends = [space.start() for space in SPACE.finditer(page, first + 1, first + LONGEST)]
            of_sentences = [each for each in ends if page[each - 1] in SENTENCE_ENDS]
            end = (of_sentences or ends or [first + LONGEST])[-1]
        text = page[first:end].rstrip()
        if lead := len(text) - len(text.lstrip()):
            first, text = first + lead, text.lstrip()
        if text:
            yield Passage(number, offset + first, offset + first + len(text), text)
        first = end


def plain(cuts: Iterable[Sequence[int]], text: str) -> list[list[int]]:
    """Return cuts in order and apart; those between which only spaces of a page stand are one."""
    found: list[list[int]] = []
    for start, end in sorted((each[0], each[1]) for each in cuts):
        start, end = max(0, start), min(end, len(text))
        if end <= start:
            continue
        between = text[found[-1][1] : start] if found else "-"
        if found and (start <= found[-1][1] or (PAGE_END not in between and not between.strip())):
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def is_out(passage: Passage, cuts: Cuts) -> bool:
    """Return whether a passage is left out."""
    if isinstance(cuts, str):
        return True
    return any(start < passage.end and passage.start < end for start, end in cuts)


def without(text: str, cuts: Sequence[Sequence[int]], mark: str) -> str:
    """Return the text with `mark` in the place of each passage that is left out."""
    left, place = [], 0
    for start, end in cuts:
        left += [text[place:start], mark]
        place = end
    return "".join([*left, text[place:]])
