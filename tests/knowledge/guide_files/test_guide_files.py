"""A guide as a PDF: made when it is published, of what is published, and gone with it."""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from knowledge.guide_files import actions
from knowledge.guide_files.models import GuideFile
from portal.pdf import pango, rendering
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not pango.is_installed(), reason="no Pango here")


@pytest.fixture
def guide(site_tree):
    source = SourceFactory(key="e1", title="Regulation 821")
    return GuidePageFactory(
        title="Asking about the end user",
        slug="end-user",
        sections=("What it says", "How to use it"),
        text=f"<p>Ask before you sign {cite(source.key, 'Art. 5(1)')}.</p>",
        further=[SourceFactory(title="First work")],
    )


@pytest.fixture
def laid_out(monkeypatch) -> list[str]:
    """The documents that were laid out, in place of laying out any."""
    documents: list[str] = []

    def note(html: str, **options: object) -> bytes:
        documents.append(html)
        return b"%PDF-1.7 of a test"

    monkeypatch.setattr(pango, "is_installed", lambda: True)
    monkeypatch.setattr(actions, "pdf_of", note)
    return documents


def keep_house() -> None:
    call_command("make_guide_files", stdout=io.StringIO())


def address(guide, name: str = "") -> str:
    return reverse("guide_pdf", args=[guide.slug, name or guide.slug])


def the_pdf(client, guide) -> PdfReader:
    keep_house()
    response = client.get(address(guide))
    assert response["Content-Type"] == "application/pdf"
    assert f'filename="{guide.slug}.pdf"' in response["Content-Disposition"]
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


@needs_pango
def test_the_pdf_says_what_it_is_and_where_it_comes_from(client, guide):
    reader = the_pdf(client, guide)
    text = text_of(reader)
    for said in (
        *("Asking about the end user", "What this guide helps to do.", "Secretariat"),
        *("European Union (binding)", "The source", "2021", "Text on How to use it."),
        *(date_format(guide.last_published_at), "/en/guides/end-user/"),
        f"1 of {len(reader.pages)}",
        *("Ask before you sign", "[1]", "Regulation 821", "Article 5(1)", "First work"),
    ):
        assert said in text, said
    assert "Review overdue" not in text
    assert text.index("Ask before you sign") < text.index("Regulation 821")


@needs_pango
def test_the_pdf_has_a_title_a_language_and_bookmarks(client, guide):
    reader = the_pdf(client, guide)
    assert reader.metadata.title == guide.title
    assert reader.metadata.author == "Secretariat"
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    (top, below) = reader.outline[:2]
    assert top.title == guide.title
    assert [each.title for each in below if not isinstance(each, list)] == [
        *("What it says", "How to use it", "Sources"),
    ]


@needs_pango
def test_an_overdue_guide_says_so_in_its_pdf_from_the_day_on(client, guide):
    assert "Review overdue" not in text_of(the_pdf(client, guide))
    with time_machine.travel(datetime.combine(guide.review_due, datetime.min.time(), UTC)):
        assert "Review overdue" not in text_of(the_pdf(client, guide))
    after = guide.review_due + timedelta(days=1)
    with time_machine.travel(datetime.combine(after, datetime.min.time(), UTC)):
        assert "Review overdue" in text_of(the_pdf(client, guide))


@needs_pango
def test_an_arabic_guide_has_its_language_and_runs_from_right_to_left(client, site_tree):
    guide = GuidePageFactory(
        title="دليل", slug="dalil", sections=("ما هذه الوثيقة",), content_language="ar"
    )
    reader = the_pdf(client, guide)
    assert reader.root_object["/Lang"] == "ar"
    assert reader.metadata.title == "دليل"
    assert "دليل" in text_of(reader)
    assert 'dir="rtl"' in actions.html_of(guide)


@needs_pango
def test_a_heading_of_a_table_says_what_it_heads():
    """Where the corner is empty too, and where the table goes on over several pages."""
    rows = "".join(f"<tr><th scope=row>{row}</th><td>x</td></tr>" for row in range(99))
    head = "<thead><tr><td></td><th scope=col>Answer</th></tr></thead>"
    made = rendering.pdf_of(f"<html lang=en><title>T</title><table>{head}{rows}</table>")
    with pikepdf.open(io.BytesIO(made)) as document:
        cells = [each for each in document.objects if is_heading(each)]
        scopes = [str(cell.A.Scope) for cell in cells]
    assert scopes.count("/Row") == 99
    assert scopes.count("/Column") >= 2
    assert len(scopes) == scopes.count("/Row") + scopes.count("/Column")


def is_heading(each: pikepdf.Object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"


def test_the_page_offers_to_print_until_the_pdf_is_there(client, guide, laid_out):
    page = client.get(guide.url).content.decode()
    assert "A PDF of this guide is being made." in page
    assert address(guide) not in page
    response = client.get(address(guide))
    assert (response.status_code, response["Location"]) == (302, guide.url)
    keep_house()
    page = client.get(guide.url).content.decode()
    assert f'href="{address(guide)}"' in page
    assert "(PDF, 18\xa0bytes, English, accessible)" in page
    assert "A PDF of this guide is being made." not in page


def test_where_there_is_no_pango_nothing_is_made_and_nothing_is_promised(
    client, guide, monkeypatch
):
    monkeypatch.setattr(pango, "is_installed", lambda: False)
    keep_house()
    assert not GuideFile.objects.exists()
    page = client.get(guide.url).content.decode()
    assert address(guide) not in page
    assert "A PDF of this guide" not in page
    assert "browser’s print command" in page


def test_what_is_as_it_was_is_not_made_again(guide, laid_out):
    keep_house()
    keep_house()
    assert len(laid_out) == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        keep_house()
    assert len(laid_out) == 1
    assert GuideFile.objects.get().checked_on == timezone.now().date() + timedelta(days=1)


def test_who_has_the_pdf_is_sent_nothing_until_it_is_another(client, guide, laid_out, monkeypatch):
    keep_house()
    first = client.get(address(guide))
    assert first["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in first
    held = {"If-None-Match": first["ETag"]}
    assert client.get(address(guide), headers=held).status_code == 304
    rest = client.get(address(guide), headers={"Range": "bytes=5-", "If-Range": first["ETag"]})
    assert (rest.status_code, rest.content) == (206, first.content[5:])
    monkeypatch.setattr(actions, "pdf_of", lambda html, **options: b"%PDF-1.7 made otherwise")
    guide.save_revision().publish()
    answer = client.get(address(guide), headers=held)
    assert answer.status_code == 302, "the next one is not made yet"
    keep_house()
    assert client.get(address(guide), headers=held).content == b"%PDF-1.7 made otherwise"


def test_a_guide_that_is_published_again_is_made_again(client, guide, laid_out):
    keep_house()
    guide.title = "Asking who it is for"
    guide.save_revision().publish()
    assert client.get(address(guide)).status_code == 302  # not what it said before
    keep_house()
    assert "Asking who it is for" in laid_out[-1]
    assert client.get(address(guide)).status_code == 200
    assert GuideFile.objects.count() == 1


def test_files_are_made_anew_where_they_are_laid_out_otherwise(guide, laid_out, monkeypatch):
    keep_house()
    monkeypatch.setattr(actions, "FORM", "another")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        keep_house()
    assert len(laid_out) == 2


def test_a_source_that_changes_reaches_the_pdf_by_the_next_day(guide, laid_out):
    keep_house()
    source = next(iter(guide.sources.all()))
    source.title = "Regulation 821, amended"
    source.save()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        keep_house()
    assert "Regulation 821, amended" in laid_out[-1]


def test_a_guide_that_is_withdrawn_has_no_pdf(client, guide, laid_out):
    keep_house()
    guide.unpublish()
    response = client.get(address(guide))
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    keep_house()
    assert not GuideFile.objects.exists()


def test_a_draft_another_name_and_a_guide_for_some_alone_are_not_found(client, guide, laid_out):
    draft = GuidePageFactory(live=False, title="Unfinished")
    keep_house()
    assert client.get(address(draft)).status_code == 404
    assert client.get(address(guide, "other")).status_code == 404
    assert client.get("/en/guides/a%00b/a%00b.pdf").status_code == 404
    assert client.get("/en/guides/nobody/nobody.pdf").status_code == 404
    assert client.post(address(guide)).status_code == 405
    PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address(guide)).status_code == 404
    keep_house()
    assert not GuideFile.objects.exists()


def test_a_change_that_waits_for_its_second_person_is_in_no_pdf(client, guide, laid_out):
    guide.title = "Not approved yet"
    guide.save_revision()
    keep_house()
    assert "Not approved yet" not in laid_out[-1]


def test_a_guide_that_cannot_be_made_keeps_no_other_from_it(
    client, guide, laid_out, monkeypatch, caplog
):
    other = GuidePageFactory(title="Another")
    really = actions.pdf_of

    def fail(html: str, **options: object) -> bytes:
        if guide.title in html:
            raise ValueError("cannot be laid out")
        return really(html, **options)

    monkeypatch.setattr(actions, "pdf_of", fail)
    keep_house()
    keep_house()
    assert client.get(address(other)).status_code == 200
    assert client.get(address(guide)).status_code == 302
    assert caplog.text.count("no file could be made") == 1


def test_the_time_for_it_is_bounded_and_the_next_time_goes_on(guide, laid_out):
    GuidePageFactory(title="Another")
    assert actions.bring_up_to_date(timezone.now(), most_seconds=-1) == 0
    assert actions.bring_up_to_date(timezone.now(), most_seconds=60) == 2


def test_the_pdf_is_in_the_language_of_the_guide_whoever_runs_the_timer(guide, laid_out):
    with translation.override("fr"):
        keep_house()
    assert '<html lang="en" dir="ltr">' in laid_out[-1]
    assert "Last reviewed" in laid_out[-1]


def test_the_file_costs_its_page_one_query(client, guide, laid_out, django_assert_num_queries):
    from django.test import RequestFactory

    from knowledge.guide_files.page_context import to_take_along

    keep_house()
    with django_assert_num_queries(1):
        given = to_take_along(guide, RequestFactory().get("/"))
        assert given["file"].size == 18
