"""`manage.py demo`: real documents, invented people, three consultations."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment
from portal.management import head_start
from portal.management.demo.advice import load_operator
from portal.management.demo.consultations import load_consultations
from portal.management.demo.content import read
from portal.management.demo.discussion import load_discussion
from portal.management.demo.fact_checks import load_fact_checks
from portal.management.demo.feedback import load_feedback
from portal.management.demo.guides import load_guides, load_learning, load_owners
from portal.management.demo.influences import load_influences
from portal.management.demo.learning import load_learning_paths
from portal.management.demo.people import ACCOUNTS, load_people
from portal.management.demo.responses import load_responses
from portal.management.demo.search import load_search
from portal.management.demo.translations import load_texts
from portal.management.demo.versions import load_versions
from portal.management.demo.work import load_work
from portal.management.indexing import indexed_at_the_end
from portal.pdf import pango
from portal.stakeholders.models import User

# Known to everybody: it opens accounts of the demonstration settings and of no other.
PASSWORD = "code-in-practice"  # noqa: S105


def load_voices(now: datetime, people: dict[str, User], consultation: ConsultationPage) -> None:
    """Load what people say of one consultation: comments, and answers to its questions."""
    load_discussion(now, people, consultation)
    load_responses(now, consultation)


class Command(BaseCommand):
    help = (
        "Load the demonstration's content. What is there already stays as it is, so the command "
        "may be run again. Refused outside the demonstration settings."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--show-accounts", action="store_true", help="only print addresses and accounts"
        )
        # In the same process, which spares what a second one needs to begin.
        parser.add_argument(
            "--migrate", action="store_true", help="bring the database up to date before"
        )

    def handle(
        self, *args: Any, show_accounts: bool = False, migrate: bool = False, **options: Any
    ) -> None:
        if not settings.DEMO:
            raise CommandError("The demonstration's accounts have a public password; refused here.")
        if show_accounts:
            self.show_accounts()
            return
        if migrate:
            head_start.begin()
            call_command("migrate", verbosity=0)
        if not pango.is_installed():
            self.stdout.write(
                "  Pango is missing: no forms as PDF, and Word and OpenDocument texts are refused"
                " (Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0)."
            )
        if Comment.objects.count() >= len(read("comments.toml")["comment"]):
            self.stdout.write("  Demonstration content is there.")
        else:
            self.load()

    @transaction.atomic
    def load(self) -> None:
        with indexed_at_the_end():
            self.load_content(timezone.now())
        self.step("Words of the index", lambda: call_command("count_search_words", verbosity=0))
        self.step("The record's ended days", lambda: call_command("publish_roots", verbosity=0))

    def load_content(self, now: datetime) -> None:
        self.step("Pages, the Code, 119 states", lambda: call_command("create_site", verbosity=0))
        self.step("Who would run it", load_operator)
        people = self.step("Organisations and people", lambda: load_people(PASSWORD))
        self.step("Sources, control lists, guides", lambda: load_guides(now))
        self.step("Versions of guides", lambda: load_versions(now))
        self.step("Capacity building", load_learning)
        self.step("Learning paths", lambda: load_learning_paths(now))
        self.step("Consultations", lambda: load_consultations(now))
        self.step("Their texts in other languages", load_texts)
        self.step("What they changed in guides", load_influences)
        # The oldest first: a later comment has a higher id.
        for consultation in ConsultationPage.objects.by_deadline():
            title = f"Comments and responses: {consultation.title}"
            self.step(title, partial(load_voices, now, people, consultation))
        self.step("Work that waits for the staff", lambda: load_work(now))
        self.step("Owners of guides", lambda: load_owners(now))
        self.step("What readers say of guides", lambda: load_feedback(now))
        self.step("Facts that experts check", lambda: load_fact_checks(now))
        self.step("Recommendations for search", load_search)

    def step(self, title: str, work: Callable[[], Any]) -> Any:
        """Do one step and say so while it lasts."""
        self.stdout.write(f"  {title} …", ending="")
        self.stdout.flush()
        result = work()
        self.stdout.write(" done")
        return result

    def show_accounts(self) -> None:
        base = settings.BASE_URL
        lines = [
            "",
            f"The portal is on        {base}/",
            f"The admin is on         {base}/admin/",
            f"Mail it sends is on     {base}/demo/mail/   (sign-up codes; also shown here)",
            "",
            f"Accounts, each with the password {PASSWORD}:",
            *(f"  {account.email:<26}{account.does}" for account in ACCOUNTS),
            "",
            "Stop with Ctrl-C. The data stays.",
        ]
        self.stdout.write("\n".join(lines))
