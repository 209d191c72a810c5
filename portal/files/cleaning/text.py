"""Plain text and tables of it: nothing to remove, but nothing else may hide in them."""

import csv
import io
import re

from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

# C0 without tab and line ends, delete, C1. Signs that turn the reading direction are honest text in
# Arabic and stay.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# What a spreadsheet would run on opening: a cell that begins so and then calls something. A number
# with its sign, or a dash before words, is none.
FORMULA = re.compile(r"\s*(?:=\s*\S|@\s*\w+\s*\(|[+-]\s*(?=[^\s\d.,])[^\s]*[(|!])")


def clean(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """The text as it is. Raises Refused where it is not UTF-8 or not text throughout."""
    decoded(data)
    return data, set()


def clean_table(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """As `clean`; raises Refused for cells that run as formulas in whoever's spreadsheet."""
    words = decoded(data)
    for number, line in enumerate(io.StringIO(words), start=1):
        if not any(sign in line for sign in "=@+-"):
            continue
        for cell in re.split("[,;\t\"']", line):
            if FORMULA.match(cell):
                raise Refused("formulas", row=number)
    try:
        csv.field_size_limit(limits.file_bytes)
        for _row in csv.reader(io.StringIO(words, newline="")):
            pass
    except csv.Error:
        raise Refused("damaged") from None
    return data, set()


def decoded(data: bytes) -> str:
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not-utf-8") from None
    if found := CONTROL.search(words):
        raise Refused("control-characters", line=words.count("\n", 0, found.start()) + 1)
    return words
