"""
R16: what an anonymous submitter's browser tells, and a search for it wherever something is kept.

A submitter whose every trace is telling sends an answer without a name; afterwards the traces are
looked for, in the clear and as what they are often turned into: hexadecimal, base 64, a hash.
"""

import base64
import datetime
import hashlib
import re
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal.files.waiting_room import room
from portal.notifications.delivery import send_due
from portal.sessions.models import Session
from tests.consultations.responses.walk import Visitor
from tests.portal.files.samples import CANARY as AUTHOR
from tests.portal.files.samples import docx, tells

ADDRESS = "203.0.113.77"
PROXIED = "198.51.100.23"
AGENT = "CanaryBrowser/6.6"
REFERRER = "https://telling-referrer.example/forum?thread=9"
ACCEPTED = "kok-Latn-x-telling"
FILE_NAME = "telling-file-name"
EMAIL = "telling-address@people.example"
DOCUMENT = docx()
TRACES = (ADDRESS, PROXIED, AGENT, "telling-referrer", "x-telling", FILE_NAME, f"{AUTHOR}-")
# Hashes of these few are found by trying: a plain hash is as good as the thing itself.
GUESSED = (ADDRESS, AGENT, EMAIL)

TELLING = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": f"{PROXIED}, {ADDRESS}",
    "HTTP_FORWARDED": f"for={PROXIED}",
    "HTTP_X_REAL_IP": PROXIED,
    "HTTP_USER_AGENT": AGENT,
    "HTTP_REFERER": REFERRER,
    "HTTP_ACCEPT_LANGUAGE": f"{ACCEPTED}, en;q=0.1",
}
DAY = 86_400
# Thirty-one seconds and some past an odd minute: a time that is kept is told from any other.
SENT_AT = datetime.datetime(2026, 11, 24, 13, 47, 31, 424242, tzinfo=datetime.UTC)
SCREENED_AT = datetime.datetime(2026, 11, 26, 9, 13, 17, 535353, tzinfo=datetime.UTC)


def telling_client() -> Client:
    return Client(raise_request_exception=False, **TELLING)


def telling_file() -> Any:
    """A document that names its author in every way that there is, under a telling name."""
    return SimpleUploadedFile(f"{FILE_NAME}.docx", DOCUMENT, content_type="application/msword")


# -- what is kept ----------------------------------------------------------------------------------


def as_text(value: Any) -> str:
    """A value as text in which whatever it holds can be read: bytes letter for letter."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes):
        return f"{value.decode('latin-1')} {value.hex()}"
    return str(value)


def every_row() -> dict[str, set[str]]:
    """
    Every row of every table there is, our models' and all others, as text; sessions decoded.

    Those of search engines inside the database included: FTS keeps tables of its own.
    """
    rows: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description or ()]
            rows[table] = {
                "; ".join(f"{n}={as_text(v)}" for n, v in zip(names, row, strict=True))
                for row in cursor.fetchall()
            }
    rows["sessions, decoded"] = {repr(each.get_decoded()) for each in Session.objects.all()}
    return rows


def written_since(before: dict[str, set[str]]) -> dict[str, set[str]]:
    """The rows that are new or changed."""
    now = every_row()
    return {table: new for table in now if (new := now[table] - before.get(table, set()))}


def moments_kept(before: "Moments") -> Iterator[tuple[str, datetime.datetime]]:
    """
    Every moment in a column of rows new or changed, with the name of the column.

    Midnight is a day that is kept where a moment is asked for, and tells no time.
    """
    for column, moments in moments_of_rows().items():
        for moment in moments - before.get(column, set()):
            if moment.time() != datetime.time.min:
                yield column, moment


Moments = dict[str, set[datetime.datetime]]


def moments_of_rows() -> Moments:
    """By column, `app.Model.field`, every moment that is kept."""
    found: Moments = {}
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            for name, value in row.items():
                if isinstance(value, datetime.datetime):
                    found.setdefault(f"{model._meta.label}.{name}", set()).add(value)
    return found


def telling_ids() -> list[str]:
    """Columns that hold an id from which the time of its making can be read."""
    return [
        f"{model._meta.label}.{name}"
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values()
        for name, value in row.items()
        if isinstance(value, uuid.UUID) and value.version in (1, 2, 6, 7)
    ]


def telling_files(folder: Path) -> list[str]:
    """Files under a folder that tell a trace: by name, by their bytes, by what is packed in."""
    return [
        f"{path.relative_to(folder)}: {trace}"
        for path in folder.rglob("*")
        for trace in TRACES
        if trace in str(path.relative_to(folder))
        or (path.is_file() and tells(path.read_bytes(), trace))
    ]


def files_with_a_time(folder: Path) -> list[str]:
    """Files under a folder whose times tell more than the day."""
    return [
        str(path) for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime % DAY
    ]


def cached() -> str:
    """All that the caches of this process hold, and the store of limits."""
    held = [pair for cache in caches.all() for pair in getattr(cache, "_cache", {}).items()]
    held += caches["default"]._run("SELECT * FROM limits", [])
    return " ".join(as_text(each) for pair in held for each in pair)


def mailed() -> str:
    return "\n".join(
        f"{message.message()} {message.body} {message.attachments}" for message in mail.outbox
    )


# -- what is looked for ----------------------------------------------------------------------------


def shapes_of(trace: str) -> Iterator[str]:
    """A trace and what it may have been turned into, in lower case."""
    raw = trace.encode()
    yield trace
    yield raw.hex()
    for shift in range(3):  # base 64 looks otherwise at each of three places
        whole = base64.b64encode(b"\0" * shift + raw).decode()
        inside = whole[4 if shift else 0 : -4]
        if len(inside) >= 8:
            yield inside
    if trace in GUESSED:
        for algorithm in ("md5", "sha1", "sha256"):
            yield hashlib.new(algorithm, raw).hexdigest()


def found_in(text: str, traces: Iterable[str] = TRACES) -> list[str]:
    """The traces that a text holds, each with what surrounds it."""
    low = text.lower()
    return [
        f"{trace}: …{text[max(0, place - 80) : place + 80]}…"
        for trace in traces
        for shape in shapes_of(trace)
        if (place := low.find(shape.lower())) >= 0
    ]


def times_in(text: str, moment: datetime.datetime) -> list[str]:
    """Where a text tells a moment to the minute or the second, as people or machines write it."""
    epoch = rf"{int(moment.timestamp()) // 100}\d\d(?:\d{{3}}|\d{{6}})?"
    wanted = rf"{moment:%H:%M}|{moment:%H%M%S}|{epoch}"
    return [
        text[max(0, found.start() - 60) : found.end() + 60]
        for found in re.finditer(rf"(?<![0-9a-f])(?:{wanted})(?![0-9a-f])", text)
    ]


def require_absent(places: dict[str, str], traces: Collection[str] = TRACES) -> None:
    """Fails where one of the places holds one of the traces, and says which and how."""
    wrong = {place: found for place, text in places.items() if (found := found_in(text, traces))}
    assert not wrong, wrong


# -- the submitter ---------------------------------------------------------------------------------


@dataclass
class Submitter:
    """Somebody without a name at a telling browser, who answers `questionnaire_stream()`."""

    page: Any
    client: Client = field(default_factory=telling_client)
    email: str = EMAIL
    code: str = ""

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.page, self.client)

    def begin(self) -> None:
        self.visitor.see("start")
        self.visitor.begin("anonymous", name="Telling Name")
        self.code = self.visitor.code()

    def answer(self, words: str = "The courts of Exampleland.") -> None:
        """Every part, with a mistake in one that is shown again, and a file."""
        send = self.visitor.send
        assert send("part", {"q-exporter": "yes", "q-who": "x" * 99}, 1).status_code == 422
        assert send("part", {"q-exporter": "yes"}, 1).status_code == 302
        assert send("part", {"q-indicators": words}, 2).status_code == 302
        assert send("part", {"q-evidence": telling_file()}, 3).status_code == 302
        room.work_off()

    def lose_the_session(self) -> None:
        """Back with nothing but the code, after a mistyped one."""
        self.client.cookies.clear()
        wrong = "0" * 20
        assert self.visitor.type_code(wrong).status_code == 422
        assert self.visitor.type_code(self.code).status_code == 302

    def send(self) -> None:
        assert self.visitor.send("check", {}).status_code == 422
        assert self.visitor.submit().status_code == 302
        assert self.visitor.see("sent").status_code == 200
        assert self.visitor.type_code(self.code).status_code == 302
        for name in ("sent", "receipt_file", "answers_file", "answers_text", "status"):
            assert self.visitor.see(name).status_code == 200, name

    def turn_mail_on(self) -> None:
        """Have news sent, after the warning; the code is read in the mailbox."""
        typed = {"email": self.email, "language": "en", "understood": "on"}
        assert self.visitor.send("news", typed).status_code == 302
        send_due()
        code = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)
        assert code, mail.outbox[-1].body
        confirmed = self.visitor.send("news_code", {"code": code.group()}, hidden=False)
        assert confirmed.status_code == 302

    def clarify(self, clarification_id: int) -> None:
        answer = self.client.post(
            self.visitor.at("clarification", clarification_id), {"answer": "A court of appeal."}
        )
        assert answer.status_code == 302
