"""ODT and ODS: parts that a manifest lists, properties in a part of their own."""

from lxml import etree

from portal.files.editorial import package
from portal.files.editorial.package import SOME_DAY, SOMEBODY, local, named, words
from portal.files.editorial.result import Refused, Report
from portal.files.limits import Limits

KINDS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
MANIFEST = "META-INF/manifest.xml"
PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.xml")
REFUSED = {
    **dict.fromkeys(("Basic/", "Scripts/", "Dialogs/"), "macros"),
    **dict.fromkeys(("META-INF/documentsignatures", "META-INF/macrosignatures"), "signed"),
    "Versions/": "versions",
}
GONE = ("Thumbnails/", "Configurations2/", "manifest.rdf", "layout-cache", "VersionList.xml")
PICTURES = ("Pictures/", "media/", "ObjectReplacements/", "Fonts/")
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text"
AUTHORS = ("creator", "creator-initials", "sender-initials", "initial-creator", "printed-by")
# Fields whose shown text names somebody or a place on a disk: it is part of the page, so it stays.
FIELDS = (
    *("author-name", "author-initials", "file-name", "template-name", "sender-firstname"),
    *("sender-lastname", "sender-email", "sender-company", "user-field-get"),
)
# Settings of these types hold names of printers, data sources and keys.
TELLING_SETTINGS = ("string", "base64Binary", "datetime")
CHANGES = {"deletion": "−", "insertion": "+", "format-change": "±"}
HIDDEN = {"none", "false", "collapse"}
FETCHED = ("image", "object", "object-ole", "plugin", "floating-frame", "section-source")


def kind_of(files: dict[str, bytes]) -> str | None:
    return KINDS.get(files.get("mimetype", b"").strip())


def prepare(files: dict[str, bytes], report: Report, limits: Limits) -> bytes:
    """Return the package without what names people, packed. Raises Refused."""
    manifest = package.parse(files.get(MANIFEST, b""))
    if manifest.find(".//{*}encryption-data") is not None:
        raise Refused("password")
    kept = {"mimetype": files["mimetype"]}
    for name, data in files.items():
        for start, code in REFUSED.items():
            if name.startswith(start):
                raise Refused(code)
        if is_gone(name):
            report.removed.add("history")
        elif name != "mimetype":
            kept[name] = clean(name, data, report, limits)
    for entry in list(manifest):
        if is_gone(named(entry, "full-path")):
            manifest.remove(entry)
    return package.pack({**kept, MANIFEST: package.write(manifest)})


def is_gone(name: str) -> bool:
    return name.startswith(GONE) or "/Configurations2/" in name  # of an object inside


def clean(name: str, data: bytes, report: Report, limits: Limits) -> bytes:
    base = name.rpartition("/")[2]
    if base not in PARTS:
        if not name.startswith(PICTURES):
            report.tell("unknown", name)
        return package.picture(name, data, report, limits)
    root = package.parse(data)
    if base == "meta.xml":
        for properties in root:
            package.keep_title(properties, report)
    elif base == "settings.xml":
        for kind, item in package.elements(root):
            if kind == "config-item" and named(item, "type") in TELLING_SETTINGS and item.text:
                package.remove(item)
                report.removed.add("paths")
    elif base != "manifest.xml":
        forget(root, report)
        look_around(root, report)
    return package.write(root)


def forget(root: etree._Element, report: Report) -> None:
    """Take out names and moments of remarks and changes, numbers of sessions, and scripts."""
    for name, element in package.elements(root):
        if name in AUTHORS and TEXT not in element.tag and element.text not in (None, SOMEBODY):
            element.text = SOMEBODY
            report.removed.add("authors")
        elif name == "date" and "purl.org/dc" in element.tag and element.text != SOME_DAY:
            element.text = SOME_DAY
            report.removed.add("authors")
        elif name in ("event-listeners", "scripts") and len(element):
            package.remove(element)
            report.removed.add("scripts")
        for attribute, value in list(element.attrib.items()):
            key = local(attribute)
            if key in ("rsid", "paragraph-rsid"):
                del element.attrib[attribute]
                report.removed.add("history")
            elif (name, key) == ("scenario", "comment") or (
                (name, key) == ("frame", "name") and package.FILE_NAME.search(value)
            ):
                del element.attrib[attribute]
                report.removed.add("paths")


def look_around(root: etree._Element, report: Report) -> None:
    """Report what a reader can find beside the pages. Raises Refused for what is fetched."""
    hidden = {
        named(style, "name")
        for name, style in package.elements(root)
        if name == "style" and any(named(each, "display") in HIDDEN for each in style)
    }
    for name, element in package.elements(root):
        marks = {named(element, "display"), named(element, "visibility")}
        if name == "annotation":
            report.tell("comments", said(element))
        elif name in CHANGES:
            report.tell("changes", f"{CHANGES[name]} {said(element) or '…'}")
        elif name != "style" and named(element, "style-name") in hidden:
            report.tell("hidden", named(element, "name") if name == "table" else words(element))
        elif name.startswith("hidden-") or (HIDDEN & marks and not name.endswith("-properties")):
            report.tell("hidden", named(element, "string-value") or words(element) or name)
        elif name in FIELDS or (name in AUTHORS and TEXT in element.tag):
            report.tell("fields", words(element))
        elif name in ("desc", "title") and "svg" in element.tag:
            report.tell("descriptions", words(element))
        look_at_link(name, named(element, "href"), report)
        formula = named(element, "formula")
        report.tell("elsewhere", formula if "WEBSERVICE(" in formula or "DDE(" in formula else "")


def look_at_link(name: str, href: str, report: Report) -> None:
    if name == "a":
        report.tell("links", "" if href.startswith("#") else href)
    elif ":" in href or href.startswith(("/", "../")):
        if name in FETCHED:
            raise Refused("fetching", target=href[:100])
        report.tell("elsewhere", href)


def said(element: etree._Element) -> str:
    """Return the words of a remark or a change, without who and when."""
    return " ".join(words(e) for e in element if local(e.tag) in ("p", "h", "list", "table"))
