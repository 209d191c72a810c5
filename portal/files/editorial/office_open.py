"""DOCX, XLSX and PPTX: parts that refer to each other by relationships."""

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from portal.files.editorial import package
from portal.files.editorial.package import SOME_DAY, SOMEBODY, local, named, words
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument."
KINDS = {
    f"{MAIN}wordprocessingml.document.main+xml": "docx",
    f"{MAIN}spreadsheetml.sheet.main+xml": "xlsx",
    f"{MAIN}presentationml.presentation.main+xml": "pptx",
}
# By the last word of a relationship's type: what makes a file unwelcome, and why …
REFUSED = {
    **dict.fromkeys(("vbaProject", "xlMacrosheet", "xlIntlMacrosheet"), "macros"),
    **dict.fromkeys(("oleObject", "aFChunk", "subDocument"), "embedded"),
    **dict.fromkeys(("video", "audio", "media"), "media"),
    **dict.fromkeys(("origin", "signature"), "signed"),
}
# … what goes with the part behind it …
GONE = {
    **dict.fromkeys(("extended-properties", "custom-properties", "docMetadata"), "properties"),
    **dict.fromkeys(("classificationlabels", "customXml", "customXmlProps"), "properties"),
    **dict.fromkeys(("webextension", "webextensiontaskpanes"), "properties"),
    **dict.fromkeys(("people", "documenttasks", "usernames"), "authors"),
    **dict.fromkeys(("revisionHeaders", "revisionLog", "thumbnail"), "history"),
    **dict.fromkeys(("printerSettings", "attachedTemplate", "keyMapCustomizations"), "paths"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "paths"),
}
# … and what a document is made of. Anything else stays, and is reported.
KNOWN = (
    "officeDocument core-properties hyperlink image theme themeOverride chart chartEx chartStyle"
    " chartColorStyle chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors"
    " diagramDrawing drawing vmlDrawing package comments commentsExtended commentsIds"
    " commentsExtensible styles stylesWithEffects settings webSettings fontTable font numbering"
    " header footer footnotes endnotes worksheet chartsheet sharedStrings calcChain"
    " sheetMetadata table queryTable pivotTable slicer slicerCache timeline timelineCache"
    " threadedComment person control activeXControlBinary ctrlProp slide slideLayout slideMaster"
    " notesSlide notesMaster handoutMaster presProps viewProps tableStyles commentAuthors authors"
    " rdRichValue rdRichValueStructure rdRichValueTypes richValueRel"
)
# Data that pages do not show: of pivot tables, of other workbooks, of building blocks.
BEHIND = ("pivotCacheDefinition", "pivotCacheRecords", "externalLink", "glossaryDocument")
# Links to other workbooks, which wait for the reader's consent.
WAITING = ("externalLinkPath", "externalLinkLongPath", "xlPathMissing")
# The boxes to tick and fill in of Microsoft Forms; any other control is a program.
FORM_CONTROL = re.compile(rb'classid="\{8BD21D[1-6]0-EC42-11CE-9E0D-00AA006002F3\}"', re.IGNORECASE)
VML_TITLE = re.compile(rb'\bo:title="[^"]*"')
REMOVED_ELEMENTS = {
    **dict.fromkeys(("rsids", "docVars", "docId"), "history"),
    **dict.fromkeys(("attachedTemplate", "mailMerge", "absPath", "saveThroughXslt"), "paths"),
    **dict.fromkeys(("fileSharing", "customWorkbookViews"), "authors"),
}
# Attributes that name people, by element; "author" and "initials" do so everywhere.
NAMING = {
    "person": ("displayName", "userId", "providerId"),
    "cmAuthor": ("name",),
    "author": ("name", "userId", "providerId"),
    "scenario": ("user", "comment"),
    "pivotCacheDefinition": ("refreshedBy",),
}
MOMENTS = ("date", "dateUtc", "dT", "dt", "created", "modified")
CHANGES = {"ins": "+ ", "del": "− ", "moveFrom": "− ", "moveTo": "+ "}
SAID = ("t", "text", "delText")
NAMING_FIELD = re.compile(r"\b(AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|FILENAME|TEMPLATE)\b")
FETCHING = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO|DATABASE|WEBSERVICE)\b|\bIMAGE\("
)


def kind_of(files: dict[str, bytes]) -> str | None:
    """Return the key of the kind, by the content types that it declares. Raises Refused."""
    if TYPES not in files:
        return None
    declared = {entry.get("ContentType", "") for entry in package.parse(files[TYPES])}
    if any("macroEnabled" in each for each in declared):
        raise Refused("macros")
    return next((kind for content_type, kind in KINDS.items() if content_type in declared), None)


def prepare(files: dict[str, bytes], report: Report, limits: Limits) -> bytes:
    """Return the package without what names people, packed. Raises Refused."""
    kept = Package(files, report, limits).walk()
    types = package.parse(files[TYPES])
    for entry in list(types):
        if (name := entry.get("PartName", "").lstrip("/")) and name not in kept:
            types.remove(entry)
    return package.pack({TYPES: package.write(types), **kept})


@dataclass
class Package:
    """A package while it is walked from its root, relationship by relationship."""

    files: dict[str, bytes]
    report: Report
    limits: Limits
    kept: dict[str, bytes] = field(default_factory=dict)
    telling: dict[str, str] = field(default_factory=dict)

    def walk(self) -> dict[str, bytes]:
        """Keep the parts that the package leads to, and nothing else. Raises Refused."""
        waiting = [""]  # the package itself
        while waiting:
            part = waiting.pop()
            folder, base = posixpath.split(part)
            rels = posixpath.join(folder, "_rels", f"{base}.rels")
            gone: set[str] = set()
            if rels in self.files:
                root = package.parse(self.files[rels])
                for relationship in list(root):
                    target = self.judge(relationship, folder)
                    if target is None:
                        gone.add(relationship.get("Id", ""))
                        root.remove(relationship)
                    elif target in self.files and target not in self.kept:
                        waiting.append(target)
                self.kept[rels] = package.write(root)
            if part:
                self.kept[part] = self.clean(part, gone)
            if part in self.telling:
                self.report.tell(self.telling[part], texts(part, self.kept[part]))
        return self.kept

    def judge(self, relationship: etree._Element, folder: str) -> str | None:
        """Return the part kept behind a relationship, "" for one outside, None if it goes."""
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = relationship.get("Target", "")
        if kind in GONE:
            self.report.removed.add(GONE[kind])
            return None
        if relationship.get("TargetMode") == "External":
            if kind != "hyperlink" and kind not in WAITING:
                raise Refused("fetching", target=target[:100])
            self.report.tell("links" if kind == "hyperlink" else "elsewhere", target)
            return ""
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if kind in REFUSED:
            raise Refused(REFUSED[kind])
        if kind == "control" and not FORM_CONTROL.search(self.files.get(part, b"")):
            raise Refused("macros")
        if kind not in KNOWN.split():
            self.telling[part] = "hidden" if kind in BEHIND else "unknown"
        return part

    def clean(self, part: str, gone: set[str]) -> bytes:
        """Return a part without what names people; `gone` are the ids of its parts that go."""
        data = self.files[part]
        extension = part.rpartition(".")[2].lower()
        if extension in KINDS.values():  # the workbook behind a chart
            inner = package.unpack(data, self.limits)
            if kind_of(inner) != extension:
                raise Refused("embedded")
            self.report.tell("hidden", posixpath.basename(part))
            return prepare(inner, self.report, self.limits)
        if extension == "vml":  # shapes; Excel's is often not well-formed
            return VML_TITLE.sub(b"", data)
        if extension != "xml":
            return package.picture(part, data, self.report, self.limits)
        root = package.parse(data)
        if "core-properties" in root.tag:
            package.keep_title(root, self.report)
        else:
            look_around(root, part, self.report)
            forget(root, gone, self.report)
        return package.write(root)


def texts(part: str, data: bytes) -> str:
    """Return a part's name, and all texts in it where it is XML."""
    found = [posixpath.basename(part)]
    if part.endswith(".xml"):
        for _, each in package.elements(package.parse(data)):
            found += [each.text or "", *each.attrib.values()]
    return " ".join(found)


def forget(root: etree._Element, gone: set[str], report: Report) -> None:
    """Take out names, moments, numbers of sessions, and references to what is gone."""
    for name, element in package.elements(root):
        if name in REMOVED_ELEMENTS:
            report.removed.add(REMOVED_ELEMENTS[name])
            package.remove(element)
            continue
        for attribute, value in list(element.attrib.items()):
            key = local(attribute)
            if key in ("author", "initials", *NAMING.get(name, ())) and value != SOMEBODY:
                element.set(attribute, SOMEBODY)
                report.removed.add("authors")
            elif key in MOMENTS and value[4:5] == "-" and value != SOME_DAY:
                element.set(attribute, SOME_DAY)
                report.removed.add("authors")
            elif key == "name" and name in ("cNvPr", "docPr") and package.FILE_NAME.search(value):
                element.set(attribute, "Picture")
                report.removed.add("paths")
            elif key.startswith("rsid") or (key == "title" and name == "imagedata"):
                del element.attrib[attribute]
                report.removed.add("history")
            elif value in gone and key == "id" and "relationships" in str(attribute):
                del element.attrib[attribute]
                if name != "pageSetup":
                    package.remove(element)
        if name == "author" and element.text and element.text != SOMEBODY:
            element.text = SOMEBODY
            report.removed.add("authors")


def look_around(root: etree._Element, part: str, report: Report) -> None:
    """Report what a reader can find in a part beside its pages."""
    base = posixpath.basename(part)
    if "/notesSlides/" in part:
        report.tell("notes", said(root))
    if local(root.tag) == "sld" and root.get("show") in ("0", "false"):
        report.tell("hidden", base)
    for name, element in package.elements(root):
        hidden = element.get("hidden") in ("1", "true")
        if name in ("comment", "threadedComment", "cm"):
            report.tell("comments", said(element))
        elif name in CHANGES and said(element) and named(element, "author"):
            report.tell("changes", CHANGES[name] + said(element))
        elif name == "vanish" and named(element, "val") not in ("0", "false", "off"):
            report.tell("hidden", said(element.getparent().getparent()))
        elif name == "sheet" and element.get("state", "visible") != "visible":
            report.tell("hidden", element.get("name", ""))
        elif name in ("row", "col", "definedName") and hidden:
            report.tell("hidden", f"{element.get('name', base)}: {words(element) or name}")
        elif name in ("instrText", "f", "fldSimple"):
            formula = named(element, "instr") or words(element)
            report.tell("fields", formula if NAMING_FIELD.search(formula) else "")
            report.tell("elsewhere", formula if FETCHING.search(formula) else "")
        elif name in ("docPr", "cNvPr"):
            report.tell("descriptions", element.get("descr", ""))


def said(element: etree._Element) -> str:
    """Return the words of an element that are shown, without numbers and places of shapes."""
    return "".join(each.text or "" for name, each in package.elements(element) if name in SAID)
