"""Conditions of a request, held back from who makes the answer: there would be nothing to keep."""

from collections.abc import Iterator, Set
from contextlib import contextmanager

from django.http import HttpRequest


@contextmanager
def withheld(request: HttpRequest, names: Set[str]) -> Iterator[None]:
    """Take these headers, as `META` names them, out of a request for a while."""
    conditions = {name: request.META.pop(name) for name in names & request.META.keys()}
    try:
        yield
    finally:
        request.META.update(conditions)
