"""How far somebody has come on a path, kept in their account because they asked for it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.learning.progress import Progress, from_rows, rows_of
from portal.keys import RandomKeyField
from portal.stakeholders.models import User
from portal.web.errors import Refused


class KeptProgressQuerySet(models.QuerySet["KeptProgress"]):
    def of(self, user: User | AnonymousUser) -> "KeptProgressQuerySet":
        """Return what an account keeps, the newest day first; nothing of whoever has none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(owner=user).order_by("-day", "path")


class KeptProgress(models.Model):
    """
    Modules of one path that one account has worked through, and the last day on which that changed.

    `path` is the key that a path shares with its translations; `done` are rows of a guide's key, a
    language and a version (`knowledge.learning.progress`).
    """

    id = RandomKeyField()
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="kept_progress", verbose_name=_("owner")
    )
    path = models.UUIDField(_("path"))
    done: Any = models.JSONField(_("worked through"), default=list)
    day = models.DateField(_("day"))

    objects = KeptProgressQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-day", "path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "path"], name="one_progress_of_each_path")
        ]
        verbose_name = _("kept progress")
        verbose_name_plural = _("kept progress")

    def __str__(self) -> str:
        return f"{self.path} · {self.day}"

    @property
    def progress(self) -> Progress:
        """Return what is kept; nothing where it cannot be read."""
        try:
            return from_rows(str(self.path), self.done)
        except Refused:
            return Progress(str(self.path))

    @progress.setter
    def progress(self, progress: Progress) -> None:
        self.done = rows_of(progress)


@dataclass(frozen=True)
class Reached:
    """Progress of a reader, with whether their account keeps it, and what could not be read."""

    progress: Progress
    is_kept: bool
    problem: str = ""


def reached_in_account(user: User | AnonymousUser, path: str) -> Reached:
    """Return what an account keeps of a path, given by its key; nothing of whoever has none."""
    kept = KeptProgress.objects.of(user).filter(path=path).first()
    return Reached(kept.progress if kept else Progress(path), kept is not None)
