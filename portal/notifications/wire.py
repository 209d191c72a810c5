"""
A mail as the bytes that go out: headers folded so that every parser reads them.

Django folds a header without counting its name, and Python's generator then folds it once more:
what is long or beyond ASCII begins with an empty line, which strict programs take for the end of
the header. Django also names the machine in the Message-ID, and sends text beyond ASCII as eight
bits without asking whether the next server takes them (docs/decisions/0016-notifications.md).
"""

import uuid
from base64 import b64encode
from collections.abc import Iterator
from email.charset import QP, Charset
from email.message import Message
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.utils.encoding import punycode

# RFC 5322, 2.1.1: no line of a header is longer where it can be helped.
LINE = 78
# Bytes of one encoded word (RFC 2047): with its marks 68 characters, which fit after "Subject: ".
WORD_BYTES = 42


def as_bytes(mail: EmailMessage) -> bytes:
    """
    Return the whole message with CRLF at the end of lines. Plain text is ASCII in lines of up to 78
    characters, else quoted-printable.

    Changes nothing that a reader sees, but for line breaks and other white space in the subject,
    of which one space is left. Raises as `EmailMessage.message`.
    """
    mail.subject = " ".join(str(mail.subject).split())
    names = {name.lower() for name in mail.extra_headers}
    if "message-id" not in names:
        mail.extra_headers["Message-ID"] = f"<{uuid.uuid4()}@{domain_of(mail.from_email)}>"
    if not _is_plain(str(mail.body)) or getattr(mail, "alternatives", None):
        mail.encoding = _quoted_printable()  # type: ignore[assignment]  # Django takes a charset
    message = mail.message()
    # What says how the body is encoded is short, and the generator reads it.
    headers = [pair for pair in message.items() if not _is_of_the_body(pair[0])]
    for name, _value in headers:
        del message[name]
    for name, value in headers:
        words = encoded(mail.subject) if name.lower() == "subject" else str(value).split()
        # Past the classes that Django mixes in, which take text alone.
        Message.__setitem__(message, name, _Folded(name, words))
    return message.as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own


def domain_of(sender: str) -> str:
    """Return the domain of a sender, with or without a name, in ASCII."""
    return punycode(parseaddr(sender)[1].rpartition("@")[2])


def encoded(subject: str) -> list[str]:
    """Write a subject in words that may each begin a line, encoded if a header cannot hold them."""
    words = subject.split()
    if all(_may_stand(word) for word in words):
        return words
    return [f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _parts(subject)]


def _is_of_the_body(header: str) -> bool:
    return header.lower().startswith(("content-", "mime-"))


def _may_stand(word: str) -> bool:
    return word.isascii() and word.isprintable() and "=?" not in word and len(word) < LINE - 9


def _parts(text: str) -> Iterator[bytes]:
    """Yield the text in UTF-8, in pieces of up to `WORD_BYTES` that break no character."""
    part = b""
    for character in text:
        raw = character.encode("utf-8", "replace")
        if len(part) + len(raw) > WORD_BYTES:
            yield part
            part = b""
        part += raw
    yield part


class _Folded:
    """A header's value as Python's generator asks for it: to be written as lines."""

    def __init__(self, name: str, words: list[str]) -> None:
        self.lines = [""]
        room = LINE - len(name) - 1
        for word in words:
            if self.lines != [""] and len(self.lines[-1]) + 1 + len(word) > room:
                self.lines.append("")
                room = LINE
            self.lines[-1] += f" {word}"

    def encode(self, *, linesep: str, maxlinelen: int) -> str:
        """Return the lines as they stand in the message, after the name and its colon."""
        return linesep.join(self.lines).removeprefix(" ")


def _is_plain(text: str) -> bool:
    return text.isascii() and all(len(line) <= LINE for line in text.split("\n"))


def _quoted_printable() -> Charset:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset
