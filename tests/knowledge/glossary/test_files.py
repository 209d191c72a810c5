"""The files of the glossary: what a spreadsheet and a translator's tool get."""

import csv
import io
import re

import pytest
from lxml import etree

from knowledge.glossary import export
from knowledge.glossary.terms import LANGUAGES, Term, Wording, glossary

pytestmark = pytest.mark.django_db

CORE = "urn:iso:std:iso:30042:ed-2"
NAMES = {"t": CORE, "m": "http://www.tbxinfo.net/ns/min", "b": "http://www.tbxinfo.net/ns/basic"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What stands in what, as patterns of names with a blank behind each. Read off the core structure
# and the modules Min and Basic of TBX-Basic in its style DCT.
WITHIN = {
    "tbx": "tbxHeader text ",
    "tbxHeader": "fileDesc ",
    "fileDesc": "titleStmt sourceDesc ",
    "titleStmt": "title ",
    "sourceDesc": "p ",
    "text": "body ",
    "body": "(conceptEntry )+",
    "conceptEntry": "min:subjectField (note )?(langSec )+",
    "langSec": "termSec ",
    "termSec": "term (basic:source )?(note )?",
}


def table(client) -> list[dict[str, str]]:
    answer = client.get("/glossary/terms.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeffkey,")
    return list(csv.DictReader(io.StringIO(text[1:])))


def tree(client) -> etree._Element:
    answer = client.get("/glossary/terms.tbx")
    assert answer["Content-Type"] == "application/x-tbx+xml"
    assert answer["Content-Disposition"] == 'attachment; filename="glossary.tbx"'
    return etree.fromstring(answer.content)


def named(element: etree._Element) -> str:
    tag = etree.QName(element)
    prefix = {NAMES["m"]: "min:", NAMES["b"]: "basic:", CORE: ""}[tag.namespace]
    return prefix + tag.localname


def test_a_row_has_a_term_in_five_languages_with_its_sources(client):
    rows = table(client)
    assert [row["key"] for row in rows] == [term.key for term in glossary()]
    [row] = [row for row in rows if row["key"] == "dual-use-item"]
    assert (row["en"], row["fr"]) == ("dual-use item", "bien à double usage")
    assert re.search(r"2021/821.*, https://", row["source_fr"])


def test_no_cell_is_run_by_a_spreadsheet(client, monkeypatch):
    wordings = {each: Wording(each, "=1+1", "", None) for each in LANGUAGES}
    term = Term("sum", "portal", "@SUM(A1)", wordings)
    monkeypatch.setattr(export, "glossary", lambda: (term,))
    [row] = table(client)
    assert row["en"] == "'=1+1"
    assert row["note"] == "'@SUM(A1)"


def test_the_tbx_has_an_entry_a_term_with_every_language(client):
    root = tree(client)
    entries = root.findall(".//t:conceptEntry", NAMES)
    assert [entry.get("id") for entry in entries] == [term.key for term in glossary()]
    for entry in entries:
        assert [each.get(LANG) for each in entry.findall("t:langSec", NAMES)] == list(LANGUAGES)
    term = next(each for each in entries if each.get("id") == "general-licence")
    assert term.findtext("m:subjectField", namespaces=NAMES) == "export control"
    assert not [each for each in root.iter(f"{{{CORE}}}term") if "(" in each.text]


def test_the_tbx_is_built_as_tbx_basic_says(client):
    root = tree(client)
    assert named(root) == "tbx"
    assert dict(root.attrib) == {"type": "TBX-Basic", "style": "dct", LANG: "en"}
    for element in root.iter("{*}*"):
        children = "".join(f"{named(each)} " for each in element)
        pattern = WITHIN.get(named(element), "")
        assert re.fullmatch(pattern, children), (named(element), children)
        assert pattern or element.text.strip(), named(element)


def test_keys_are_ids_of_xml_and_stand_once(client):
    ids = [each.get("id") for each in tree(client).iter(f"{{{CORE}}}conceptEntry")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", each) for each in ids)


@pytest.mark.parametrize("name", ["terms.pdf", "terms.", "terms"])
def test_another_file_is_not_there(client, name):
    assert client.get(f"/glossary/{name}", follow=True).status_code == 404


def test_the_address_without_a_language_leads_to_the_page(client, site_tree):
    answer = client.get("/glossary/")
    assert answer.status_code == 302
    assert answer["Location"] == "/en/glossary/"


@pytest.mark.parametrize("form", export.FORMS)
def test_who_has_a_file_is_sent_nothing(client, form):
    address = f"/glossary/terms.{form}"
    whole = client.get(address)
    assert whole["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    part = client.get(address, headers={"Range": "bytes=-5"})
    assert (part.status_code, part.content) == (206, whole.content[-5:])
