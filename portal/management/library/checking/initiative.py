"""
Dates of what is said about the Initiative: the number of its states changes.

A sentence that names the Initiative or its Code and counts states gives a year. Other facts about
it are for people to look at.
"""

import re
from collections.abc import Iterator

from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library
from portal.management.library.checking.reading import texts_within

NAMED = re.compile(r"\b(Code of Conduct|the Code\b|Human Rights Initiative|the Initiative\b)")
COUNTED = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|eleven|\w+ty)"
    r"\s+(\w+\s+){0,2}(states|countries|governments)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b20\d\d\b")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def faults(library: Library) -> Iterator[Fault]:
    for slug, document in library.in_english():
        for part in document.parts("block"):
            for text in texts_within(part.entry):
                for sentence in SENTENCE.split(text):
                    if _counts(sentence) and not YEAR.search(sentence):
                        line = document.line_with(sentence[:40], part)
                        told = "This sentence counts the states of the Initiative: give the year."
                        yield Fault(document.path, line, told, (slug,))


def _counts(sentence: str) -> bool:
    return bool(NAMED.search(sentence) and COUNTED.search(sentence))
