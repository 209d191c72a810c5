"""References to take along: other programs read back what the portal wrote."""

import json

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares

from knowledge.sources.formats import FORMS
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db

TITLE = r"50% & {rules}_x #1 $2 \a ~ ^ “q” règlement إرشادات"


@pytest.fixture
def source(site_tree):
    return SourceFactory(
        key="e1",
        title=TITLE,
        issuer="Body, the & Co",
        number="A/HRC/17/31",
        address="https://law.example/a_b?x=1&y=50%25#z",
    )


def file(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    return answer.content.decode()


def test_bibtex_is_read_back_as_it_was(client, source):
    text = file(client, "/en/sources/e1/bibtex.bib")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == "e1"
    told = {name: field.value for name, field in entry.fields_dict.items()}
    assert told["year"] == "2021"
    assert told["url"] == source.address
    assert told["urldate"] == "2026-03-02"
    decoded = bibtexparser.parse_string(
        text, append_middleware=[middlewares.LatexDecodingMiddleware()]
    ).entries[0]
    title = decoded.fields_dict["title"].value.replace("\u02c6", "^")  # as that library reads it
    assert title.replace(" ", "") == TITLE.replace(" ", "")
    assert decoded.fields_dict["author"].value == "Body, the & Co"


def test_ris_is_read_back_as_it_was(client, source):
    (entry,) = rispy.loads(file(client, "/en/sources/e1/reference.ris"))
    assert entry["type_of_reference"] == "STAT"
    assert entry["title"] == TITLE
    assert entry["authors"] == ["Body, the & Co"]
    assert entry["year"] == "2021"
    assert entry["urls"] == [source.address]


def test_a_line_break_begins_no_field(client, source):
    source.status_note = "One\nTY  - CASE\n}"
    source.save()
    assert len(rispy.loads(file(client, "/en/sources/e1/reference.ris"))) == 1
    assert len(bibtexparser.parse_string(file(client, "/en/sources/e1/bibtex.bib")).entries) == 1


def test_csl_json_has_the_type_and_the_day(client, source):
    (item,) = json.loads(file(client, "/en/sources/e1/csl.json"))
    assert item["type"] == "legislation"
    assert item["title"] == TITLE
    assert item["author"] == [{"literal": "Body, the & Co"}]
    assert item["accessed"] == {"date-parts": [[2026, 3, 2]]}


def test_two_styles_are_written_out(client, site_tree):
    SourceFactory(
        key="n1",
        kind="soft-law",
        title="Guiding Principles on Business and Human Rights",
        issuer="United Nations",
        number="A/HRC/17/31",
        year=2011,
        address="https://docs.example/n1",
    )
    assert file(client, "/en/sources/n1/apa.txt") == (
        "United Nations. (2011). Guiding Principles on Business and Human Rights (A/HRC/17/31). "
        "https://docs.example/n1\n"
    )
    assert file(client, "/en/sources/n1/oscola.txt") == (
        "United Nations, ‘Guiding Principles on Business and Human Rights’ (2011) A/HRC/17/31 "
        "<https://docs.example/n1> accessed 2 March 2026\n"
    )
    assert file(client, "/en/sources/n1/plain.txt") == (
        "United Nations, Guiding Principles on Business and Human Rights, A/HRC/17/31, "
        "20 May 2021, https://docs.example/n1 (read on 2 March 2026)\n"
    )


@pytest.mark.parametrize("name", FORMS)
def test_what_is_hardly_known_is_a_file_too(client, site_tree, name):
    fields = ("issuer", "kind", "binds", "dated", "address")
    SourceFactory(key="bare", title="Bare", year=None, read_on=None, **dict.fromkeys(fields, ""))
    assert "Bare" in file(client, f"/en/sources/bare/{name}")


@pytest.mark.parametrize("name", FORMS)
def test_all_sources_of_a_guide_come_in_one_file(client, site_tree, name):
    SourceFactory(key="e1", title="First work")
    guide = GuidePageFactory(
        slug="of-two", text=f"<p>A{cite('e1')}</p>", further=[SourceFactory(title="Second work")]
    )
    text = file(client, f"{guide.url}sources/{name}").lower()
    assert "first work" in text
    assert "second work" in text


def test_a_guide_is_cited_as_a_report_of_its_owner(client, site_tree):
    guide = GuidePageFactory(title="On cameras", owner_unit="Secretariat")
    (item,) = json.loads(file(client, f"{guide.url}cite/csl.json"))
    assert item["type"] == "report"
    assert (item["title"], item["author"]) == ("On cameras", [{"literal": "Secretariat"}])
    assert item["URL"].endswith(guide.url)
    assert item["URL"].startswith("http")


def test_the_page_of_a_guide_offers_every_file(client, site_tree):
    SourceFactory(key="e1")
    guide = GuidePageFactory(text=f"<p>A{cite('e1')}</p>")
    html = client.get(guide.url).content.decode()
    for name in FORMS:
        for part in ("cite", "sources"):
            assert f'href="{guide.url}{part}/{name}"' in html
            assert client.get(f"{guide.url}{part}/{name}").status_code == 200


def test_no_file_of_what_is_not_there(client, site_tree):
    guide = GuidePageFactory()
    draft = GuidePageFactory(live=False)
    SourceFactory(key="e1")
    for path in (
        f"{guide.url}sources/bibtex.bib",
        f"{guide.url}cite/word.docx",
        f"/en/guides/{draft.slug}/cite/bibtex.bib",
        "/en/sources/e1/word.docx",
        "/en/sources/e9/bibtex.bib",
    ):
        assert client.get(path).status_code == 404, path
