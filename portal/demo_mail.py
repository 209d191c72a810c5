"""
The demonstration's mail: kept in a folder, shown in the terminal, read at /demo/mail/.

Only the demonstration settings use this backend, and the page is 404 wherever another is in use.
"""

import email
import sys
from email.policy import default as default_policy
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend
from django.core.mail.message import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from portal.notifications.wire import as_bytes

SHOWN = 100
# Between two messages of one file. No line of a message is as long (`portal.notifications.wire`).
BETWEEN = b"\n" + b"-" * 79 + b"\n"


class DemoMailBackend(EmailBackend):
    """Writes each message to `EMAIL_FILE_PATH` and its text to standard error."""

    def write_message(self, message: EmailMessage) -> None:
        # The stream is opened for bytes.
        self.stream.write(as_bytes(message) + BETWEEN)  # type: ignore[arg-type]
        print(
            f"\n--- mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n---",
            file=sys.stderr,
            flush=True,
        )


def latest_mail(folder: Path, limit: int = SHOWN) -> list[dict[str, str]]:
    """Return the newest messages in the folder, newest first, as to, subject and plain text."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    # What is sent over one connection lies in one file, one message behind the other.
    raw = (each for path in files for each in reversed(path.read_bytes().split(BETWEEN)[:-1]))
    return [_read(each) for each in islice(raw, limit)]


def _read(raw: bytes) -> dict[str, str]:
    message = email.message_from_bytes(raw, policy=default_policy)
    body = message.get_body(("plain",))
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "text": body.get_content() if body else "",
    }


@never_cache
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show what the demonstration has sent, so that a newcomer finds a sign-up code."""
    if not (settings.DEMO and settings.EMAIL_BACKEND.endswith("DemoMailBackend")):
        raise Http404
    mail = latest_mail(Path(settings.EMAIL_FILE_PATH))
    return render(request, "demo_mail.html", {"mail": mail}, using="jinja2")
