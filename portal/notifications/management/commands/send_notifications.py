"""Send the e-mails that are due; from a timer, or with --loop as a service of its own."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connections

from portal.notifications.delivery import BACKOFF, Tally, backlog, retry_unknown, send_due


class Command(BaseCommand):
    help = (
        "Sends the e-mails that are due, and says what is left. Safe to run beside servers that "
        "send, and more than once at a time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until told to end (SIGTERM)")
        parser.add_argument(
            "--every", type=int, default=10, metavar="SECONDS", help="between rounds, with --loop"
        )
        parser.add_argument(
            "--retry-unknown",
            action="store_true",
            help="also send again what may or may not have been sent; some may arrive twice",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_unknown"]:
            self.stdout.write(f"{retry_unknown()} of unknown fate will be sent again.")
        if options["loop"]:
            self.loop(options["every"])
        else:
            self.report(send_due(), backlog())

    def loop(self, every: int) -> None:
        """Round after round; on SIGTERM or SIGINT the message in hand is finished first."""
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            try:
                tally = send_due(stopped=ended.is_set)
                if any(tally):
                    self.report(tally, backlog())
            except DatabaseError as error:
                self.stderr.write(f"The database does not answer: {type(error).__name__}")
            finally:
                connections.close_all()
            ended.wait(every)

    def report(self, tally: Tally, left: dict[str, Any]) -> None:
        since = f" (the oldest since {left['waiting_since']})" if left["waiting"] else ""
        self.stdout.write(f"{tally.sent} sent, {left['waiting']} waiting{since}.")
        if left["failed"]:
            self.stdout.write(
                f"{left['failed']} given up after {len(BACKOFF) + 1} attempts; "
                "their addresses are erased."
            )
        if left["unknown"]:
            self.stdout.write(
                f"{left['unknown']} of unknown fate: the mail server may or may not have taken "
                "them before the connection or this portal broke off. They are not sent again by "
                "themselves. Look into the mail server's log; --retry-unknown sends them again."
            )
