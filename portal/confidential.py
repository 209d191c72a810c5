"""
Where somebody answers, resumes, checks or verifies: such requests leave no trace of their time.

`settings.CONFIDENTIAL_PATHS` says which addresses those are, and the proxy's configuration repeats
it (docs/nginx.conf). A view of such an address is marked, so that a test finds one left out.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings

View = TypeVar("View", bound=Callable[..., Any])
_unheard: ContextVar[bool] = ContextVar("unheard", default=False)


def is_confidential(path: str) -> bool:
    """Tell whether nobody is to know when this path was asked for."""
    return re.search(settings.CONFIDENTIAL_PATHS, path) is not None


def confidential(view: View) -> View:
    """Mark a view whose address is a confidential one; stands inside other decorators."""
    view.is_confidential = True  # type: ignore[attr-defined]
    return view


@contextmanager
def unheard() -> Iterator[None]:
    """Keep out of the log whatever is logged meanwhile, by libraries too, but for faults."""
    token = _unheard.set(True)
    try:
        yield
    finally:
        _unheard.reset(token)


def is_unheard() -> bool:
    """Tell whether a confidential request is being answered in this thread."""
    return _unheard.get()
