"""A kind of file that tests ask for, and a room in which nothing waits."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.made import registry
from portal.made.actions import ask_for
from portal.made.registry import Made
from tests.waiting_files import empty_room

SECRET = "Thirdcanary of a self-assessment"


@pytest.fixture
def room(monkeypatch, tmp_path):
    """An empty room, and a folder of its own for what is made."""
    with empty_room(monkeypatch, tmp_path / "made") as fresh:
        yield fresh


@pytest.fixture
def kind(monkeypatch):
    """Register a kind of file "test" whose maker is the test's, and return how to change it."""
    monkeypatch.setattr(registry, "_makers", dict(registry._makers))

    def use(make=lambda data: Made(data["text"].encode(), "a file.txt", "text/plain"), **more):
        shown = more.get("printable", lambda request, data: HttpResponse(f"Print {data['text']}"))
        registry.register("test", make, shown)

    use()
    return use


@pytest.fixture
def ask(room, kind, rf: RequestFactory):
    """A function that asks for a file, each time from another network, and gives the answer."""
    count = iter(range(1, 250))

    def asked(text=SECRET, client=""):
        address = client or f"192.0.2.{next(count)}"
        return ask_for(rf.post("/en/some/form/", REMOTE_ADDR=address), "test", {"text": text})

    return asked
