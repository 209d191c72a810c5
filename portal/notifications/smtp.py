"""Mail over SMTP: in the portal's own wire format, with no word on which machine sends it."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from portal.notifications.wire import as_bytes, domain_of


class _NotesBody:
    """Mixed into smtplib's clients: remembers that a whole message went out."""

    body_sent = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        # Commands are text; bytes are the message with its final dot. Had sending it raised, the
        # server could not have seen that dot, which is what makes a message its own (RFC 5321,
        # 4.1.1.4).
        if isinstance(s, bytes):
            self.body_sent = True


class NotingSMTP(_NotesBody, smtplib.SMTP):
    pass


class NotingSMTPSSL(_NotesBody, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """
    Django's SMTP backend, settings and all.

    `sender` is who the mail will be from: the client introduces itself with that domain, where
    Django would name the machine. `may_have_been_taken` speaks of the connection.
    """

    def __init__(self, *args: Any, sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sender = sender or settings.DEFAULT_FROM_EMAIL

    def connection_class(  # type: ignore[override]  # whatever can be called
        self, *args: Any, **kwargs: Any
    ) -> smtplib.SMTP:
        """Return a connected client. How it introduces itself is in each mail's "Received"."""
        client = NotingSMTPSSL if self.use_ssl else NotingSMTP
        return client(*args, **{**kwargs, "local_hostname": domain_of(self.sender)})

    def may_have_been_taken(self) -> bool:
        """Say whether the whole message was handed to the server, whatever it said of it."""
        return isinstance(self.connection, _NotesBody) and self.connection.body_sent

    def _send(self, email_message: EmailMessage) -> bool:
        """Send as Django does, in the portal's wire format. Raises what smtplib raises."""
        if self.connection is None or not email_message.recipients():
            return False
        recipients = [sanitize_address(each, "utf-8") for each in email_message.recipients()]
        sender = sanitize_address(email_message.from_email, "utf-8")
        try:
            self.connection.sendmail(sender, recipients, as_bytes(email_message))
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True
