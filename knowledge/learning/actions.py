"""Keeping progress in an account, and giving out certificates."""

from datetime import date
from typing import cast

from django.db import transaction

from knowledge.learning.models import Certificate, KeptProgress, PathPage
from knowledge.learning.modules import Module, minutes_of
from knowledge.learning.progress import Progress
from portal.stakeholders.models import User


@transaction.atomic
def keep_progress(*, owner: User, progress: Progress, on: date) -> KeptProgress:
    """Keep in an account what was worked through, beside what it keeps of the path already."""
    User.objects.select_for_update().get(pk=owner.pk)  # of two, one after another
    kept = KeptProgress.objects.of(owner).filter(path=progress.path).first()
    if kept is None:
        kept = KeptProgress(owner=owner, path=progress.path)
    kept.progress = kept.progress.joined(progress)
    kept.day = on
    kept.save()
    return kept


def forget_progress(*, owner: User, path: str) -> int:
    """Erase what an account keeps of a path; return how many rows there were."""
    return cast(int, KeptProgress.objects.of(owner).filter(path=path).delete()[0])


def give_certificate(*, path: PathPage, progress: Progress, on: date) -> Certificate:
    """Keep that a path was worked through, in which versions, and the day; not by whom."""
    modules = [each for each in path.modules_shown if each.guide]
    return Certificate.objects.create(
        path=path.translation_key,
        title=path.title,
        language=path.written_in,
        minutes=minutes_of(modules),
        guides=[_row(each, progress) for each in modules],
        day=on,
    )


def _row(module: Module, progress: Progress) -> dict[str, object]:
    language, version = progress.done[module.key]
    return {
        "guide": module.key,
        "title": module.guide.title if module.guide else "",
        "slug": module.guide.slug if module.guide else "",
        "language": language,
        "version": version,
    }
