"""
How the entries of control lists are numbered, and one form for what is the same number.

The Wassenaar list writes 4.A.5 and 5.A.1.f, the lists of the European Union and the United States
4A005 and 5A001.f. People type both, with spaces, small letters or “ECCN” before it.
"""

import re

# A category, a letter of the product group, a number, and what stands behind it: “5A001.f.1”.
NUMBER = re.compile(r"(?:eccn)?(\d)\.?([a-e])\.?(\d{1,3})((?:\.?[a-z0-9]{1,3})*)\.?")


def same_code(typed: str) -> str:
    """
    Return one form for each way of writing a code: “4.A.5” and “ECCN 4A005” become “4a5”.

    What is no such number is only put into small letters, without spaces.
    """
    plain = re.sub(r"\s+", "", typed).casefold()
    if not (found := NUMBER.fullmatch(plain)):
        return plain
    category, group, number, rest = found.groups()
    below = re.findall(r"[a-z]+|\d+", rest)
    return ".".join([f"{category}{group}{int(number)}", *below])


def above(code: str) -> list[str]:
    """Return a code in its one form and those that it is part of, the narrowest first."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def key_of(number: str) -> str:
    """Return what names an entry in addresses: “5A001.f” becomes “5a001-f”."""
    return re.sub(r"[^a-z0-9]+", "-", number.casefold()).strip("-")
