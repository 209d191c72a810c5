"""What happens to a response after it is sent, as its submitter reads it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.responses.models.answer import Response


class Clarification(models.Model):
    """A question of the screening staff to a submitter, and the answer."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="clarifications")
    question = models.TextField(_("question"), max_length=2000)
    asked_on = models.DateField(_("asked"))
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.asked_on}"


class StatusEvent(models.Model):
    """What happened to a response, as its submitter reads it; rows are only ever added."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        NEW_VERSION = "new-version", _("New version received")
        CLARIFICATION_ASKED = "clarification-asked", _("We have a question")
        CLARIFICATION_ANSWERED = "clarification-answered", _("You answered our question")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Not accepted")
        REOPENED = "reopened", _("Being checked again")
        REDACTED = "redacted", _("Passages left out of the public copy")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed from publication")
        OUTCOME = "outcome", _("The outcome is published, and your e-mail address is erased")
        CANCELLED = (
            "cancelled",
            _("The consultation was cancelled, and your e-mail address is erased"),
        )
        LAPSED = (
            "lapsed",
            _("Two years have passed since the deadline, and your e-mail address is erased"),
        )

    response = models.ForeignKey(Response, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=22, choices=Kind)
    text = models.TextField(blank=True)
    on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.kind}"
