"""Which text a native reader has read in which language, and in which wording."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """
    A reading of `text` (a key of the registry) in `language` by somebody who grew up with it.

    `digest` is of the wording that they read. `read_by` is what the reader wishes to be called, and
    may be empty; `entered_by` is who of staff said so.
    """

    language = models.CharField(_("language"), max_length=16)
    text = models.CharField(_("text"), max_length=50)
    read_on = models.DateField(_("read on"))
    read_by = models.CharField(_("read by"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    digest = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("check of a translation")
        verbose_name_plural = _("checks of translations")
        default_permissions = ("change",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("language", "text"), name="one_review_a_translation")
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.language}"
