"""
The home page of each language and its path, read once while a page is shown.

Wagtail keeps them in the store of limits, and asks it for every link of a page: of one on a list
there are dozens. It takes a request to keep them at, and most links are made without one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

from wagtail.models.sites import Site, SiteRootPath

# The name under which Wagtail's pages keep them at a request (`Page._get_site_root_paths`).
KEPT = "_wagtail_cached_site_root_paths"
_keeper: ContextVar[SimpleNamespace | None] = ContextVar("site_roots", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Keep what is read of them until the end, for what changes none of them meanwhile."""
    token = _keeper.set(SimpleNamespace())
    try:
        yield
    finally:
        _keeper.reset(token)


def site_roots() -> list[SiteRootPath]:
    """Return them, the most specific path first; no query where they are kept."""
    kept = _keeper.get()
    if kept is None:
        return Site.get_site_root_paths()
    if not hasattr(kept, KEPT):
        setattr(kept, KEPT, Site.get_site_root_paths())
    return getattr(kept, KEPT)  # type: ignore[no-any-return]


def keeper() -> Any:
    """Return what Wagtail's pages keep them at in place of a request; None outside `read_once`."""
    return _keeper.get()
