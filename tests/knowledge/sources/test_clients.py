"""Asking an address: what counts as an answer, and whom nobody is made to ask."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from knowledge.sources import clients
from knowledge.sources.clients import Found, ask
from tests.knowledge.sources.answering import answering

THERE, GONE = Found(answers=True), Found(answers=False)


@pytest.fixture
def site():
    with answering() as there:
        yield there


def at(address: str) -> Found:
    return ask(address, even_private=True)


def test_a_page_that_is_there_answers(site):
    assert at(site.puts("/law/2021")) == THERE
    assert [method for method, _path, _headers in site.asked] == ["HEAD", "GET"]


def test_a_document_is_not_fetched(site):
    assert at(site.puts("/law.pdf", **{"Content-Type": "application/pdf"})) == THERE
    assert [method for method, _path, _headers in site.asked] == ["HEAD"]


def test_a_site_that_answers_no_head_is_asked_for_the_page(site):
    site.refuses_head = True
    assert at(site.puts("/law")) == THERE


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_an_error_is_no_answer(site, status):
    assert at(site.puts("/law", status)) == GONE


@pytest.mark.parametrize("status", [401, 403, 429])
def test_who_lets_no_machine_in_is_there_for_readers(site, status):
    assert at(site.puts("/law", status)) == THERE


@pytest.mark.parametrize(
    "title",
    [
        *("Page not found", "Error 404", "Page introuvable", "Página no encontrada"),
        *("Страница не найдена", "الصفحة غير موجودة"),
    ],
)
def test_a_page_that_says_that_nothing_is_there_is_no_answer(site, title):
    assert at(site.puts("/law", body=f"<title>{title}</title>")) == GONE
    assert at(site.puts("/law", body=f"<h1 class='a'>{title}</h1>")) == GONE


def test_a_law_that_only_mentions_what_is_not_found_answers(site):
    assert at(site.puts("/law", body="<title>Law</title><p>If it is not found, 404.</p>")) == THERE


def test_a_page_that_leads_to_the_root_of_its_site_is_no_answer(site):
    site.puts("/")
    site.puts("/en/")
    assert at(site.puts("/law", 302, Location="/")) == GONE
    assert at(site.puts("/law", 301, Location="/en/")) == GONE
    assert at(site.puts("/", 302, Location="/en/")) == THERE, "a root may lead to a root"


@pytest.mark.parametrize("status", [301, 308])
def test_what_was_moved_for_good_is_told(site, status):
    new = site.puts("/new/law")
    assert at(site.puts("/law", status, Location="/new/law")) == Found(True, new)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_what_leads_elsewhere_for_now_was_not_moved(site, status):
    site.puts("/now")
    assert at(site.puts("/law", status, Location="/now")) == THERE


def test_only_what_is_for_good_is_where_it_was_moved(site):
    site.puts("/last")
    new = site.puts("/new", 302, Location="/last")
    assert at(site.puts("/law", 301, Location="/new")) == Found(True, new)


def test_one_slash_more_is_no_move(site):
    site.puts("/law/")
    assert at(site.puts("/law", 301, Location="/law/")) == THERE


def test_what_leads_round_in_a_ring_is_no_answer(site):
    assert at(site.puts("/law", 302, Location="/law")) == GONE
    assert len(site.asked) == clients.MOST_REDIRECTS + 1


def test_a_long_page_is_read_no_further_than_its_beginning(site):
    long = "x" * 10 * clients.MOST_BYTES
    assert at(site.puts("/law", body=f"<title>Law</title>{long}<h1>Not found</h1>")) == THERE


def test_who_asks_says_who_it_is_and_nothing_of_readers(site, settings):
    settings.BASE_URL = "https://portal.example"
    at(site.puts("/law"))
    for _method, _path, headers in site.asked:
        assert "https://portal.example/" in headers["User-Agent"]
        assert {"Referer", "Cookie", "Authorization"}.isdisjoint(headers)


def test_an_address_in_other_letters_is_asked(site):
    site.puts("/%D8%AF%D9%84%D9%8A%D9%84?q=%C3%A9")
    assert at(f"{site.base}/دليل?q=é") == THERE


def test_a_server_on_this_machine_is_not_asked(site):
    assert ask(site.puts("/law")) == GONE
    assert site.asked == []


def test_no_redirect_leads_to_a_private_address(site, monkeypatch):
    """The rule holds at each step: the first host is public, the second one is not."""
    steps = []

    def resolved(host, port, even_private):
        steps.append(host)
        if host != "127.0.0.1":
            return "127.0.0.1"
        return real(host, port, False)

    real = clients._public_address
    monkeypatch.setattr(clients, "_public_address", resolved)
    site.puts("/law", 302, Location=f"{site.base}/secret")
    site.puts("/secret")
    assert ask(f"{site.base.replace('127.0.0.1', 'law.example')}/law") == GONE
    assert steps == ["law.example", "127.0.0.1"]
    assert [path for _method, path, _headers in site.asked] == ["/law"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1"),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "ff02::1"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_public_network(address, monkeypatch):
    assert not clients._is_public(address)
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: public + told)
    monkeypatch.setattr(socket, "create_connection", None)
    assert ask("http://law.example/") == GONE


def test_what_is_of_the_public_network():
    for address in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"):
        assert clients._is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "law", "ftp://law.example/", "file:///etc/passwd", "http://", "http://[", "http://a..b/"),
        *("https://law.example:8443/", "http://law.example:99999/", "http://law.example:x/"),
        *("http://law.example:22/", "javascript:alert(1)"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_does_not_answer(address, monkeypatch):
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: public)
    monkeypatch.setattr(socket, "create_connection", None)
    assert ask(address) == GONE


def test_a_name_that_nobody_has_does_not_answer(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask("https://law.example/") == GONE


def test_who_sends_a_byte_now_and_then_is_left(monkeypatch):
    """No two bytes far enough apart to give up, and never an end."""
    server = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setattr(clients, "MOST_SECONDS", 0.6)

    def trickle():
        while True:
            with suppress(OSError):
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                for _ in range(40):
                    connection.sendall(b"y")
                    time.sleep(0.05)

    threading.Thread(target=trickle, daemon=True).start()
    began = time.monotonic()
    assert at(f"http://127.0.0.1:{server.getsockname()[1]}/law") == GONE
    server.close()
    assert time.monotonic() - began < 2
