"""`manage.py housekeeping`: what has to happen from time to time, for one timer."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

# In this order; each may be run again at any time, and by itself.
COMMANDS = (
    "begin_guide_versions",
    "publish_scheduled",
    "publish_roots",
    "forget_traces",
    "refresh_phases",
    "search_outbox",
    ("count_search_words", "--daily"),
    "send_search_digests",
    "erase_old_contacts",
    "tell_followers",
    "remind_of_reviews",
    "remind_fact_checkers",
    "send_notifications",
    "scan_quarantine",
    "forget_lost_files",
    "forget_made_files",
    "remove_unused_files",
    "erase_old_drafts",
    "erase_ended_codes",
    "erase_ended_handles",
    "forget_missed_searches",
    "erase_old_feedback",
    "erase_ended_sessions",
    "erase_old_staff_log",
    "erase_old_invitations",
    "forget_fact_checkers",
    "make_guide_files",
    "check_links",
)


class Command(BaseCommand):
    help = (
        "Begins the versions of guides, publishes what is scheduled and the record of ended days, "
        "forgets the order in which answers came in, keeps the search up to date, tells followers "
        "and owners of guides, reminds experts, "
        "sends mail and digests that wait, scans and tidies files, erases old drafts, codes, "
        "addresses, sessions and invitations, makes the PDFs of guides, asks whether sources "
        "answer. Run it every five minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each; one that fails is named at the end and stops none of the others."""
        failed = []
        for command in COMMANDS:
            name, *arguments = (command,) if isinstance(command, str) else command
            try:
                call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                failed.append(f"{name}: {error}")
        if failed:
            raise CommandError("; ".join(failed))
