"""The whole glossary as files: for spreadsheets, and for the tools of translators."""

import csv
from collections.abc import Callable
from io import StringIO

from lxml import etree
from lxml.builder import ElementMaker

from knowledge.glossary.terms import Source, Term, glossary
from portal.formulas import safe
from portal.stakeholders.countries import LANGUAGES

# TBX is read by machines of every country: what stands in it beside the terms is English.
TITLE = "Glossary of export control, human rights and consultation"
ABOUT = (
    "Terms in English, French, Spanish, Russian and Arabic. A source is a published text in which "
    "the term was seen; a term without one was chosen by the portal's translators. No native "
    "reader has checked the translations yet."
)
FIELD_NAMES = {
    "control": "export control",
    "rights": "human rights",
    "technology": "technology",
    "consultation": "consultation",
    "portal": "this portal",
}
# ISO 30042:2019, dialect TBX-Basic, each data category as an element of its module.
CORE = "urn:iso:std:iso:30042:ed-2"
MIN = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = (
    'href="https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master/DCT/'
    'TBX-Basic.nvdl" '
    'type="application/xml" schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"'
)
core = ElementMaker(namespace=CORE, nsmap={None: CORE, "min": MIN, "basic": BASIC})


def as_csv() -> str:
    """Return a row a term, safe to open in a spreadsheet, each source written out."""
    table = StringIO()
    table.write("\ufeff")
    write = csv.writer(table).writerow
    write(["key", "field", *LANGUAGES, *(f"source_{each}" for each in LANGUAGES), "note"])
    for term in glossary():
        wordings = [term.in_language(each) for each in LANGUAGES]
        write(
            safe(
                [
                    *(term.key, FIELD_NAMES[term.field]),
                    *(
                        f"{each.text} ({each.remark})" if each.remark else each.text
                        for each in wordings
                    ),
                    *(_cited(each.source) for each in wordings),
                    term.note,
                ]
            )
        )
    return table.getvalue()


def as_tbx() -> bytes:
    """Return the glossary as TBX-Basic: an entry a term, its key as id."""
    body = core.body(*(_entry(term) for term in glossary()))
    header = core.tbxHeader(
        core.fileDesc(
            core.titleStmt(core.title(TITLE)),
            core.sourceDesc(core.p(ABOUT)),
        )
    )
    root = core.tbx(header, core.text(body), type="TBX-Basic", style="dct")
    root.set(LANG, "en")
    root.addprevious(etree.ProcessingInstruction("xml-model", SCHEMA))
    written: bytes = etree.tostring(
        root.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return written


def _entry(term: Term) -> etree._Element:
    entry = core.conceptEntry(id=term.key)
    etree.SubElement(entry, f"{{{MIN}}}subjectField").text = FIELD_NAMES[term.field]
    if term.note:
        entry.append(core.note(term.note))
    for wording in term.wordings.values():
        section = core.termSec(core.term(wording.text))
        if wording.source:
            etree.SubElement(section, f"{{{BASIC}}}source").text = _cited(wording.source)
        if wording.remark:
            section.append(core.note(wording.remark))
        within = core.langSec(section)
        within.set(LANG, wording.language)
        entry.append(within)
    return entry


def _cited(source: Source | None) -> str:
    return f"{source.title}, {source.address}" if source else ""


FORMS: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "tbx": ("application/x-tbx+xml", as_tbx),
}
