"""`manage.py keep_empty_database`: what a new demonstration begins from."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from portal.management.head_start import keep


class Command(BaseCommand):
    help = "Keep an empty database for new demonstrations. Run it after many migrations were added."

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            connection.close()
            connection.settings_dict["NAME"] = str(Path(folder) / "portal.sqlite3")
            call_command("migrate", verbosity=0)
            compact = Path(folder) / "compact"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(compact)])
            connection.close()
            keep(compact)
