"""Guides as files, made before anybody asks for them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.guide_files.queries import GuideFileQuerySet
from knowledge.guides.models import GuidePage


class GuideFile(models.Model):
    """
    The PDF of a published guide, in the guide's language; `content` is empty where none was made.

    `published_at` is when the guide was published that it shows. `digest` is that of what was laid
    out: while it is the same, the file is as it would be made now. `checked_on` is the UTC day on
    which that was looked at last.
    """

    guide = models.OneToOneField(GuidePage, models.CASCADE, related_name="+")
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    checked_on = models.DateField()
    size = models.PositiveIntegerField()  # in bytes
    content = models.BinaryField(editable=False)

    objects = GuideFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a guide")
        verbose_name_plural = _("files of guides")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.guide.slug
