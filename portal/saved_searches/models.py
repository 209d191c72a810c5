"""
Searches that people keep.

A saved search may show what somebody works on, and that may endanger them or their sources. So it
is its owner's alone: no admin page shows it, no log line and no subject of a mail holds its words,
and it goes when its owner's account goes.
"""

import hashlib
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.saved_searches.schedule import Frequency, last_hour
from portal.stakeholders.models import User, confirmed_addresses


def today() -> date:
    """Return the day in UTC."""
    return timezone.now().date()


def fingerprint(query: str) -> str:
    """Return what tells one canonical query string from another."""
    return hashlib.sha256(query.encode()).hexdigest()


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, owner: User) -> "SavedSearchQuerySet":
        """Return a person's own, by name."""
        return self.filter(owner=owner).order_by("name", "pk")

    def asking(self, query: str) -> "SavedSearchQuerySet":
        """Return those that ask this: a canonical query string."""
        return self.filter(fingerprint=fingerprint(query))

    def with_mail(self) -> "SavedSearchQuerySet":
        """Return those whose owner wants mail, has an account in use and a proved address."""
        proved = confirmed_addresses(OuterRef("owner"), OuterRef("owner__email"))
        return self.exclude(frequency=Frequency.NONE).filter(Exists(proved), owner__is_active=True)

    def due(self, at: datetime) -> "SavedSearchQuerySet":
        """Return those to be looked at for a mail at `at`, each person's together."""
        is_due = Q()
        for frequency in (Frequency.DAILY, Frequency.WEEKLY):
            is_due |= Q(frequency=frequency, looked_at__lt=last_hour(frequency, at))
        return self.with_mail().filter(is_due).order_by("owner_id", "name", "pk")

    def move_on(self, search: "SavedSearch", to: datetime) -> bool:
        """
        Set the watermark of a search that was looked at; False where somebody else did already.

        One conditional UPDATE: of any number who try, one may tell its owner.
        """
        return bool(
            self.filter(pk=search.pk, looked_at=search.looked_at)
            .exclude(frequency=Frequency.NONE)
            .update(looked_at=to)
        )


class SavedSearch(models.Model):
    """
    A search that somebody keeps, by its address, and how they want to hear of news.

    `query` is that address's query string in the canonical form of `asking.Asked`. What came into
    the index after `looked_at` has not been told yet.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=100)
    query = models.TextField(editable=False)
    # Instead of the query in the index: PostgreSQL has a limit on what an index entry may hold.
    fingerprint = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language of the mails"), max_length=12)
    frequency = models.CharField(_("mail"), max_length=6, choices=Frequency)
    looked_at = models.DateTimeField(editable=False)
    created_on = models.DateField(default=today, editable=False)

    objects = SavedSearchQuerySet.as_manager()
    # Else Wagtail would list it to staff among the uses of its owner's account.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        # No permissions: nobody but its owner has any business with it.
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "fingerprint"], name="saved_search_once_a_person"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["frequency", "looked_at"],
                name="saved_search_due",
                condition=~Q(frequency="none"),
            )
        ]

    def __str__(self) -> str:
        # Not its name: this is what errors and logs show of an object.
        return f"saved search {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.fingerprint = fingerprint(self.query)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
