"""What one takes away: a receipt for who has a name, only the code for who has none."""

import re

import pytest

from consultations.responses.models import Response
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_by(page):
    """Somebody who has sent an answer and came back with the code, and the page after sending."""

    def send(identity, **details):
        visitor = Visitor(page)
        visitor.begin(identity, **details)
        code = visitor.code()
        visitor.answer_all()
        assert visitor.submit().status_code == 302
        html = visitor.text("sent")
        assert visitor.send("resume", {"code": code}).status_code == 302
        return visitor, html

    return send


def printed(html):
    """What of a page comes on paper: all that is not marked otherwise."""
    body = html.split("<body")[1].partition(">")[2]
    out, depth = [], 0
    for part in re.split(r"(<[^>]+>)", body):
        tag = re.match(r"</?(\w+)", part)
        if depth:
            if tag and tag.group(1) not in ("br", "input", "img", "path", "circle", "meta", "link"):
                depth += -1 if part.startswith("</") else 0 if part.endswith("/>") else 1
        elif tag and re.search(
            r'class="[^"]*\b(no-print|breadcrumbs|site-footer|govuk-skip-link|govuk-button)\b', part
        ):
            depth = 1
        elif not tag:
            out.append(part)
    return re.sub(r"\s+", " ", " ".join(out))


def test_who_has_a_name_prints_digest_signature_and_square(sent_by):
    visitor, html = sent_by("named", name="Ada Vrba", submitter_type="academia")
    version = Response.objects.get().versions.get()
    held = visitor.see("receipt_file").json()
    for words in (version.content_digest, held["signature"], held["leaf"], "/record/verify/"):
        assert words in printed(html)
    assert 'class="segno"' in html
    assert "style=" not in html.split('class="segno"')[1].split("</svg>")[0]


def test_without_a_name_nothing_is_offered_but_the_code(sent_by, page):
    visitor, html = sent_by("anonymous")
    response = Response.objects.get()
    for offered in ("receipt.json", "answers.json", "answers.txt", "segno", "SHA-256"):
        assert offered not in html
    assert visitor.at("proof") not in html
    assert visitor.at("proof") in visitor.text("sent")
    on_paper = printed(html)
    for words in (response.reference, page.title, "Code in Practice", "record"):
        assert words not in on_paper
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", on_paper)


def test_a_proof_stands_behind_a_page_that_says_what_it_tells(sent_by, page):
    visitor, _html = sent_by("anonymous")
    html = visitor.text("proof")
    assert "the holder knows which response is yours" in html
    assert visitor.at("receipt_file") in html
    assert not printed(html).strip()


@pytest.mark.parametrize("name", ["receipt_file", "answers_file", "answers_text"])
def test_no_file_of_who_has_no_name_is_called_what_it_is(sent_by, name, page):
    visitor, _html = sent_by("anonymous")
    disposition = visitor.see(name).headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="file\.(json|txt)"', disposition)


def test_answers_to_be_read_say_without_a_name_neither_title_nor_reference(sent_by, page):
    visitor, _html = sent_by("anonymous")
    text = visitor.text("answers_text")
    assert "Ask who will use it." in text
    assert Response.objects.get().reference not in text
    assert page.title not in text


def test_who_has_a_name_has_no_page_of_its_own_for_the_proof(sent_by):
    visitor, _html = sent_by("named", name="Ada Vrba", submitter_type="academia")
    assert visitor.see("proof").url == visitor.at("sent")
