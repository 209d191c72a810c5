"""The texts of a consultation in another language."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.calls.models.consultation import ConsultationPage


class TextQuerySet(models.QuerySet["ConsultationText"]):
    def waiting_for(self, user: Any) -> "TextQuerySet":
        """Return those that wait for approval by somebody else than who wrote or sent them."""
        found = self.filter(state=ConsultationText.State.WAITING).select_related("consultation")
        writers = models.Q(written_by=user.pk) | models.Q(submitted_by=user.pk)
        return found.exclude(writers).order_by("consultation", "language")


class ConsultationText(models.Model):
    """
    The words of one consultation in one language, as they are worked on and as they are public.

    `words` and `published` map a segment's key (`texts.segments`) to `{"text": words, "of": digest
    of the original that they translate}`; what is public has the moment of its first publication
    (ISO 8601), "since", as well. `reason` is why words change that people have answered. Rows are
    written by `translating.actions` alone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits for the second person")
        PUBLISHED = "published", _("Published")

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    words = models.JSONField(default=dict)
    published = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    published_on = models.DateField(_("published"), null=True)
    version = models.PositiveIntegerField(default=0)

    objects = TextQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["language"]
        verbose_name = _("text in another language")
        verbose_name_plural = _("texts in other languages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "language"], name="one_text_in_each_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation} · {self.language}"
