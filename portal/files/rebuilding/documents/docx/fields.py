"""Fields of Word: a code that nobody sees, and what it showed when the document was saved."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from portal.files.rebuilding.documents.docx.package import NS, is_on, value
from portal.files.rebuilding.result import Refused

# What a page says of itself; on the paper that is made here it would be untrue.
OF_PAGES = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
# What only Word can work out, where the document does not hold it.
UNKNOWN = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "EQ", "SYMBOL"}
HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]\S*))', re.IGNORECASE)
BUTTON = re.compile(r"\s*(?:MACRO|GOTO)BUTTON\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)


@dataclass
class Field:
    """A field that has begun at a mark; `start` is where in the text it began to show."""

    begin: Element
    code: str = ""
    is_shown: bool = False
    start: int = 0

    @property
    def address(self) -> str:
        """Return where it leads, "" for what is no link."""
        match = HYPERLINK.match(self.code)
        return (match[1] or match[2] or "") if match else ""

    def result(self) -> str:
        """Return what Word shows for an empty field. Raises Refused where only Word knows."""
        kind = kind_of(self.code)
        if kind == "FORMCHECKBOX":
            box = "w:ffData/w:checkBox/w:"
            states = [self.begin.find(f"{box}{name}", NS) for name in ("checked", "default")]
            return "☒" if is_on(next((each for each in states if each is not None), None)) else "☐"
        if kind == "FORMDROPDOWN":
            rows = self.begin.findall("w:ffData/w:ddList/w:listEntry", NS)
            chosen = value(self.begin.find("w:ffData/w:ddList/w:result", NS)) or "0"
            return value(rows[int(chosen)]) if chosen.isdigit() and int(chosen) < len(rows) else ""
        if kind in UNKNOWN:
            raise Refused("not-rebuilt", found="field")
        match = BUTTON.match(self.code)
        return match[1].strip() if match else ""


def kind_of(code: str) -> str:
    return (code.split() or [""])[0].upper()
