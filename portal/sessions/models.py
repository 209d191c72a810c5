"""Sessions as the database has them: whose, since which day, and no key that opens one."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# SQL for the reason that `OF_SESSION` of people has: it is asked before that, as often.
STANDING = "SELECT * FROM portal_sessions_session WHERE session_key = %s AND expire_date > %s"


class SessionManager(BaseSessionManager["Session"]):
    def standing(self, key: str) -> "Session | None":
        """Return the session under a hashed key, if it has not ended."""
        return next(iter(self.raw(STANDING, [key, timezone.now()])), None)

    def of(self, person: Any) -> models.QuerySet["Session"]:
        """Return this person's sessions that have not ended, the one used last first."""
        found = self.filter(person=person, expire_date__gt=timezone.now())
        return found.order_by("-used_on", "-begun_on", "pk")


class Session(AbstractBaseSession):
    """
    One browser in which somebody is signed in, or is in the middle of something.

    `session_key` is a hash of the key that the browser has (`store`): nobody comes in with what
    stands here or in a backup. Of the browser nothing is kept but the name that its owner gives;
    of its use two days (UTC), and for members no finer time stands in `expire_date` either.
    """

    session_key = models.CharField(_("hash of the key"), max_length=64, primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False)
    begun_on = models.DateField(_("begun"))
    used_on = models.DateField(_("last used"))
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=60, blank=True)

    objects: ClassVar[SessionManager] = SessionManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def save(self, *args: Any, **how: Any) -> None:
        """Save; the day it began stays as it is, and so does the name that its owner gave it."""
        if how.get("force_update"):
            how["update_fields"] = ["session_data", "expire_date", "person", "used_on"]
        super().save(*args, **how)

    @classmethod
    def get_session_store_class(cls) -> type:
        from portal.sessions.store import SessionStore

        return SessionStore

    def is_over(self, on: date, days: int) -> bool:
        """Say whether it began more than `days` days before."""
        return (on - self.begun_on).days > days
