"""
The check that holds each file of the library to its bar, and names file and line.

It reads files only: no database is asked. What each module looks at is in its first line.
"""

from pathlib import Path

from portal.management.library.checking import (
    addresses,
    blocks,
    citations,
    coverage,
    figures,
    guides,
    initiative,
    marks,
    moved,
    paths,
    sources,
    translations,
)
from portal.management.library.checking.fault import Fault
from portal.management.library.checking.library import Library

CHECKS = (
    *(guides, blocks, marks, citations, sources, addresses, initiative),
    *(figures, translations, coverage, moved, paths),
)
LIBRARY = Path(__file__).parent.parent


def faults_of(folder: Path = LIBRARY) -> list[Fault]:
    """Return every fault of the library in a folder, by file and line."""
    library = Library(folder)
    found = [*library.unread]
    for check in CHECKS:
        found += check.faults(library)
    return sorted(set(found))


def guides_with_faults(folder: Path = LIBRARY) -> set[str]:
    """
    Return the slugs of the guides that are not whole.

    These are guides with a fault in a file of their own, in their titles, in a source that they
    cite or in a figure that they show. A fault of the library as a whole names none.
    """
    return {slug for fault in faults_of(folder) for slug in fault.slugs}


def paths_with_faults(folder: Path = LIBRARY) -> set[str]:
    """Return the slugs of the learning paths that have a fault in a file of their own."""
    library = Library(folder)
    found = [*library.unread, *paths.faults(library)]
    own = folder / "paths"
    return {fault.path.name.split(".")[0] for fault in found if fault.path.parent == own}


__all__ = ["LIBRARY", "Fault", "faults_of", "guides_with_faults", "paths_with_faults"]
