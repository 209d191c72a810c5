"""A download that broke off goes on: with the programs that people have, over a real connection."""

import shutil
import subprocess
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from tests.consultations.publication.building import public, published
from tests.consultations.publication.test_pages import INDEX, place, stored_pdf

DATA = b"%PDF-1.7 " + bytes(range(256)) * 2000
GO_ON = {
    "curl": ["--silent", "--show-error", "--fail", "--continue-at", "-", "--output"],
    "wget": ["--quiet", "--tries=1", "--continue", "--output-document"],
}


class Quiet(WSGIRequestHandler):
    """Notes nothing."""

    def log_message(self, *args):
        """Write no line."""


@pytest.fixture
def server():
    """A server that answers one request at a time, in this thread: it sees the test's rows."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as made:
        made.timeout = 30
        yield made
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(params=GO_ON)
def go_on(request, server, tmp_path):
    """A function by which a program goes on with a file of which the first bytes are there."""
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"needs {request.param}")

    def run(path, beginning=b""):
        kept = tmp_path / "kept"
        kept.write_bytes(beginning)
        told = [program, *GO_ON[request.param], str(kept)]
        with subprocess.Popen([*told, f"http://127.0.0.1:{server.server_port}{path}"]) as running:
            server.handle_request()
            assert running.wait(30) == 0
        return kept.read_bytes()

    return run


@pytest.fixture
def attached(page, moderator, monkeypatch):
    """The address of an attachment, and of the export that its response is in."""
    monkeypatch.setattr("portal.files.storage.read", lambda stored: DATA)
    answers = {"exporter": public(True), "evidence": public([str(stored_pdf().pk)])}
    copy = published(page, moderator, answers)
    return SimpleNamespace(file=f"{place(copy)}attachments/1", export=f"{INDEX}export.json")


def test_an_attachment_goes_on(attached, go_on):
    assert go_on(attached.file) == DATA
    assert go_on(attached.file, b"*" * 1000) == b"*" * 1000 + DATA[1000:]


def test_an_export_goes_on(attached, go_on):
    whole = go_on(attached.export)
    assert go_on(attached.export, b"*" * 50) == b"*" * 50 + whole[50:]
