"""
A client without a browser that knows no address of the portal: it follows links and fills in forms.

It was written from the pages that the portal serves and not from the portal's code. All that it
knows is what a person reads: the words on links, labels and buttons.
"""

import http.client
import uuid
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

REDIRECTS = (301, 302, 303, 307, 308)
Value = "str | tuple[str, bytes] | None"


@dataclass
class Page:
    """What came back: where it is, and what can be done from there."""

    address: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @cached_property
    def soup(self) -> BeautifulSoup:
        is_html = "html" in self.headers.get("Content-Type", "")
        return BeautifulSoup(self.body.decode() if is_html else "", "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
    def title(self) -> str:
        return self.soup.title.get_text(strip=True) if self.soup.title else ""

    def links(self) -> list[tuple[str, str]]:
        """The words and the whole address of every link."""
        return [
            (" ".join(link.get_text(" ").split()), urljoin(self.address, link["href"]))
            for link in self.soup.find_all("a", href=True)
        ]

    def link(self, *words: str) -> str:
        """The address of the first link that says one of these, in the order of the words."""
        for each in words:
            for said, address in self.links():
                if each.lower() in said.lower():
                    return address
        raise AssertionError(f"{self.address} has no link that says {words}: {self.links()}")

    def forms(self) -> list["Form"]:
        return [Form(self, each) for each in self.soup.find_all("form")]

    def form(self, button: str) -> "Form":
        """The form with a button that says this."""
        for each in self.forms():
            if each.button(button) is not None:
                return each
        said = [each.buttons() for each in self.forms()]
        raise AssertionError(f"{self.address} ({self.title}) has no button “{button}”: {said}")


@dataclass
class Form:
    """A form as the page has it, with what it holds already."""

    page: Page
    tag: Tag

    @property
    def action(self) -> str:
        return urljoin(self.page.address, str(self.tag.get("action") or self.page.address))

    @property
    def method(self) -> str:
        return str(self.tag.get("method", "get")).upper()

    def button(self, words: str) -> Tag | None:
        for each in self.tag.find_all(["button", "input"]):
            kind = each.get("type", "submit" if each.name == "button" else "text")
            said = each.get_text(" ") if each.name == "button" else str(each.get("value", ""))
            if kind in ("submit", "image") and words.lower() in " ".join(said.split()).lower():
                return each
        return None

    def buttons(self) -> list[str]:
        return [" ".join(each.get_text(" ").split()) for each in self.tag.find_all("button")]

    def label(self, control: Tag) -> str:
        named = self.tag.find("label", attrs={"for": control.get("id", "")})
        return " ".join(named.get_text(" ").split()) if named else ""

    def controls(self, *kinds: str) -> list[Tag]:
        return [
            each
            for each in self.tag.find_all(["input", "textarea", "select"])
            if each.get("name") and (not kinds or kind_of(each) in kinds)
        ]

    def filled(self) -> list[tuple[str, str]]:
        """What a browser would send without anybody having typed anything."""
        pairs = []
        for each in self.controls():
            kind, name = kind_of(each), str(each["name"])
            if each.has_attr("disabled") or kind in ("submit", "button", "file", "image"):
                continue
            if kind in ("radio", "checkbox"):
                if each.has_attr("checked"):
                    pairs.append((name, str(each.get("value", "on"))))
            elif kind == "select":
                chosen = each.find("option", selected=True) or each.find("option")
                if chosen is not None:
                    pairs.append((name, str(chosen.get("value", chosen.get_text()))))
            elif kind == "textarea":
                pairs.append((name, each.get_text().removeprefix("\n")))
            else:
                pairs.append((name, str(each.get("value", ""))))
        return pairs


def kind_of(control: Tag) -> str:
    return str(control.get("type", "text")).lower() if control.name == "input" else control.name


class Stranger:
    """Somebody at a terminal: one connection a request, cookies kept in memory."""

    def __init__(self, port: int, host: str, *, scheme: str = "https") -> None:
        self.port, self.host, self.scheme = port, host, scheme
        self.jar: dict[str, str] = {}
        self.extra: dict[str, str] = {}  # sent with every request
        self.log: list[str] = []

    def cookie_header(self) -> str:
        own = self.extra.get("Cookie", "")
        held = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        return "; ".join(each for each in (held, own) if each)

    def ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        follow: bool = True,
    ) -> Page:
        """Ask, keep cookies, follow where it leads as long as it stays with the portal."""
        for _hop in range(8):
            page = self._once(method, address, body, headers or {})
            if not (follow and page.status in REDIRECTS):
                return page
            where = urljoin(address, page.headers["Location"])
            if urlsplit(where).hostname != urlsplit(address).hostname:
                return page
            if page.status not in (307, 308):
                method, body = "GET", None
                headers = {k: v for k, v in (headers or {}).items() if k != "Content-Type"}
            address = where
        raise AssertionError(f"{address}: it never ends: {self.log[-3:]} {dict(page.headers)}")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def _once(self, method: str, address: str, body: bytes | None, headers: dict) -> Page:
        parts = urlsplit(address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Host": self.host, "X-Forwarded-Proto": self.scheme} | self.extra | headers
        if cookies := self.cookie_header():
            sent["Cookie"] = cookies
        connection = self.connect()
        try:
            connection.request(method, target, body, sent)
            answer = connection.getresponse()
            page = Page(address, answer.status, answer.headers, answer.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.jar.pop(name, None)
                else:
                    self.jar[name] = morsel.value
        self.log.append(f"{method} {target} {answer.status}")
        return page

    def see(self, address: str, headers: dict[str, str] | None = None) -> Page:
        return self.ask("GET", address, None, headers)

    def press(
        self,
        form: Form,
        button: str,
        typed: dict | None = None,
        *,
        headers: dict[str, str] | None = None,
        more: list[tuple[str, str]] | None = None,
        follow: bool = True,
    ) -> Page:
        """
        Press a button of a form. `typed` replaces what the form holds, by field: None leaves a
        field out, a list sends it several times, (file name, bytes, type) attaches a file.
        """
        typed = dict(typed or {})
        fields = [(name, value) for name, value in form.filled() if name not in typed]
        files = []
        for name, value in typed.items():
            if isinstance(value, tuple):
                files.append((name, *value))
            elif value is not None:
                for each in value if isinstance(value, list) else [value]:
                    fields.append((name, each))
        pressed = form.button(button)
        assert pressed is not None, (button, form.buttons())
        if pressed.get("name"):
            fields.append((str(pressed["name"]), str(pressed.get("value", ""))))
        fields += more or []
        action = urljoin(form.page.address, str(pressed.get("formaction") or form.action))
        about = {"Referer": form.page.address, "Origin": f"{self.scheme}://{self.host}"}
        about |= headers or {}
        if form.method == "GET":
            return self.ask("GET", f"{action.split('?')[0]}?{urlencode(fields)}", None, about)
        if form.tag.get("enctype") == "multipart/form-data":
            body, kind = multipart(fields, files)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self.ask("POST", action, body, about | {"Content-Type": kind}, follow=follow)


def multipart(fields: list[tuple[str, str]], files: list[tuple]) -> tuple[bytes, str]:
    """A body of parts; a file is (field, name, bytes, type, further headers of its part)."""
    edge = uuid.uuid4().hex
    out = bytearray()
    for name, value in fields:
        out += f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        out += value.encode() + b"\r\n"
    for name, file_name, data, kind, *headers in files:
        out += f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; '.encode()
        out += f'filename="{file_name}"\r\nContent-Type: {kind}\r\n'.encode()
        for each in headers:
            out += f"{each}\r\n".encode()
        out += b"\r\n" + data + b"\r\n"
    return bytes(out) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
