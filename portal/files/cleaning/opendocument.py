"""ODT: the document's text, styles and pictures, without what tells of people and machines."""

import re

from portal.files.cleaning.archives import open_archive, pack
from portal.files.cleaning.markup import DECLARATION, Attributes, Editor, Name, quoted, rewrite
from portal.files.cleaning.pictures import clean_picture, refuse_embedded
from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

MANIFEST = "META-INF/manifest.xml"
MIMETYPE = "application/vnd.oasis.opendocument.text"
BASE = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST_NS = f"{BASE}manifest:1.0"
OFFICE, TEXT, SCRIPT, TABLE = (
    f"{BASE}{name}:1.0" for name in ("office", "text", "script", "table")
)
META, DRAW, CONFIG = (f"{BASE}{name}:1.0" for name in ("meta", "drawing", "config"))
DC = "http://purl.org/dc/elements/1.1/"
XLINK = "http://www.w3.org/1999/xlink"
LIBREOFFICE = ("http://openoffice.org/", "urn:org:documentfoundation:")

# Parts that a document is, and a place in it may hold once more (charts, formulas).
PARTS = frozenset({"content.xml", "styles.xml", "settings.xml"})
# Parts that go, and what that is called: by whole name, or the folder they are in.
TAKEN_OUT = {
    "meta.xml": "properties",
    "manifest.rdf": "properties",
    "layout-cache": "history",
    "VersionList.xml": "history",
    "META-INF/documentsignatures.xml": "signatures",
    "META-INF/macrosignatures.xml": "signatures",
}
FOLDERS_OUT = {
    "Thumbnails": "thumbnail",
    "Configurations2": "custom",
    "Versions": "history",
    "ObjectReplacements": "variants",
}
MACRO_FOLDERS = ("Basic/", "Scripts/", "Dialogs/")
CONFIG_OUT = re.compile(
    r"printer|rsid|path|url|author|user|database|currentdatabase", re.IGNORECASE
)
# Who changed and remarked, and when: an element's text is replaced where the schema wants it there.
PEOPLE = {(DC, "creator"): "Author", (DC, "date"): "2000-01-01T00:00:00"}
PEOPLE_OUT = frozenset({"creator-initials", "date-string", "sender-initials"})
SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def clean(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """The document anew, and the codes of what was removed. Raises Refused."""
    files = open_archive(data, limits)
    if MANIFEST not in files or "content.xml" not in files:
        raise Refused("damaged")
    if any(name.startswith(MACRO_FOLDERS) for name in files):
        raise Refused("macros")
    types = ManifestReader()
    rewrite(files[MANIFEST], types, limits)
    removed: set[str] = set()
    kept: dict[str, bytes] = {}
    for name, content in files.items():
        code = what_goes(name)
        if code is not None:
            removed.add(code)
        elif name not in ("mimetype", MANIFEST):
            kept[name] = clean_part(name, content, limits, removed)
    parts = {
        "mimetype": MIMETYPE.encode(),
        **kept,
        MANIFEST: manifest(kept, types),
    }
    return pack(parts, stored=("mimetype",)), removed


def what_goes(name: str) -> str | None:
    base = name.rpartition("/")[2]
    return (
        TAKEN_OUT.get(name) or FOLDERS_OUT.get(name.partition("/")[0]) or TAKEN_OUT.get(base)
        if base != "settings.xml" or "/" not in name
        else "custom"
    )


def clean_part(name: str, content: bytes, limits: Limits, removed: set[str]) -> bytes:
    base = name.rpartition("/")[2]
    if base in PARTS:
        return rewrite(content, DocumentEditor(removed), limits)
    refuse_embedded(content)
    if base.endswith(".xml"):
        return rewrite(content, DocumentEditor(removed), limits)
    return clean_picture(name, content, limits, removed)


class ManifestReader(Editor):
    """Reads which part is of which type. Raises Refused for an encrypted document."""

    def __init__(self) -> None:
        self.types: dict[str, str] = {}
        self.version = "1.3"

    def start(self, name: Name, attributes: Attributes) -> bool:
        if name == (MANIFEST_NS, "encryption-data"):
            raise Refused("encrypted")
        if name == (MANIFEST_NS, "file-entry"):
            path = attributes.get((MANIFEST_NS, "full-path"), "")
            self.types[path] = attributes.get((MANIFEST_NS, "media-type"), "")
        return True


def manifest(kept: dict[str, bytes], types: ManifestReader) -> bytes:
    """A manifest of what is kept."""
    folders = {name.rpartition("/")[0] + "/" for name in kept if "/" in name}
    listed = [*sorted(folder for folder in folders if types.types.get(folder)), *kept]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{quoted(name)}"'
        f' manifest:media-type="{quoted(types.types.get(name, ""))}"/>'
        for name in listed
    )
    return (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{MANIFEST_NS}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3"'
        f' manifest:media-type="{MIMETYPE}"/>{rows}</manifest:manifest>'
    ).encode()


class DocumentEditor(Editor):
    """What goes out of an ODT's XML."""

    def __init__(self, removed: set[str]) -> None:
        self.removed = removed
        self.replacing: list[tuple[Name, str]] = []

    def start(self, name: Name, attributes: Attributes) -> bool:
        namespace, local = name
        self.refuse_active(namespace, local)
        if local in PEOPLE_OUT:
            self.removed.add("authors")
            return False
        if name in PEOPLE:
            self.replacing.append((name, PEOPLE[name]))
        if name == (CONFIG, "config-item") and CONFIG_OUT.search(
            attributes.get((CONFIG, "name"), "")
        ):
            self.removed.add("printer")
            return False
        for key in list(attributes):
            if key[0].startswith(LIBREOFFICE) and "rsid" in key[1]:
                del attributes[key]
                self.removed.add("history")
        self.clean_link(name, attributes)
        return True

    def end(self, name: Name) -> None:
        if self.replacing and self.replacing[-1][0] == name:
            self.replacing.pop()

    def text(self, words: str) -> str:
        if not self.replacing:
            return words
        name, instead = self.replacing[-1]
        self.replacing[-1] = (name, "")
        if words != instead:
            self.removed.add("authors")
        return instead

    def refuse_active(self, namespace: str, local: str) -> None:
        if namespace == SCRIPT or (namespace == OFFICE and local == "script"):
            raise Refused("macros")
        if local in ("dde-source", "dde-connection-decl", "dde-connection-decls"):
            raise Refused("active")
        if namespace == DRAW and local in ("applet", "plugin", "floating-frame"):
            raise Refused("active")
        if namespace == DRAW and local == "object-ole":
            raise Refused("embedded")
        if namespace == OFFICE and local == "binary-data":
            raise Refused("embedded")

    def clean_link(self, name: Name, attributes: Attributes) -> None:
        """Links stay where they lead to the web; what a document would fetch by itself goes."""
        key = (XLINK, "href")
        target = attributes.get(key)
        if target is None:
            return
        if name in ((TEXT, "a"), (DRAW, "a")):
            if target and not SAFE_LINK.match(target.strip()):
                attributes[key] = ""
                self.removed.add("paths")
        elif ":" in target.split("/")[0] or target.startswith(("/", "../", "\\")):
            attributes[key] = ""
            self.removed.add("links")
