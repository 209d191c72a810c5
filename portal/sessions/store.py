"""
Django's sessions in the database (`SESSION_ENGINE`), with hashed keys and ends of our own.

Members: a session ends SESSION_COOKIE_AGE after the day it was last used, and MEMBER_SESSION_DAYS
after the day it began. Staff: STAFF_SESSION_IDLE_MINUTES after the last thing they did, and
STAFF_SESSION_HOURS after it began.
"""

import math
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from portal.keys import hashed
from portal.sessions.models import Session

STAFF_SINCE, STAFF_SEEN = "staff_since", "staff_seen"  # in minutes since 1970
MINUTE = 60


class SessionStore(DatabaseStore):
    """For servers that answer in threads (WSGI): the asynchronous half of Django's is not ours."""

    row: Session | None = None  # as it was read

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, for good, once it is over."""
        self.row = None
        key = self.session_key
        found = Session.objects.standing(hashed(key)) if key else None
        data = self.decode(found.session_data) if found else {}
        if found is None or self._is_over(found, data):
            self._session_key = None
            return {}
        self.row = found
        return data

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=hashed(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(pk=hashed(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self._expiry_of(data),
            person_id=data.get(SESSION_KEY),
            begun_on=today(),
            used_on=today(),
            name=self.row.name if self.row else "",  # kept under a new key
        )

    def flush(self) -> None:
        super().flush()
        self.row = None

    @property
    def is_used_today(self) -> bool:
        """Say whether the database knows that it was used on this day."""
        return self.row is not None and self.row.used_on == today()

    def use(self, *, by_staff: bool, is_activity: bool) -> None:
        """
        Note that its person is here: the day, and for staff the minute, each once.

        What a page asks by itself is not `is_activity`: it does not keep a session of staff alive.
        """
        now = _minute_of(timezone.now())
        if by_staff and STAFF_SINCE not in self:
            self[STAFF_SINCE] = self[STAFF_SEEN] = now
        elif STAFF_SINCE in self and is_activity and self[STAFF_SEEN] != now:
            self[STAFF_SEEN] = now
        elif not self.is_used_today:
            self.modified = True

    def get_expire_at_browser_close(self) -> bool:
        """Say yes for staff: their cookie goes with the browser, and stays off its disk."""
        return STAFF_SINCE in self or super().get_expire_at_browser_close()

    def _expiry_of(self, data: dict[str, Any]) -> datetime:
        """Return when the row ends: for staff to the minute, for all others at the end of a day."""
        if STAFF_SEEN in data:
            minutes = data[STAFF_SEEN] + settings.STAFF_SESSION_IDLE_MINUTES
            return datetime.fromtimestamp(minutes * MINUTE, UTC)
        last = (timezone.now() + timedelta(seconds=self.get_expiry_age())).astimezone(UTC).date()
        return datetime.combine(last + timedelta(days=1), time(), UTC)

    def _is_over(self, found: Session, data: dict[str, Any]) -> bool:
        if STAFF_SINCE in data:
            hours = (_minute_of(timezone.now()) - data[STAFF_SINCE]) / MINUTE
            return bool(hours >= settings.STAFF_SESSION_HOURS)
        return SESSION_KEY in data and found.is_over(today(), settings.MEMBER_SESSION_DAYS)


def session_of(request: HttpRequest) -> SessionStore:
    """Return the request's session as what it is here."""
    assert isinstance(request.session, SessionStore)
    return request.session


def today() -> date:
    return timezone.now().astimezone(UTC).date()


def _minute_of(moment: datetime) -> int:
    return math.floor(moment.timestamp() / MINUTE)
