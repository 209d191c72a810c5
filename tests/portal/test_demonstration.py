"""What `make run` shows and does, beside its content."""

import os
import re
import subprocess
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from portal import bootstrap
from portal.demo_mail import DemoMailBackend, latest_mail


def messages(*names: str) -> list[EmailMessage]:
    return [EmailMessage(f"To {name}", f"Body\n{'-' * 79}\n", to=[name]) for name in names]


class TestMail:
    @pytest.fixture
    def send(self, settings, tmp_path):
        settings.EMAIL_FILE_PATH = tmp_path

        def send(*names: str, minute: int) -> None:
            before = set(tmp_path.iterdir())
            DemoMailBackend().send_messages(messages(*names))
            then = datetime(2026, 11, 30, 8, minute, tzinfo=UTC).timestamp()
            for path in set(tmp_path.iterdir()) - before:
                os.utime(path, (then, then))

        return send

    def test_every_message_of_a_batch_is_shown_newest_first(self, send, tmp_path):
        send("a@x.example", minute=1)
        send("b@x.example", "c@x.example", "d@x.example", minute=2)
        shown = [message["to"] for message in latest_mail(tmp_path)]
        assert shown == ["d@x.example", "c@x.example", "b@x.example", "a@x.example"]

    def test_a_line_like_the_one_between_messages_ends_none(self, send, tmp_path):
        send("a@x.example", minute=1)
        (message,) = latest_mail(tmp_path)
        assert message["subject"] == "To a@x.example"
        assert "-" * 79 in message["text"]

    def test_the_page_shows_them(self, send, client, site_tree, settings):
        settings.EMAIL_BACKEND = "portal.demo_mail.DemoMailBackend"
        send("b@x.example", "c@x.example", minute=2)
        page = client.get("/demo/mail/").content.decode()
        assert "To b@x.example" in page
        assert "To c@x.example" in page


def test_the_first_view_is_light(site_tree):
    """Compressed as production sends it, styles and scripts too."""
    client = Client(HTTP_ACCEPT_ENCODING="gzip")
    page = client.get("/en/", HTTP_ACCEPT_ENCODING="").content.decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page))
    assert len(files) >= 2
    answers = [client.get(path) for path in ("/en/", *files)]
    assert [answer["Content-Encoding"] for answer in answers] == ["gzip"] * len(answers)
    sent = sum(len(b"".join(answer)) for answer in answers)
    assert sent <= 50 * 1024


class Server:
    """A server that ends after so many turns of the timer."""

    def __init__(self, turns: int) -> None:
        self.returncode: int | None = None
        self.turns = turns

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float) -> int:
        self.turns -= 1
        if self.turns > 0:
            raise subprocess.TimeoutExpired("server", timeout)
        self.returncode = 3
        return 3


def test_what_is_scheduled_happens_in_make_run(monkeypatch):
    asked = []
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    monkeypatch.setattr(
        bootstrap, "run", lambda *command, env, **_: asked.append((command[1:], env))
    )
    assert bootstrap.keep_house(Server(3)) == 3
    assert [command for command, _ in asked] == [("manage.py", "housekeeping")] * 3
    assert {env["DJANGO_SETTINGS_MODULE"] for _, env in asked} == {"portal.settings.demo"}


def test_catalogues_are_compiled_where_one_has_changed_and_not_again(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "do", lambda *arguments: asked.append(arguments))
    bootstrap.compile_catalogues()
    assert asked == []  # no catalogue is there
    texts = [tmp_path / "portal/locale" / code / "LC_MESSAGES/django.po" for code in ("fr", "ar")]
    for text in texts:
        text.parent.mkdir(parents=True)
        text.write_text("")
        text.with_suffix(".mo").write_bytes(b"")
    bootstrap.compile_catalogues()
    assert asked == []
    os.utime(texts[0], (2e9, 2e9))
    bootstrap.compile_catalogues()
    assert asked == [("-m", "portal.catalogues")]
    os.utime(texts[0].with_suffix(".mo"), (2e9, 2e9))
    texts[1].with_suffix(".mo").unlink()
    bootstrap.compile_catalogues()
    assert asked == [("-m", "portal.catalogues")] * 2
