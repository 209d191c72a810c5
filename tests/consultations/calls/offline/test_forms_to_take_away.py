"""The form on paper, as a PDF and as plain text."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from consultations.calls.offline.identity_questions import detail_questions
from consultations.calls.offline.kept_pdf import kept_pdf_of
from consultations.responses.models import Identity
from portal.pdf import pango, rendering
from tests.consultations.factories import ConsultationPageFactory, asked, section, stream_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(
        questionnaire=True,
        postal_address="Consultation desk\n1 Long Street",
        privacy_note="We keep answers for three years.",
    )


def test_the_form_to_print_asks_everything_and_says_conditions_in_words(client, page):
    shown = client.get(reverse("calls:form", args=[page.slug])).content.decode()
    for words in (
        page.docket,
        "1. Do you export listed items?",
        "Name the source of each.",
        "At most 300 words.",
        "Only if you answered question 4 with “Every year”.",
        "Only if you answered question 1 with “Yes”.",
        "From 1 (Not clear) to 5 (Very clear).",
        "With my organisation&#39;s name only",
        "1 Long Street",
        "cannot guarantee confidentiality",
        "We keep answers for three years.",
    ):
        assert words in shown
    assert "<input" not in shown.split('class="sheet"')[1].split("</main>")[0]


def test_a_form_without_anonymity_does_not_offer_it(client, page):
    page.anonymous_allowed = False
    page.save()
    for name in ("form", "form_text"):
        shown = client.get(reverse(f"calls:{name}", args=[page.slug])).content.decode()
        assert "Without any name" not in shown


def test_whoever_responds_without_a_name_is_warned_of_mail_and_led_to_advice(client, page):
    warned = "Not if you respond without a name: a mail shows who sends it."
    advice = "http://testserver/en/before-you-answer/"
    page.contact_email = "desk@state.example"
    page.save()
    for name in ("form", "form_text"):
        shown = client.get(reverse(f"calls:{name}", args=[page.slug])).content.decode()
        assert warned in shown
        assert advice in shown
    page.anonymous_allowed = False
    page.save()
    for name in ("form", "form_text"):
        shown = client.get(reverse(f"calls:{name}", args=[page.slug])).content.decode()
        assert "desk@state.example" in shown
        assert warned not in shown


def test_the_name_of_a_form_tells_nothing_where_people_respond_without_a_name(client, page):
    at = reverse("calls:form_text", args=[page.slug])
    assert 'filename="file.txt"' in client.get(at)["Content-Disposition"]
    page.anonymous_allowed = False
    page.save()
    assert f'filename="{page.docket}.txt"' in client.get(at)["Content-Disposition"]


@pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")
def test_the_pdf_can_be_filled_in_and_names_the_docket(client, page):
    response = client.get(reverse("calls:form_pdf", args=[page.slug]))
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="file.pdf"' in response["Content-Disposition"]
    reader = PdfReader(io.BytesIO(response.content))
    assert "Which indicators should weigh most?" in "".join(
        sheet.extract_text() for sheet in reader.pages
    )
    assert {"q3", "q4-a", "q4-other", "identity-a", "name"} <= reader.get_fields().keys()


@pytest.fixture
def laid_out(monkeypatch):
    """The documents that were laid out, in place of laying out any."""
    documents = []

    def note(html):
        documents.append(html)
        return b"%%PDF-1.7 number %d" % len(documents)

    monkeypatch.setattr("consultations.calls.offline.kept_pdf.pdf_of", note)
    return documents


def test_the_second_person_gets_the_pdf_that_the_first_waited_for(client, page, laid_out, member):
    at = reverse("calls:form_pdf", args=[page.slug])
    first = client.get(at)
    client.force_login(member)
    assert client.get(at).content == Client().get(at).content == first.content
    assert len(laid_out) == 1
    assert "no-store" in first["Cache-Control"]
    rest = Client().get(at, headers={"Range": "bytes=5-", "If-Range": first["ETag"]})
    assert (rest.status_code, rest.content) == (206, first.content[5:])
    assert "no-store" in rest["Cache-Control"]


def test_another_revision_language_or_upgrade_has_another_pdf(client, page, laid_out, monkeypatch):
    at = reverse("calls:form_pdf", args=[page.slug])
    seen = [client.get(at).content]
    page.postal_address = "Another desk"
    page.save_revision().publish()
    seen.append(client.get(at).content)
    seen.append(client.get(at.replace("/en/", "/fr/")).content)
    monkeypatch.setattr("consultations.calls.offline.kept_pdf.code", lambda: "the next version")
    seen.append(client.get(at).content)
    assert len(set(seen)) == len(laid_out) == 4
    assert "Another desk" in laid_out[1]
    assert client.get(at).content == seen[-1]


def test_whoever_asks_while_it_is_made_waits_for_it(monkeypatch):
    """Two would take as long as both, one after the other: the work is one processor's."""
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slowly(html):
        made.append(html)
        begun.set()
        assert go_on.wait(20)
        return b"%PDF"

    monkeypatch.setattr("consultations.calls.offline.kept_pdf.pdf_of", slowly)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept_pdf_of, "<p>A form")
        assert begun.wait(20)
        second = threads.submit(kept_pdf_of, "<p>A form")
        with pytest.raises(TimeoutError):
            second.result(0.2)
        go_on.set()
        assert first.result(20) == second.result(20) == b"%PDF"
    assert len(made) == 1


@pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")
def test_a_pdf_fetches_nothing(consultations, client, monkeypatch):
    import urllib.request

    def forbidden(*args, **kwargs):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", forbidden)
    page = ConsultationPageFactory(
        questionnaire=stream_of(
            section(
                "s",
                "One",
                [asked("short-text", "q", 'Is <img src="https://evil.example/a.png"> there?')],
                introduction='<p><a href="https://evil.example/">Read</a></p>',
            )
        )
    )
    assert client.get(reverse("calls:form_pdf", args=[page.slug])).content.startswith(b"%PDF")


def test_where_no_pdf_can_be_made_no_link_is_shown_and_the_address_says_so(
    client, page, monkeypatch
):
    def missing(html):
        raise rendering.PdfUnavailableError

    monkeypatch.setattr("consultations.calls.offline.kept_pdf.pdf_of", missing)
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    address = reverse("calls:form_pdf", args=[page.slug])
    response = client.get(address)
    assert response.status_code == 503
    assert reverse("calls:form", args=[page.slug]) in response.content.decode()
    assert address not in client.get(page.get_url()).content.decode()


def test_the_consultation_leads_to_its_forms_while_it_takes_answers(client, page):
    shown = client.get(page.get_url()).content.decode()
    for name in ("form", "form_text"):
        assert reverse(f"calls:{name}", args=[page.slug]) in shown
    over = ConsultationPageFactory(questionnaire=True, closed=True)
    assert "Ways to respond" not in client.get(over.get_url()).content.decode()


@pytest.mark.parametrize("name", ["form", "form_pdf", "form_text"])
def test_there_is_no_form_where_nothing_is_asked_or_nothing_is_published(
    client, consultations, name
):
    silent = ConsultationPageFactory()
    draft = ConsultationPageFactory(questionnaire=True, live=False)
    for slug in (silent.slug, draft.slug, "nowhere"):
        assert client.get(reverse(f"calls:{name}", args=[slug])).status_code == 404


def test_the_identities_on_paper_are_those_of_the_portal():
    identity = detail_questions(anonymous=True)[0]
    assert [(o.key, o.label) for o in identity.options] == [
        (value, str(label)) for value, label in Identity.choices
    ]
