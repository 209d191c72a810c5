"""A change of a document that readers have: it waits for a second person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.documents.models import Document
from wagtail.models import Collection


class DocumentChangeQuerySet(models.QuerySet["DocumentChange"]):
    def waiting(self) -> "DocumentChangeQuerySet":
        """Return those that nobody has decided; the oldest first."""
        found = self.filter(decided_at__isnull=True).select_related("document", "proposed_by")
        return found.order_by("proposed_at", "pk")


class DocumentChange(models.Model):
    """A proposal for a document: a new title, collection or file; the rest is empty."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("a change of a document", "Accepted")
        DECLINED = "declined", pgettext_lazy("a change of a document", "Not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("a change of a document", "Withdrawn")

    document = models.ForeignKey("wagtaildocs.Document", models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=255, blank=True)
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, related_name="+")
    # Kept aside until somebody decides; no address of the portal leads there.
    file = models.FileField(_("file"), upload_to="proposed", blank=True)
    reason = models.TextField(_("what changes, and why"), max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    answer = models.TextField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = DocumentChangeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a document")
        verbose_name_plural = _("changes of documents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(decided_at__isnull=True),
                name="one_waiting_change_of_a_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposed_at:%Y-%m-%d} · {self.document_id}"

    def as_document(self) -> Document:
        """Return the proposed file as a document that is not saved, to look into it."""
        return Document(title=self.title or self.document.title, file=self.file)
