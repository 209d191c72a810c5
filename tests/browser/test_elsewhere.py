"""A page of another site, in a visitor's browser: a verifier that reads the record, and no more."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page

READ = """async address => {
    try {
        const answer = await fetch(address);
        return [answer.status, await answer.text()];
    } catch {
        return [0, ""];
    }
}"""


class OtherSite(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>A verifier</title>")

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Page]:
    """A browser on a page of another origin."""
    server = HTTPServer(("127.0.0.1", 0), OtherSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    context.close()
    server.shutdown()
    server.server_close()


def test_a_page_elsewhere_reads_the_record_and_its_proofs(elsewhere, portal):
    status, text = elsewhere.evaluate(READ, portal.at("/record/leaves.jsonl"))
    assert status == 200
    first, *_, last = map(json.loads, text.splitlines())
    status, text = elsewhere.evaluate(READ, portal.at(f"/record/proof/{first['leaf']}.json"))
    assert (status, json.loads(text)["root"]) == (200, last["root"])
    for name in ("checkpoints.json", "FORMAT.txt", "consistency", "verify.py"):
        assert elsewhere.evaluate(READ, portal.at(f"/record/{name}"))[0] == 200
    status, text = elsewhere.evaluate(READ, portal.at(f"/record/proof/{'0' * 64}.json"))
    assert (status, "no such leaf" in text) == (404, True)


def test_it_reads_nothing_else(elsewhere, portal):
    for path in ("/en/", "/record/", "/record/verify/", "/en/accounts/login/", "/admin/"):
        assert elsewhere.evaluate(READ, portal.at(path)) == [0, ""]


def test_it_can_embed_none_of_our_files(elsewhere, portal):
    """`no-cors`, as for a picture or a script: the browser keeps the answer from the other page."""
    embed = "address => fetch(address, {mode: 'no-cors'}).then(() => 'taken', () => 'kept')"
    for path in ("/en/", "/static/portal/portal.css", "/static/portal/favicon.svg"):
        assert elsewhere.evaluate(embed, portal.at(path)) == "kept"
    assert elsewhere.evaluate(embed, portal.at("/record/checkpoints.json")) == "taken"
