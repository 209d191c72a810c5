"""What goes out of the XML of DOCX and XLSX: names of people, machines, sessions and times."""

import re

from portal.files.cleaning.markup import Attributes, Editor, Name
from portal.files.cleaning.refusal import Refused

WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
SHEET = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
REFERENCES = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
)
WORD_LATER = "http://schemas.microsoft.com/office/word/"
SHEET_LATER = "http://schemas.microsoft.com/office/spreadsheetml/"
OFFICE = "urn:schemas-microsoft-com:office:office"
NOBODY = "Author"

# Elements that go whole, and what that is called; by local name, as each version of the programs
# has its own namespaces. Each is optional in its schema.
OUT = {
    # Word
    "rsids": "history",
    "attachedTemplate": "template",
    "docVars": "custom",
    "mailMerge": "paths",
    "saveThroughXslt": "paths",
    "docId": "identifiers",
    # Excel
    "fileSharing": "authors",
    "absPath": "paths",
    "customWorkbookViews": "authors",
    "customSheetViews": "authors",
    "revisionPtr": "history",
}
# Attributes of a workbook's parts that go or are emptied.
SHEET_ATTRIBUTES_OUT = {"refreshedBy": "authors", "refreshedDate": "authors"}
SHEET_ATTRIBUTES_OUT |= {"rupBuild": "identifiers", "lowestEdited": "identifiers"}
SHEET_ATTRIBUTES_OUT |= {"securityDescriptor": "authors"}
CONNECTION_EMPTIED = frozenset({"connection", "sourceFile", "odcFile", "url", "description"})
WORD_IDENTIFIERS = frozenset({"paraId", "textId", "dateUtc"})
DRAWING_NAMES = frozenset({"docPr", "cNvPr"})
# Cells and nothing else: what is in them is content.
TABLES = frozenset({"sheetData", "sst", "pivotCacheRecords"})
FILE_NAME = re.compile(
    r"[a-z]:\\|\\\\|/(?:home|Users)/|file:|\.(?:jpe?g|png|gif|tiff?|bmp|heic|svg|docx?|xlsx?)\s*$",
    re.IGNORECASE,
)
COMMAND = re.compile(r"\bDDE(?:AUTO)?\b")


class OfficeEditor(Editor):
    """`gone` are the ids of relationships that were taken out of this part."""

    def __init__(self, gone: set[str], removed: set[str]) -> None:
        self.gone = gone
        self.removed = removed
        self.within: list[str] = []  # names of open elements whose text matters
        self.command = ""
        self.authors: set[str] = set()

    def start(self, name: Name, attributes: Attributes) -> bool:
        namespace, local = name
        if not self.keeps(namespace, local):
            return False
        if self.gone and not self.keeps_references(local, attributes):
            return False
        if namespace in WORD or namespace.startswith(WORD_LATER):
            self.clean_word(attributes)
            if local == "fldSimple":
                self.refuse_command(
                    next((v for (_, k), v in attributes.items() if k == "instr"), "")
                )
        elif namespace in SHEET or namespace.startswith(SHEET_LATER):
            self.clean_sheet(local, attributes)
        if local in DRAWING_NAMES:
            self.forget_file_names(attributes)
        self.clean_later(attributes)
        if local in ("instrText", "author", "t"):
            self.within.append(local)
        return True

    def copies(self, name: Name) -> bool:
        return name[0] in SHEET and name[1] in TABLES

    def end(self, name: Name) -> None:
        if self.within and self.within[-1] == name[1]:
            self.within.pop()

    def keeps(self, namespace: str, local: str) -> bool:
        """Whether an element stays at all. Raises Refused for one that acts."""
        word = namespace in WORD or namespace.startswith(WORD_LATER)
        sheet = namespace in SHEET or namespace.startswith(SHEET_LATER)
        if (word and local == "altChunk") or (local == "oleObject" and sheet):
            raise Refused("embedded")
        if sheet and local in ("ddeLink", "oleLink"):
            raise Refused("active")
        code = OUT.get(local)
        if code is None:
            return True
        self.removed.add(code)
        return False

    def keeps_references(self, local: str, attributes: Attributes) -> bool:
        """An element goes with what it refers to; a page's setup stays without its printer."""
        for key in [key for key in attributes if key[0] in REFERENCES]:
            if attributes[key] in self.gone:
                if local != "pageSetup":
                    return False
                del attributes[key]
        return True

    def clean_word(self, attributes: Attributes) -> None:
        for key in list(attributes):
            namespace, local = key
            if namespace in WORD:
                if local.startswith("rsid"):
                    self.take(attributes, key, "history")
                elif local in ("date", "initials"):
                    self.take(attributes, key, "authors")
                elif local == "author" and attributes[key] != NOBODY:
                    attributes[key] = NOBODY
                    self.removed.add("authors")
            elif namespace.startswith(WORD_LATER) and local in WORD_IDENTIFIERS:
                self.take(attributes, key, "history")

    def clean_sheet(self, local: str, attributes: Attributes) -> None:
        connection = local in ("connection", "dbPr", "webPr", "textPr", "olapPr")
        for key in list(attributes):
            word = key[1]
            if word in SHEET_ATTRIBUTES_OUT:
                self.take(attributes, key, SHEET_ATTRIBUTES_OUT[word])
            elif connection and word in CONNECTION_EMPTIED and attributes[key]:
                attributes[key] = ""
                self.removed.add("paths")
            elif local == "scenario" and word == "user":
                attributes[key] = NOBODY
                self.removed.add("authors")

    def clean_later(self, attributes: Attributes) -> None:
        """What later versions of the programs add to any element."""
        for key in list(attributes):
            namespace, local = key
            if namespace.startswith(SHEET_LATER) and local == "uid":
                self.take(attributes, key, "history")
            elif namespace == OFFICE and local in ("title", "gfxdata", "href"):
                self.take(attributes, key, "paths" if local != "gfxdata" else "custom")

    def forget_file_names(self, attributes: Attributes) -> None:
        """A picture's name, and a description that is only the name of the file it came from."""
        for key in list(attributes):
            if key[1] in ("name", "descr", "title") and FILE_NAME.search(attributes[key]):
                attributes[key] = "Picture" if key[1] == "name" else ""
                self.removed.add("paths")

    def take(self, attributes: Attributes, key: Name, code: str) -> None:
        del attributes[key]
        self.removed.add(code)

    def text(self, words: str) -> str:
        if not self.within:
            return words
        if self.within[-1] == "instrText":
            self.command += words
            self.refuse_command(self.command)
        elif self.within[-1] == "author":
            self.authors.add(words.strip())
            if words != NOBODY:
                self.removed.add("authors")
            return NOBODY
        elif words.strip().removesuffix(":") in self.authors:
            # Excel begins every remark with its author's name.
            return f"{NOBODY}:"
        return words

    def refuse_command(self, command: str) -> None:
        if COMMAND.search(command):
            raise Refused("active")
