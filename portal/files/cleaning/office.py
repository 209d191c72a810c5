"""
DOCX and XLSX: a package of parts that refer to each other, rebuilt from what the document needs.

The walk begins at the package's own relationships. What nothing refers to is not copied; what tells
of people, machines and earlier versions is taken out with every reference to it.
"""

import posixpath
from dataclasses import dataclass, field, replace

from portal.files.cleaning.archives import open_archive, pack
from portal.files.cleaning.markup import Attributes, Editor, Name, quoted, rewrite
from portal.files.cleaning.office_rules import (
    CONTENT_TYPES,
    DECLARATION,
    KEPT,
    REFUSED,
    RELATIONSHIPS,
    TAKEN_OUT,
    UNKNOWN,
    XML_SUFFIXES,
    is_safe_link,
)
from portal.files.cleaning.office_xml import OfficeEditor
from portal.files.cleaning.pictures import clean_picture, refuse_embedded
from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

NOWHERE = "removed"  # where a link leads that led to a file
TYPES_PART = "[Content_Types].xml"


@dataclass(frozen=True)
class Relationship:
    """One reference of a part to another part, or to something outside (`external`)."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type: the same in both dialects of the format."""
        return self.type.rstrip("/").rpartition("/")[2]


@dataclass
class RelationshipReader(Editor):
    found: list[Relationship] = field(default_factory=list)

    def start(self, name: Name, attributes: Attributes) -> bool:
        if name == (RELATIONSHIPS, "Relationship"):
            get = {local: value for (_, local), value in attributes.items()}.get
            external = (get("TargetMode") or "").lower() == "external"
            self.found.append(
                Relationship(get("Id", ""), get("Type", ""), get("Target", ""), external)
            )
        return True


@dataclass
class TypesReader(Editor):
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)

    def start(self, name: Name, attributes: Attributes) -> bool:
        get = {local: value for (_, local), value in attributes.items()}.get
        if name == (CONTENT_TYPES, "Default"):
            self.defaults[(get("Extension") or "").lower()] = get("ContentType", "")
        elif name == (CONTENT_TYPES, "Override"):
            self.overrides[(get("PartName") or "").lstrip("/").lower()] = get("ContentType", "")
        return True


def clean(data: bytes, limits: Limits) -> tuple[bytes, set[str]]:
    """The document anew, and the codes of what was removed. Raises Refused."""
    return Package(open_archive(data, limits), limits).rebuilt()


class Package:
    def __init__(self, files: dict[str, bytes], limits: Limits) -> None:
        self.files = files
        self.limits = limits
        self.removed: set[str] = set()
        self.kept: dict[str, bytes] = {}
        # Part names mean the same in either case; programs differ in what they write.
        self.names = {name.lower(): name for name in files}
        types = TypesReader()
        if TYPES_PART not in files:
            raise Refused("damaged")
        rewrite(files[TYPES_PART], types, limits)
        self.types = types

    def rebuilt(self) -> tuple[bytes, set[str]]:
        every_type = {*self.types.defaults.values(), *self.types.overrides.values()}
        if any("macro" in kind.lower() or "vba" in kind.lower() for kind in every_type) or any(
            "vbaproject" in name or "macrosheets/" in name for name in self.names
        ):
            raise Refused("macros")
        self.walk()
        if len(self.files) > len(self.kept) + 1:
            self.name_unreached()
        parts = {TYPES_PART: self.content_types(), **self.kept}
        return pack(parts), self.removed

    def walk(self) -> None:
        """Copy the parts that the package's relationships lead to, each once."""
        waiting = [""]
        reached = {""}
        while waiting:
            source = waiting.pop()
            relationships, gone = self.relationships_of(source)
            if source:
                self.kept[source] = self.cleaned_part(source, gone)
            if relationships:
                self.kept[rels_name(source)] = write_relationships(relationships)
            for relationship in relationships:
                if relationship.external:
                    continue
                name = self.part_named(source, relationship.target)
                if name is not None and name not in reached:
                    reached.add(name)
                    waiting.append(name)
        if not any(name.endswith((".xml",)) and "/" in name for name in self.kept):
            raise Refused("damaged")

    def relationships_of(self, source: str) -> tuple[list[Relationship], set[str]]:
        """What a part refers to and keeps, and the ids of what it refers to no longer."""
        rels = self.names.get(rels_name(source).lower())
        if rels is None:
            return [], set()
        reader = RelationshipReader()
        rewrite(self.files[rels], reader, self.limits)
        kept, gone = [], set()
        for relationship in reader.found:
            decided = self.decide(source, relationship)
            if decided is None:
                gone.add(relationship.id)
            else:
                kept.append(decided)
        return kept, gone

    def decide(self, source: str, relationship: Relationship) -> Relationship | None:
        """The relationship as it is kept, or None for one that goes. Raises Refused."""
        kind = relationship.kind
        if kind == "package" and "/charts/" in source:
            self.removed.add("chart-data")
            return None
        if kind in REFUSED:
            raise Refused(REFUSED[kind])
        kept = kind in KEPT if source else kind == "officeDocument"
        if kind in TAKEN_OUT or not kept:
            self.removed.add(TAKEN_OUT.get(kind, UNKNOWN))
            return None
        if kind == "image" and relationship.target.lower().endswith(".svg"):
            # Word shows the PNG beside it. An SVG names the file and the program it comes from.
            self.removed.add("variants")
            return None
        if relationship.external:
            if kind == "hyperlink" and is_safe_link(relationship.target):
                return relationship
            if relationship.target != NOWHERE:
                self.removed.add("paths" if kind == "hyperlink" else "links")
            return replace(relationship, target=NOWHERE)
        if relationship.target.startswith("#") or kind == "hyperlink":
            return relationship
        return relationship if self.part_named(source, relationship.target) else None

    def part_named(self, source: str, target: str) -> str | None:
        """The name of the part that a relationship leads to; None where there is none."""
        base = posixpath.dirname(source)
        path = target if target.startswith("/") else posixpath.join("/", base, target)
        return self.names.get(posixpath.normpath(path).lstrip("/").lower())

    def cleaned_part(self, name: str, gone: set[str]) -> bytes:
        content = self.files[name]
        if name.lower().endswith(XML_SUFFIXES):
            editor = OfficeEditor(gone, self.removed)
            return rewrite(content, editor, self.limits)
        return clean_picture(name, content, self.limits, self.removed)

    def name_unreached(self) -> None:
        """Say what was left behind because nothing refers to it, unless it is dangerous."""
        kept = {name.lower() for name in self.kept}
        for name, content in self.files.items():
            lowered = name.lower()
            if lowered in kept or lowered.endswith(XML_SUFFIXES):
                continue
            if "/embeddings/" not in f"/{lowered}" or "chart-data" not in self.removed:
                refuse_embedded(content)

    def content_types(self) -> bytes:
        """The types of the parts that are kept, by name; those of others are not mentioned."""
        rows = [f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">']
        extensions = {name.rpartition(".")[2].lower() for name in self.kept}
        rows += [
            f'<Default Extension="{quoted(extension)}" ContentType="{quoted(kind)}"/>'
            for extension, kind in sorted(self.types.defaults.items())
            if extension in extensions
        ]
        rows += [
            f'<Override PartName="/{quoted(name)}" ContentType="{quoted(kind)}"/>'
            for name in self.kept
            if (kind := self.types.overrides.get(name.lower()))
        ]
        return "".join([*rows, "</Types>"]).encode()


def rels_name(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def write_relationships(relationships: list[Relationship]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{quoted(r.id)}" Type="{quoted(r.type)}" Target="{quoted(r.target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if r.external else ''}/>"
        for r in relationships
    )
    whole = f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'
    return whole.encode()
