"""
A discussion from a fixed seed: the data that every benchmark of comments is measured on.

A quarter of the comments are roots. Half of the replies go to one of the last 60 comments, as in
a lively exchange; the other half attach preferentially, the more the replies the likelier, as
under a comment that everyone answers. Bodies are log-normal around 45 words, and 12% of them are
near-copies of 25 templates, as campaigns send. The same size gives the same rows on every machine.
"""

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

SEED = 20260302
SIZES = (1_000, 10_000, 100_000)

ROOT_SHARE = 0.25
RECENT = 60
MAX_DEPTH = 8
MEDIAN_WORDS = 45
WORDS_SIGMA = 0.6
MOST_WORDS = 400
CAMPAIGN_SHARE = 0.12
TEMPLATES = 25

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
LENGTH = timedelta(days=60)

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEGMENT = 6


class Row(NamedTuple):
    """One comment. `author` counts from 1; `campaign` is its template's number or None."""

    id: int
    parent_id: int | None
    path: str
    depth: int
    author: int
    created_at: datetime
    body: str
    campaign: int | None


class Author(NamedTuple):
    """Someone who writes; `submitter_type` is a key of the portal's vocabulary."""

    id: int
    name: str
    email: str
    submitter_type: str
    affiliation: str


SUBJECTS = tuple(
    """
export licence control surveillance technology human rights authority exporter end user due
diligence assessment guidance risk indicator consultation state practice code review civil society
industry academia threat information remedy oversight transparency register recipient transfer
dual-use item software facial recognition biometric analytics interception intrusion location
tracking training capacity evidence safeguard necessity proportionality journalist defender
""".split()  # noqa: SIM905 (readable)
)
LINKING = tuple(
    """
the of to and a in that is for on with as be by this are it or from should not would at which we
an their have has must may can its more when before after where such these those any all if
""".split()  # noqa: SIM905 (readable)
)
SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeio")

SUBMITTER_TYPES = (
    "civil-society",
    "academia",
    "company",
    "trade-body",
    "technical-community",
    "government",
    "individual",
    "undisclosed",
)


def authors(size: int) -> list[Author]:
    """The people of a discussion of `size` comments: one for every twenty, and at least 20."""
    return [
        Author(
            id=number,
            name=f"Person {number}",
            email=f"person{number}@people.example",
            submitter_type=SUBMITTER_TYPES[number % len(SUBMITTER_TYPES)],
            affiliation=f"Organisation {number % 97}" if number % 3 else "",
        )
        for number in range(1, max(20, size // 20) + 1)
    ]


def rows(size: int) -> Iterator[Row]:
    """`size` comments in the order in which they were written, ids from 1."""
    chance = random.Random(SEED + size)
    write = _Writer(chance)
    people = max(20, size // 20)
    step = LENGTH / size
    paths = [""]
    depths = [0]
    # One entry for each comment and one more for each reply it has had: a uniform draw from it
    # is a draw by popularity.
    urn: list[int] = []
    for number in range(1, size + 1):
        parent = 0
        if number > 1 and chance.random() >= ROOT_SHARE:
            if chance.random() < 0.5:
                parent = chance.randint(max(1, number - RECENT), number - 1)
            else:
                parent = chance.choice(urn)
            if depths[parent] >= MAX_DEPTH:
                parent = _parent(paths[parent])
            urn.append(parent)
        urn.append(number)
        paths.append(paths[parent] + segment(number))
        depths.append(depths[parent] + 1)
        body, campaign = write()
        yield Row(
            id=number,
            parent_id=parent or None,
            path=paths[number],
            depth=depths[number],
            author=1 + int(people * chance.random() ** 2),
            created_at=BEGINNING + step * number,
            body=body,
            campaign=campaign,
        )


def segment(number: int) -> str:
    """`number` as six base-36 characters, which sort as the numbers do."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text.rjust(SEGMENT, "0")


def _parent(path: str) -> int:
    """The id of the comment above the one at `path`."""
    return int(path[-2 * SEGMENT : -SEGMENT], 36)


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Some 3,000 words and their cumulative weights after Zipf's law."""
    chance = random.Random(SEED)
    invented = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(3_200)}
    words = [*LINKING, *SUBJECTS, *sorted(invented)]
    return words, list(accumulate(1 / rank for rank in range(2, len(words) + 2)))


class _Writer:
    """Writes bodies: mostly its own, now and then a template with a few words exchanged."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words, self.weights = _vocabulary()
        self.templates = [self.draw(chance.randint(50, 120)) for _ in range(TEMPLATES)]

    def __call__(self) -> tuple[str, int | None]:
        if self.chance.random() < CAMPAIGN_SHARE:
            number = self.chance.randrange(TEMPLATES)
            words = list(self.templates[number])
            for _ in range(self.chance.randint(0, max(1, len(words) // 20))):
                words[self.chance.randrange(len(words))] = self.draw(1)[0]
            return prose(words), number
        length = self.chance.lognormvariate(math.log(MEDIAN_WORDS), WORDS_SIGMA)
        return prose(self.draw(min(MOST_WORDS, max(3, round(length))))), None

    def draw(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)


def prose(words: list[str]) -> str:
    """The words in sentences of twelve, and a paragraph for every four sentences."""
    sentences = [
        " ".join(words[start : start + 12]).capitalize() + "." for start in range(0, len(words), 12)
    ]
    return "\n\n".join(
        " ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)
    )
