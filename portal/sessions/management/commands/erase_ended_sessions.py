"""`manage.py erase_ended_sessions`: part of housekeeping."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.sessions.store import SessionStore


class Command(BaseCommand):
    help = "Erases sessions that have ended."

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
