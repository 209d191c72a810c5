"""From what a reader typed to what the engines look for."""

from portal.search.syntax import Expression, parse


def read(text: str) -> Expression:
    """What is asked for by `text`."""
    return parse(text)
