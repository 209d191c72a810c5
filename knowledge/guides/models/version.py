"""Versions of a guide: each text that went live, as it was."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models.guide import GuidePage


class GuideVersionQuerySet(models.QuerySet["GuideVersion"]):
    def without_text(self) -> "GuideVersionQuerySet":
        """Leave the frozen text in the database, for lists."""
        return self.defer("content")

    def newest(self) -> "GuideVersionQuerySet":
        """Return the newest version of each guide."""
        later = GuideVersion.objects.filter(guide=OuterRef("guide"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class GuideVersion(models.Model):
    """
    A guide as it was published, which never changes.

    `content` is what `versions.content.frozen` returns, `digest` SHA-256 over its canonical JSON,
    which the record states under `record_leaf`. `words_added` and `words_removed` count against
    the version before.
    """

    guide = models.ForeignKey(GuidePage, models.CASCADE, related_name="published_versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    note = models.CharField(_("what changed"), max_length=400, blank=True)
    is_minor = models.BooleanField(_("minor change"), default=False)
    content = models.JSONField(_("content"))
    words_added = models.PositiveIntegerField(default=0)
    words_removed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    record_leaf = models.CharField(max_length=64)

    objects = GuideVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a guide")
        verbose_name_plural = _("versions of guides")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guide", "number"], name="one_version_of_each_number")
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("guide_version", args=[self.guide.slug, self.number])

    @property
    def is_news(self) -> bool:
        """Say whether whoever relied on the version before is told of this one."""
        return self.number > 1 and bool(self.note) and not self.is_minor

    @property
    def compare_href(self) -> str:
        """Return where it is compared with the one before; "" for the first."""
        if self.number == 1:
            return ""
        address = reverse("guide_compare", args=[self.guide.slug])
        return f"{address}?from={self.number - 1}&to={self.number}"
