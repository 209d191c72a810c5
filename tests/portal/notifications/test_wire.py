"""Mail as bytes: what a strict parser reads of it is what was written."""

import email
import socket
from email.policy import default as default_policy

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from hypothesis import example, given
from hypothesis import strategies as st

from portal.notifications.wire import as_bytes

STRICT = default_policy.clone(raise_on_defect=True)
TITLES = (
    "Wann schadet Überwachungstechnik? " * 6,
    "هل تُستخدم أجهزة المراقبة ضد الصحفيين؟ " * 8,
    "Подзаконные акты об экспорте " * 20,
    "两用物项出口管制与人权" * 30,
    "🛰" * 90,
    "x" * 400,
    "short then " + "y" * 400,
    "=?utf-8?q?not_encoded_by_us?= and more",
    "line\r\nBcc: all@people.example\n\nbody",
    "tab\tnull\x00 bell\x07 \u2028line \u2029paragraph \x85next",
    "",
)


def mail(subject="News", body="Text.", sender="The portal <portal@code.example>", **kwargs):
    return EmailMessage(subject, body, sender, ["lena@people.example"], **kwargs)


def parsed(raw: bytes):
    return email.message_from_bytes(raw, policy=STRICT)


def header_lines(raw: bytes) -> list[bytes]:
    return raw.split(b"\r\n\r\n")[0].split(b"\r\n")


def require_well_made(raw: bytes) -> None:
    """Every line of the header says something, and none is longer than it need be."""
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in header_lines(raw):
        _name, _colon, value = line.partition(b":") if line[:1].isalpha() else (b"", b"", line)
        assert value.strip(), f"an empty line: {line!r}"
        assert len(line) <= 78 or b" " not in value.strip(), "where it could be folded"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    raw.decode("ascii")


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500),
        st.text("aé \n\r\t=?_-", min_size=1, max_size=300),
    )
)
@example(TITLES[0])
@example(TITLES[1])
@example(TITLES[4])
@example(TITLES[5])
@example(TITLES[6])
@example(TITLES[7])
@example(TITLES[8])
@example(TITLES[9])
def test_any_subject_is_read_as_it_was_written(subject):
    subject = f"Consultation {subject}"
    raw = as_bytes(mail(subject))
    require_well_made(raw)
    message = parsed(raw)
    assert message["Subject"] == " ".join(subject.split())
    assert message["Bcc"] is None
    assert message.get_content() == "Text.\r\n" or message.get_content() == "Text."


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=1500))
@example("x" * 2000)
@example("é" * 2000)
@example(".\n..\nFrom here on\n-- \nend ")
def test_any_text_is_read_as_it_was_written(body):
    raw = as_bytes(mail(body=body))
    require_well_made(raw)
    assert parsed(raw).get_content().replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")


def test_a_subject_that_fits_stands_in_clear():
    assert b"Subject: News about your response\r\n" in as_bytes(mail("News about your response"))


def test_a_name_of_the_sender_beyond_ascii_is_read_too():
    message = parsed(as_bytes(mail(sender="Портал консультаций <portal@code.example>")))
    assert message["From"].addresses[0].display_name == "Портал консультаций"


def test_a_domain_beyond_ascii_is_written_as_servers_know_it():
    raw = as_bytes(mail(sender="portal@bücher.example"))
    assert parsed(raw)["From"] == "portal@xn--bcher-kva.example"
    assert parsed(raw)["Message-ID"].endswith("@xn--bcher-kva.example>")


def test_an_html_part_stays_what_it_is():
    message = EmailMultiAlternatives("Été", "Text é", "a@code.example", ["b@people.example"])
    message.attach_alternative("<p>é</p>", "text/html")
    found = parsed(as_bytes(message))
    assert found.get_body(("plain",)).get_content().strip() == "Text é"
    assert found.get_body(("html",)).get_content().strip() == "<p>é</p>"


@pytest.mark.parametrize("given", [{}, {"headers": {"message-id": "<same@code.example>"}}])
def test_no_machine_is_named(given, monkeypatch):
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "telling-machine.example")
    raw = as_bytes(mail(**given))
    assert b"telling-machine" not in raw
    assert parsed(raw)["Message-ID"].endswith("@code.example>")
    if given:
        assert parsed(raw)["Message-ID"] == "<same@code.example>"


def test_a_client_introduces_itself_by_the_sender_s_domain(mail_server, monkeypatch, settings):
    monkeypatch.setattr("django.core.mail.utils.DNS_NAME._fqdn", "telling-machine", raising=False)
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@code.example>"
    assert mail().send() == 1
    assert "ehlo code.example" in mail_server.said
    assert not any("telling-machine" in line for line in mail_server.said)
    require_well_made(mail_server.raw[0])
