"""An SMTP connection that can say whether a message may already have been taken."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


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


class NotingEmailBackend(EmailBackend):
    """Django's SMTP backend, settings and all; `may_have_been_taken` speaks of its connection."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return NotingSMTPSSL if self.use_ssl else NotingSMTP

    def may_have_been_taken(self) -> bool:
        """Whether the whole message was handed to the server, whatever it said of it."""
        return isinstance(self.connection, _NotesBody) and self.connection.body_sent
