"""What a guide has several of: its files, its change notes, what consultations changed in it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from knowledge.control_lists.models import ListEntry
from knowledge.guides.models.guide import GuidePage
from portal.cms.wings.influences import ConsultationField


class GuideDocument(Orderable):
    """A file to download with the guide."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.CASCADE, related_name="+", verbose_name=_("file")
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("If empty, the file’s own title.")
    )

    @property
    def shown_title(self) -> str:
        return self.title or self.document.title


class GuideEntry(Orderable):
    """An entry of a control list that the guide is about."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey(
        ListEntry, models.PROTECT, related_name="+", verbose_name=_("control-list entry")
    )

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guide", "entry"],
                name="an_entry_once_a_guide",
                violation_error_message=_("This entry is chosen already."),
            )
        ]


class GuideChange(models.Model):
    """A dated note of what changed, for those who relied on an earlier text."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="changes")
    changed_on = models.DateField(_("date"))
    note = models.CharField(_("what changed"), max_length=400)

    class Meta:
        ordering: ClassVar = ["-changed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.changed_on:%Y-%m-%d}: {self.note}"


class GuideInfluence(Orderable):
    """A part of the guide that changed because of a consultation, by that consultation's docket."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="influences")
    consultation = ConsultationField()
    part = models.CharField(
        _("heading of the part"),
        max_length=120,
        blank=True,
        help_text=_("As it stands in the text. If empty, the whole guide."),
    )
    what = models.CharField(
        _("what changed"),
        max_length=400,
        help_text=_("One sentence: what the guide says now because of what people said."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("change because of a consultation")
        verbose_name_plural = _("changes because of consultations")

    def __str__(self) -> str:
        return f"{self.consultation}: {self.what}"
