"""What lets answers in after the deadline."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.responses.models.choices import LateReason
from portal.keys import RandomKeyField

SECOND = timedelta(seconds=1)


class LateTokenQuerySet(models.QuerySet["LateToken"]):
    def of_code(self, consultation_id: int, token_hash: str) -> "LateTokenQuerySet":
        """Return the token of one consultation that was given as this code."""
        return self.filter(consultation_id=consultation_id, token_hash=token_hash)

    def given(self, consultation_id: int) -> "LateTokenQuerySet":
        """Return those of one consultation, the newest first."""
        found = self.filter(consultation_id=consultation_id)
        return found.select_related("issued_by", "consultation").order_by("-issued_at", "pk")

    def announced(self, consultation_id: int) -> "LateTokenQuerySet":
        """Return those of one consultation that are told to everybody, the newest first."""
        return self.given(consultation_id).filter(is_announced=True)

    def holding(self, at: datetime) -> "LateTokenQuerySet":
        """Return those neither run out nor revoked at an aware instant."""
        return self.filter(expires_at__gt=at, revoked_on=None)


class LateToken(models.Model):
    """
    Lets answers in after the deadline; given by staff for a reason that names no person.

    It is used where an answer is begun with it. Nothing ties it to that answer. Of its uses only
    `answers_left` is kept, where `most_answers` sets a limit: never when, never which. One that
    `is_announced` needs no code: it stands on the consultation's page, and its `token_hash` is
    None. `event` says what happened, and where; it is empty where the reason is a person's own.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="late_tokens")
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique
    reason = models.CharField(_("reason"), max_length=10, choices=LateReason)
    event = models.CharField(_("what happened"), max_length=300, blank=True)
    is_announced = models.BooleanField(_("announced"), default=False)
    most_answers = models.PositiveIntegerField(_("most responses"), null=True, blank=True)
    answers_left = models.PositiveIntegerField(null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("given"))
    expires_at = models.DateTimeField(_("valid until"))
    revoked_on = models.DateField(_("revoked"), null=True, blank=True)

    objects = LateTokenQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        # Translators: as in the glossary: it lets responses in after the deadline.
        verbose_name = _("late token")
        verbose_name_plural = _("late tokens")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=LateReason.PERSON) | Q(event="", is_announced=False),
                name="late_token_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True, is_announced=True)
                | Q(token_hash__isnull=False, is_announced=False),
                name="late_token_has_code_or_is_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} · {self.issued_at:%Y-%m-%d}"

    @property
    def deadline(self) -> datetime:
        """Return the last second in which it holds (aware): what is shown as its end."""
        return self.expires_at - SECOND
