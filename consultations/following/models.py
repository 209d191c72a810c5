"""
Who follows a consultation, and what its followers have been told.

That somebody follows may show what they work on. So no admin page and no export has these rows, no
permission is about them, and nothing leads from one to a response.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from portal.keys import RandomKeyField
from portal.stakeholders.models import User


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, owner: User) -> "FollowQuerySet":
        """Return a member's own, the consultation that closes next first."""
        return self.filter(owner=owner).order_by("consultation__closes_at", "consultation__docket")


class Follow(models.Model):
    """
    One mailbox that is told what happens to one consultation.

    A member's mail goes to the address of their account (`owner`), anybody else's to the address
    that is `sealed`; `contacts` reads both. No day and no time is kept.
    """

    id = RandomKeyField()
    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="follows")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="follows"
    )
    sealed = models.BinaryField(editable=False)  # contacts.pack(address, language)

    objects = FollowQuerySet.as_manager()
    # Else Wagtail would list it to staff among the uses of its consultation and of its account.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "owner"], name="follows_once_a_consultation"
            )
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Announced(models.Model):
    """
    An event of a consultation that its followers have been told of, or that came before them all.

    `key` is that of `calls.feeds.events.Event`. It says nothing of any one follower.
    """

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="announced")
    key = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("announced event")
        verbose_name_plural = _("announced events")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "key"], name="announced_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} · {self.key}"
