"""What of each guide goes into packs, and which packs are in the record."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.guides.models import GuidePage
from knowledge.packs.queries import PackedGuideQuerySet


class PackedGuide(models.Model):
    """
    A guide's page and its files as packs hold them, made before anybody asks.

    `files` lists them: name, size in bytes and SHA-256 of each; `content` is a ZIP of them.
    `published_at`, `version` and `pdf_digest` say of what they were made; `checked_on` is the UTC
    day on which that was looked at last.
    """

    guide = models.OneToOneField(GuidePage, models.CASCADE, primary_key=True, related_name="+")
    published_at = models.DateTimeField()
    version = models.PositiveIntegerField()
    pdf_digest = models.CharField(max_length=64, blank=True)
    checked_on = models.DateField()
    files = models.JSONField()
    size = models.PositiveIntegerField()  # of all files together, in bytes
    content = models.BinaryField(editable=False)

    objects = PackedGuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide in packs")
        verbose_name_plural = _("guides in packs")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return str(self.guide_id)


class PackEntry(models.Model):
    """The content of a pack, by the SHA-256 of its manifest, and its entry in the record."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    record_leaf = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("pack in the record")
        verbose_name_plural = _("packs in the record")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.sha256
