"""
A real Chromium against a real server with the demonstration content, as a newcomer meets them.

The server is the one `make run` starts, on a database of its own; it is started once. Tests here
share it, so each signs in for itself and none counts on what another has written.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from portal.bootstrap import server_command

ROOT = Path(__file__).resolve().parents[2]
# What the suite uses is not the demonstration's: it is to run as a newcomer's does.
OF_THE_SUITE = {"DATABASE_URL", "ELASTICSEARCH_URL", "SECRET_KEY"}
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# What Chromium itself says of an answer such as 404 or 422, which is no fault of the page.
REFUSED = re.compile("Failed to load resource: the server responded with a status of 4")
# Wagtail's own title field looks for a slug to fill in, which a page with a fixed one has not.
WITHOUT_SLUG = re.compile("Error connecting controller .*identifier: w-sync", re.S)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Portal:
    """The running demonstration; `password` opens each of its accounts."""

    base: str
    password: str
    environment: dict[str, str]

    def at(self, path: str) -> str:
        return self.base + path

    def manage(self, *arguments: str) -> None:
        """Run one of its management commands, on its own data."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def tomorrow(self, *arguments: str) -> None:
        """Run a management command as if a day had passed."""
        subprocess.run(
            [sys.executable, "-m", "tests.browser.tomorrow", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    from portal.management.commands.demo import PASSWORD

    port = free_port()
    folder = tmp_path_factory.mktemp("demonstration")
    # All of the suite's visitors have one address: it is what the portal knows as a shared one.
    networks = tmp_path_factory.mktemp("networks") / "shared"
    networks.write_text("127.0.0.1\n")
    environment = {
        **{k: v for k, v in os.environ.items() if k not in OF_THE_SUITE},
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "SHARED_NETWORKS": str(networks),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
    }

    base = f"http://127.0.0.1:{port}"
    demonstration = Portal(base, PASSWORD, environment)
    demonstration.manage("demo", "--migrate")
    with serving(port, environment, folder / "server.log"):
        yield demonstration


@contextmanager
def serving(port: int, environment: dict[str, str], log: Path) -> Iterator[None]:
    """The real server on this port, until it is no longer needed."""
    with log.open("w") as output:
        command = server_command(port, python=sys.executable)
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    for _attempt in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2)
            break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail(log.read_text()[-2000:])
    yield
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium for all tests; skips in plain words where there is none."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not named:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium, and continuous integration needs one")
        pytest.skip("no Chromium on this machine; name one with CHROMIUM=/path/to/it")
    with sync_playwright() as playwright:
        opened = launched(playwright.chromium)
        yield opened
        opened.close()


def launched(kind: BrowserType, *arguments: str) -> Browser:
    """Another Chromium of this kind, with more arguments; whoever asks closes it."""
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return kind.launch(
        executable_path=None if named == "playwright" else named,
        args=[
            *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update"),
            *arguments,
        ],
    )


def follow(way: Locator) -> None:
    """Press a link or a button that leads to another page, and wait until that page is there.

    Playwright's own `click` returns at once: what is asked next is asked of the page that was left,
    of the one that came, or of neither.
    """
    with way.page.expect_navigation():
        way.click()


@dataclass
class Visitor:
    """A person at a browser; notes every request that leaves the portal's own origin."""

    page: Page
    portal: Portal
    elsewhere: list[str]
    errors: list[str]

    def visit(self, path: str) -> Page:
        self.page.goto(self.portal.at(path))
        return self.page

    def sign_in(self, email: str) -> None:
        """Sign in to a demonstration account with its password."""
        self.visit("/en/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(self.portal.password)
        follow(self.page.get_by_role("button", name="Sign in", exact=True))
        expect(self.page.get_by_role("link", name="Your account", exact=True)).to_be_visible()


@pytest.fixture
def someone(chromium: Browser, portal: Portal):
    """
    `someone(javascript=False, viewport=PHONE, locale="fr-SN")` opens a browser of one's own, as a
    Visitor.
    """
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_browser(
        *, javascript: bool = True, viewport: dict | None = None, locale: str = "en-GB"
    ) -> Visitor:
        context = chromium.new_context(
            java_script_enabled=javascript, viewport=viewport or WIDE, locale=locale
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        visitor = Visitor(page, portal, [], [])
        page.on(
            "request",
            lambda request: (
                visitor.elsewhere.append(request.url)
                if not request.url.startswith((portal.base, "data:", "blob:", "about:"))
                else None
            ),
        )
        page.on("pageerror", lambda error: visitor.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                visitor.errors.append(f"{message.text} ({message.location['url']})")
                if message.type == "error"
                and not REFUSED.match(message.text)
                and not WITHOUT_SLUG.search(message.text)
                else None
            ),
        )
        visitors.append(visitor)
        return visitor

    yield open_browser
    for context in contexts:
        context.close()
    for visitor in visitors:
        assert visitor.elsewhere == [], "a request left the portal"
        assert visitor.errors == [], "a script failed or the policy was broken"
