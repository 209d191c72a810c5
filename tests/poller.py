"""Somebody without an account who reads everything public, again and again, byte for byte."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

START = (
    *("/en/", "/record/", "/sitemap.xml", "/health/ready", "/health/live", "/robots.txt"),
    *("/record/leaves.jsonl", "/record/checkpoints.json", "/record/consistency"),
    *("/record/FORMAT.txt", "/record/verify/", "/record/0/", "/record/1/", "/record/9/"),
    *("/record/consistency?first=0", "/record/leaves.jsonl?size=9", "/feeds/search.atom"),
    *("/en/search/", "/en/search/?q=answer", "/en/search/?kind=response"),
)
LINK = re.compile(r'(?:href|action)="([^"#]+)')
# The admin, what is the same file each time, and forms to print, which take seconds to draw.
LEFT_OUT = re.compile(r"^/(admin|static|media|documents)/|/accounts/|/(exit|forget)/|\.(pdf|zip)$")
# Different in each answer, or at each moment, whatever happened.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
CHANCE = {"Set-Cookie", "Content-Length", "Expires"}
LIMIT = 70


class Poller:
    """Remembers the addresses that it found, so that each round asks for the same ones."""

    def __init__(self, *paths: str, under: str = "/") -> None:
        """Find what links lead to from the usual addresses and `paths`, and begins with `under`."""
        self.paths: list[str] = []
        found = [*START, *paths]
        while found and len(self.paths) < LIMIT:
            path = found.pop(0)
            if path not in self.paths and path.startswith(under) and not LEFT_OUT.search(path):
                self.paths.append(path)
                found += _links(path, self._ask(path)[2])

    def look(self) -> dict[str, tuple[int, dict[str, str], bytes]]:
        """Status, headers and body of every address as they are now."""
        return {path: self._ask(path) for path in self.paths}

    def _ask(self, path: str) -> tuple[int, dict[str, str], bytes]:
        http_response = Client().get(path)
        body = TOKEN.sub(rb"\1", http_response.getvalue())
        headers = {
            name: value for name, value in http_response.headers.items() if name not in CHANCE
        }
        return http_response.status_code, {**headers, "length": str(len(body))}, body


def changed(
    before: dict[str, tuple[int, dict[str, str], bytes]],
    after: dict[str, tuple[int, dict[str, str], bytes]],
) -> list[str]:
    """The addresses that answer otherwise than before."""
    return [path for path in before if before[path] != after[path]]


def _links(base: str, body: bytes) -> list[str]:
    found = []
    for link in LINK.findall(body.decode(errors="replace")):
        parts = urlsplit(urljoin(f"http://testserver{base}", unescape(link)))
        if parts.netloc == "testserver":
            found.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found
