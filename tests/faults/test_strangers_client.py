"""
A stranger answers without a name, and nothing that the portal keeps says who it was.

Two people walk from the home page by links and forms alone. One answers, changes the answer, has
news of it and withdraws it; the other answers and cuts the tie. All the while they tell who they
are wherever a browser, a form or a file can tell it (`strangers_canaries.PLANTED`). Then every
byte is searched: the database with its log of writes and its empty pages, all files, temporary
files, logs, mail, what staff take out at the command line, and what everybody and staff are shown.
"""

import base64
import gzip
import hashlib
import re
import sqlite3
import zlib
from dataclasses import dataclass, field

import pytest

from tests.faults import strangers_files as files
from tests.faults.strangers_canaries import (
    ALL,
    ANSWERS,
    CHANGED,
    DRAFT,
    LEFT,
    ON_THE_WAY,
    PLANTED,
    SENT,
    UNTIL_NIGHT,
    Canary,
    blocks,
    files_under,
    search,
)
from tests.faults.strangers_client import Form, Page, Stranger
from tests.faults.strangers_portal import HOME, HOST, Mailbox, Portal, until

pytestmark = pytest.mark.faults

EMAIL = "hazelhenperson@chiffchaff.example"
CONSULTATION = "Human rights risk indicators"
CLOSED = "Priorities for capacity"
WORDS = {name: text for name, text, _planted in (*PLANTED, *ANSWERS)}
LOG_OF_WRITES = "data: portal.sqlite3-wal"


def table() -> dict[str, Canary]:
    """Every canary by its name, with where it may be found and until when."""
    made = {name: Canary(name, text, planted) for name, text, planted in (*PLANTED, *ANSWERS)}
    for name, _text, _planted in ANSWERS:
        made[name].stays[""] = UNTIL_NIGHT  # it is the answer; withdrawn, it is erased
    # What was saved and then removed is gone from all rows; the log of writes keeps it.
    for name in ("removed", "discarded"):
        made[name].stays[LOG_OF_WRITES] = UNTIL_NIGHT
    return made


class Telling(Stranger):
    """A stranger whose every request tells who it is."""

    def __init__(self, port: int) -> None:
        super().__init__(port, HOST)
        w = WORDS
        self.extra = {
            "X-Forwarded-For": f"{w['proxied']}, {w['peer']}",
            "Forwarded": f'for="[{w["forwarded"]}]";proto=https',
            "X-Real-IP": w["real-ip"],
            "True-Client-IP": w["true-client"],
            "CF-Connecting-IP": w["cloud-client"],
            "X-Client-IP": w["client-ip"],
            "X-Cluster-Client-Ip": w["cluster-ip"],
            "User-Agent": f"Mozilla/5.0 {w['agent']}/6.6",
            "Accept-Language": f"en, {w['language']};q=0.1",
            "Referer": f"https://{w['referrer']}.example/thread?id=9",
            "Sec-CH-UA-Model": f'"{w["hint"]}"',
            "Sec-CH-UA": f'"{w["hint-brand"]}";v="99"',
            "Sec-CH-UA-Platform": f'"{w["platform"]}"',
            "DNT": w["do-not-track"],
            "Via": f"1.1 {w['via']}",
            "From": f"{w['from']}@people.example",
            "X-Request-ID": w["request-id"],
            "traceparent": f"00-{w['trace']}-b7ad6b7169203331-01",
            "tracestate": f"vendor={w['trace-state']}",
            "baggage": f"user={w['trace-state']}",
            "Authorization": "Basic " + base64.b64encode(f"{w['basic']}:pw".encode()).decode(),
            "If-None-Match": f'"{w["etag"]}"',
            "Cookie": f"own={w['cookie']}; sessionid={w['session-guess']}; "
            f"__Host-sessionid={w['session-guess']}; session={w['session-guess']}",
            "X-CSRFToken": w["csrf-guess"],
            w["header-name"]: "1",
            "Accept": f"text/html, application/{w['accept']};q=0.1",
            "Range": f"{w['range']}=0-5",
        }

    def see(self, address: str, headers: dict[str, str] | None = None) -> Page:
        path, _mark, _fragment = address.partition("#")
        path += f"{'&' if '?' in path else '?'}utm_source={WORDS['campaign']}"
        return super().see(path, headers)

    def press(self, form: Form, button: str, typed: dict | None = None, **more) -> Page:
        """A form with what nobody asked for, at an address with more than it has."""
        form.tag["action"] = form.action + f"?from={WORDS['query-posted']}"
        unasked = [
            (WORDS["unasked-name"], WORDS["unasked"]),
            (WORDS["button"], "1"),
            ("name", WORDS["real-name"]),
            ("submitter_name", WORDS["real-name"]),
            ("organisation_name", WORDS["unasked"]),
            ("next", f"/{WORDS['fragment']}"),
        ]
        if not form.controls("email"):
            unasked.append(("email", f"{WORDS['unasked']}@people.example"))
        held = {each["name"] for each in form.controls()}
        more["more"] = [each for each in unasked if each[0] not in held]
        return super().press(form, button, typed, **more)


class Walk:
    """What one person does, by the words on the pages."""

    def __init__(self, portal: Portal, canaries: dict[str, Canary]) -> None:
        self.portal, self.canaries = portal, canaries
        self.me = Telling(portal.port)
        self.code = ""

    def planted_on_the_way(self, name: str, text: str, **more) -> None:
        planted = dict(ON_THE_WAY)[name]
        name = name if name not in self.canaries else f"{name}, {len(self.canaries)}"
        self.canaries[name] = Canary(name, text, planted, **more)

    def opening(self) -> Page:
        page = self.me.see(HOME)
        return self.me.see(
            self.me.see(page.link(CONSULTATION)).link("Respond to this consultation")
        )

    def begin(self) -> None:
        me = self.me
        form = self.opening().form("Begin")
        without = next(c for c in form.controls("radio") if "without any" in form.label(c).lower())
        page = me.press(form, "Begin", {without["name"]: without["value"]})
        form = page.form("Save and continue")
        speaks = next(c for c in form.controls("select") if "speak" in form.label(c).lower())
        refused = me.press(form, "Save and continue", {speaks["name"]: WORDS["choice"]})
        assert refused.status == 422
        form = refused.form("Save and continue")
        chosen = speaks.find("option", string=re.compile("Prefer not"))["value"]
        told = next(c for c in form.controls("select") if "language" in form.label(c).lower())
        page = me.press(form, "Save and continue", {speaks["name"]: chosen, told["name"]: "en"})
        found = re.search(r"\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})\b", page.text)
        assert found, page.text
        self.code = found.group(1)
        self.planted_on_the_way("code", self.code, hashed=False)
        self.planted_on_the_way("code-bare", self.code.replace("-", ""), hashed=False)
        self.note_cookies()
        self.tasks = me.see(page.link("written it down")).link("Back to the list")

    def note_cookies(self) -> None:
        for cookie, value in self.me.jar.items():
            name = "csrf" if "csrf" in cookie else "handle"
            if value not in {each.text for each in self.canaries.values()}:
                self.planted_on_the_way(name, value, hashed=False)

    def parts(self, words: str) -> list[str]:
        page = self.me.see(self.tasks)
        return [address for _said, address in page.links() if "/part/" in address] or [words]

    def fill(self, words: str, attached: list[tuple] | None = None) -> None:
        """Every part with what it asks: words in every text, the first of every choice."""
        for address in self.parts(words):
            form = self.me.see(address).form("Save and return")
            typed: dict = {each["name"]: words for each in form.controls("textarea")}
            for each in form.controls("radio"):
                if each.get("value"):
                    typed.setdefault(each["name"], each["value"])
            page = self.me.press(form, "Save and return", typed)
            assert page.status == 200, (page.status, page.text)
            for each in attached or []:
                form = self.me.see(address).form("Save and return")
                if slots := form.controls("file"):
                    page = self.me.press(form, "Save and return", {slots[0]["name"]: each})
                    assert page.status == 200, (page.status, page.text)

    def files_are_ready(self, number: int) -> Page:
        """The page to check, when it shows so many files made anew."""

        def shown() -> Page | None:
            page = self.me.see(self.me.see(self.tasks).link("Check and send"))
            names = [said for said, _address in page.links() if said.startswith("Attachment")]
            return page if len(names) == number else None

        return until(shown, f"{number} files")

    def send(self, files: int) -> Page:
        form = self.files_are_ready(files).form("Send")
        page = self.me.press(form, "Send", self.ticked(form))
        assert "received your response" in page.text, (page.status, page.text)
        found = re.search(r"ECHRI-\d{4}-\d{2}-\d{4}", page.text)
        assert found, page.text
        self.portal.references.add(found.group())
        return page

    @staticmethod
    def ticked(form: Form) -> dict:
        return {
            each["name"]: each.get("value", "on")
            for each in form.controls("checkbox")
            if "utm" not in each["name"]
        }

    def come_back(self, *wrong: str) -> Page:
        """To where the answer stands, by the code, after some that are wrong."""
        page = self.me.see(self.opening().link("I have a code"))
        for code in (*wrong, self.code):
            form = page.form("Go on")
            field = form.controls("text")[0]
            page = self.me.press(form, "Go on", {field["name"]: code})
        assert "Status of your response" in page.text, page.text
        self.note_cookies()
        return page

    def leave(self) -> None:
        """By the exit, which leads to another site."""
        page = self.opening()
        form = page.form("Exit this page")
        page = self.me.press(form, "Exit this page")
        assert page.status in (302, 303), page.status
        assert HOST not in page.headers["Location"]
        self.me.jar.clear()


@dataclass
class Searches:
    """Every search of the walk, and what they found together."""

    portal: Portal
    canaries: dict[str, Canary]
    known: set[bytes] = field(default_factory=set)  # what was there before anybody came
    wrong: list[str] = field(default_factory=list)

    def now(self, stage: str, *, pages: int = 0, named: str = "") -> set[tuple[str, str]]:
        """Search everything; gives back what was found where it may be."""

        def places():
            if pages:
                yield from self.portal.exports(stage, pages=pages)
            yield from self.portal.kept()

        return self.add(places(), stage, named)

    def add(self, places, stage: str, named: str = "") -> set[tuple[str, str]]:
        found = search(places, self.canaries.values(), stage, self.known)
        self.wrong += [named + each for each in found.wrong]
        return found.allowed


def attached(*names: str) -> list[tuple]:
    w = WORDS
    made = {
        "jpg": lambda: files.jpeg(w["exif"], w["xmp"], w["jpeg-comment"]),
        "pdf": lambda: files.pdf(w["pdf-info"], w["pdf-xmp"], w["pdf-attached"], w["file-words"]),
        "docx": lambda: files.docx(
            w["docx-core"], w["docx-custom"], w["docx-comment"], f"Read {w['file-words']}"
        ),
        "odt": lambda: files.odt(w["odt-meta"], "Words of a second file."),
        "removed": lambda: files.pdf("x", "x", "x", w["removed-file"]),
    }
    return [
        (
            f"C:\\Users\\{w['file-path']}\\{w['file-name']}.{name.replace('removed', 'pdf')}",
            made[name](),
            f"application/{w['file-type']}",
            f"X-Part: {w['part-header']}",
            f"Content-Location: file:///home/{w['file-path']}",
        )
        for name in names
    ]


def refused_requests(walk: Walk) -> None:
    """What a portal refuses, and whose words a framework likes to log."""
    me = walk.me
    page = walk.opening()
    me.see(page.address + f"{WORDS['path']}/")
    me.see(page.address + WORDS["path"])
    me.ask(WORDS["method"], page.address)
    me.ask("GET", page.address, None, {"Host": f"{WORDS['host-wrong']}.example"})
    me.ask("GET", page.address, None, {"Host": WORDS["host-case"]}, follow=False)
    me.ask("GET", HOME, None, {"Host": WORDS["host-case"]}, follow=False)
    me.ask("GET", HOME, None, {"Host": f"{WORDS['host-wrong']}.example"})
    form = me.see(page.link("I have a code")).form("Go on")
    field = form.controls("text")[0]["name"]
    typed = {field: WORDS["refused"]}
    origin = f"https://{WORDS['origin']}.example"
    for headers in ({"Origin": origin}, {"Origin": "null", "Referer": origin + "/x"}):
        assert me.press(form, "Go on", typed, headers=headers).status == 403
    wrong = typed | {"csrfmiddlewaretoken": WORDS["csrf-wrong"]}
    assert me.press(form, "Go on", wrong).status == 403


def other_secrets(walk: Walk) -> None:
    """A late token that there is not, a receipt that is none, a word that nobody finds."""
    me = walk.me
    closed = me.see(HOME).link(CLOSED).split("#")[0]
    consultation = me.see(closed)
    answer = consultation.link("Your response")
    page = me.see(answer)
    page = me.see(page.link("About responding"))
    form = me.see(page.link("Respond after the deadline")).form("Continue")
    without = next(c for c in form.controls("radio") if "without any" in form.label(c).lower())
    token = form.controls("text")[0]["name"]
    typed = {token: WORDS["wrong-token"], without["name"]: without["value"]}
    assert me.press(form, "Continue", typed).status == 422
    page = me.see(me.see(me.see(HOME).link("The record")).link("verify it here"))
    form = page.form("Verify")
    pasted = form.controls("textarea")[0]["name"]
    me.press(form, "Verify", {pasted: f'{{"salt": "{WORDS["verified"]}"}}'})
    form = page.form("Verify")
    field = next(c for c in form.controls("file"))["name"]
    me.press(form, "Verify", {field: attached("odt")[0]})
    form = page.form("Verify")
    code = next(c for c in form.controls("text"))["name"]
    me.press(form, "Verify", {code: walk.code})
    form = me.see(HOME).form("Search")
    me.press(form, "Search", {form.controls("search")[0]["name"]: WORDS["searched"]})


def turn_news_on(walk: Walk, page: Page, mailbox: Mailbox) -> None:
    me = walk.me
    form = me.see(page.link("by e-mail")).form("Send me a code")
    typed = {form.controls("email")[0]["name"]: EMAIL} | walk.ticked(form)
    before = len(mailbox.messages)
    page = me.press(form, "Send me a code", typed)
    assert page.status == 200, page.text
    until(lambda: len(mailbox.messages) > before, "the mail with a code")
    found = re.search(rb"^(\d{4}-\d{4})\r?$", mailbox.messages[-1], re.MULTILINE)
    assert found, mailbox.messages[-1]
    code = found.group(1).decode()
    walk.planted_on_the_way("mail-code", code, stays={"mail": ALL}, hashed=False)
    form = next(
        each for each in page.forms() if each.controls("text") and "search" not in each.action
    )
    field, button = form.controls("text")[0]["name"], form.buttons()[0]
    page = me.press(form, button, {field: WORDS["wrong-mail-code"]})
    form = next(each for each in page.forms() if button in each.buttons())
    page = me.press(form, button, {field: code})
    assert page.status == 200, page.text
    assert "is on" in page.text, page.text


def test_the_search_finds_a_word_however_it_is_kept(tmp_path):
    canary = Canary("x", "Zonneroos-Vogel", "here")
    word, raw = canary.text, canary.text.encode()
    with sqlite3.connect(tmp_path / "database") as database:  # on a page that is free again
        database.execute("CREATE TABLE t (word TEXT)")
        database.execute("INSERT INTO t VALUES (?)", [word])
        database.commit()
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("DROP TABLE t")
    kept = {
        "plain": b"a" + raw.upper(),
        "hexadecimal": raw.hex().upper().encode(),
        "base 64": base64.b64encode(b"ab" + raw + b"cd"),
        "utf-16": word.encode("utf-16-be"),
        "percent": "".join(f"%{each:02X}" for each in raw).encode(),
        "backwards": word[::-1].encode(),
        "hashed": b'{"k": "' + hashlib.sha256(raw).hexdigest().encode(),
        "hashed, bytes": hashlib.blake2b(raw).digest(),
        "gzip": gzip.compress(raw),
        "deflated, somewhere": b"junk" + zlib.compress(raw * 3),
        "docx": files.docx(word, "", "", ""),
        "pdf": files.pdf("", "", word, ""),
    }
    for name, data in kept.items():
        (tmp_path / name).write_bytes(data)
    found = search(files_under(tmp_path), [canary], LEFT).wrong
    for name in (*kept, "database"):
        assert any(f"is in {name}" in each for each in found), (name, found)
    assert not search(files_under(tmp_path), [Canary("y", "Zonneroos-Zanger", "")], LEFT).wrong


def test_no_byte_tells_who_answered(tmp_path):
    mailbox = Mailbox()
    portal = Portal(tmp_path, mailbox)
    portal.prepare()
    canaries = table()
    canaries["email"] = Canary("email", EMAIL, dict(ON_THE_WAY)["email"], {"mail": ALL})
    assert len(canaries) >= 40
    assert len({each.text.lower() for each in canaries.values()}) == len(canaries)

    searches = Searches(portal, canaries)
    with portal.running():
        assert not searches.now("before anybody came")
        searches.known = blocks(portal.kept())
        one = Walk(portal, canaries)
        one.begin()
        one.fill(WORDS["removed"], attached("removed"))
        one.fill(WORDS["answer"])
        remove_all_files(one)
        one.fill(WORDS["answer"], attached("jpg", "pdf", "docx"))
        one.files_are_ready(3)
        refused_requests(one)
        other_secrets(one)
        searches.now(DRAFT)

        one.send(files=3)
        kept = searches.now(SENT)
        assert any(name == "answer" and "portal.sqlite3" in place for name, place in kept), kept

        page = one.come_back(WORDS["wrong-code"])
        turn_news_on(one, page, mailbox)
        page = one.come_back()
        one.me.press(page.form("Change this response"), "Change this response")
        one.fill(WORDS["discarded"])
        page = one.me.see(one.me.see(one.tasks).link("Erase this draft"))
        form = next(each for each in page.forms() if each.button("Erase"))
        one.me.press(form, "Erase", one.ticked(form))
        page = one.come_back()
        one.me.press(page.form("Change this response"), "Change this response")
        one.fill(WORDS["answer-after"])
        one.send(files=3)
        one.leave()

        two = Walk(portal, canaries)
        two.begin()
        two.fill("What stays when the tie is cut.", attached("odt"))
        two.send(files=1)
        turn_news_on(two, two.come_back(), mailbox)
        kept = searches.now(CHANGED, pages=50)
        # The searches find what is there to be found: an answer in rows, for staff, in a dump.
        for place in ("data: portal.sqlite3", "manage.py dumpdata.json", "moderator page"):
            assert any(n == "answer-after" and p.startswith(place) for n, p in kept), (place, kept)
        assert any(n == "file-words" and p == "data: portal.sqlite3" for n, p in kept), kept
        assert any(n == "email" and p.startswith("mail") for n, p in kept), kept

        page = one.me.see(one.come_back().link("Withdraw this response"))
        form = page.form("Withdraw")
        page = one.me.press(form, "Withdraw", one.ticked(form))
        assert page.status == 200, page.text
        page = two.me.see(two.come_back().link("Cut the tie"))
        form = page.form("Cut the tie")
        page = two.me.press(form, "Cut the tie", two.ticked(form))
        assert page.status == 200, page.text
        two.leave()
        said = portal.run("manage.py", "housekeeping")
        searches.add([("what housekeeping says", said)], LEFT)
        kept = searches.now(LEFT, pages=20)
        assert {name.partition(",")[0] for name, _place in kept} == {"email", "mail-code"}, kept
    searches.now(LEFT, named="after the server stopped, ")
    assert not searches.wrong, "\n".join(searches.wrong)


def remove_all_files(walk: Walk) -> None:
    """By what the part's page says: a box or a button for each file."""
    for address in walk.parts(""):
        page = walk.me.see(address)
        form = page.form("Save and return")
        boxes = [
            each
            for each in form.controls("checkbox")
            if re.search("remove|delete|take out", form.label(each), re.IGNORECASE)
        ]
        if boxes:
            typed: dict = {}
            for each in boxes:
                typed.setdefault(each["name"], []).append(each["value"])
            page = walk.me.press(form, "Save and return", typed)
            assert page.status == 200, page.text
