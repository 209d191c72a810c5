"""What the pages of a path need beside its modules: how far the reader has come."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest

from knowledge.learning.models import PathPage, Reached, paths_at, reached_in_account
from knowledge.learning.modules import Module
from knowledge.learning.progress import Progress, opened, sealed
from portal.web.errors import Refused


def path_at(slug: str) -> PathPage:
    """Return the path that an address in the reader's language means. Raises Http404."""
    found = paths_at(slug) if slug.isprintable() else []  # PostgreSQL refuses what holds a NUL
    if not found:
        raise Http404
    path: PathPage = found[0]
    return path


def module_at(path: PathPage, slug: str) -> Module:
    """Return the module of a path whose guide has that address. Raises Http404."""
    for module in path.modules_shown:
        if module.guide and module.guide.slug == slug:
            return module
    raise Http404


def after(module: Module, modules: Sequence[Module], progress: Progress) -> Module | None:
    """Return the next module that is not worked through, after this and round; None if all."""
    place = [each.key for each in modules].index(module.key)
    others = [*modules[place + 1 :], *modules[:place]]
    return next((each for each in others if each.guide and each.key not in progress.done), None)


def reached_by(request: HttpRequest, path: PathPage) -> Reached:
    """Return how far the reader has come: what the form carries, and what their account keeps."""
    kept = reached_in_account(request.user, path.key)
    try:
        carried = opened(request.POST.get("carried", ""), path.key)
    except Refused as refusal:
        return replace(kept, problem=str(refusal))
    return replace(kept, progress=carried.joined(kept.progress))


def module_context(path: PathPage, module: Module, progress: Progress) -> dict[str, Any]:
    """Return what the page of a module shows beside its form."""
    modules = path.modules_shown
    return {
        "path": path,
        "module": module,
        "number": [each.key for each in modules].index(module.key) + 1,
        "count": len(modules),
        "progress": progress,
        "carried": sealed(progress),
        "next_module": after(module, modules, progress),
        "is_whole": progress.is_whole(modules),
    }
