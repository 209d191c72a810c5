"""`manage.py clean_library`: documents and pictures from before they were checked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.cms.library.actions import clean_stored


class Command(BaseCommand):
    help = (
        "Scans every document and picture that editors have uploaded and takes out what names"
        " people. Run it once after an upgrade to this version; it may be run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Name what would not be taken today: its editor has to replace or delete it."""
        refused = 0
        for item, changed, why in clean_stored():
            if changed:
                self.stdout.write(f"{item._meta.verbose_name} {item.pk}: cleaned")
            elif why:
                refused += 1
                self.stderr.write(f"{item._meta.verbose_name} {item.pk} ({item.title}): {why}")
        if refused:
            raise CommandError(f"{refused} left as they are: replace or delete them in the admin.")
