"""
XML that strangers wrote, read by expat and written anew.

A document type declaration is refused, and without one there are no entities: neither those that
grow without end nor those that read other files. (defusedxml does the same for trees; a tree of
forty megabytes of XML takes many times that, and writing it out renames the prefixes that Word's
`mc:Ignorable` refers to, so this is a stream of events.)
"""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

SEPARATOR = "\x1f"  # can stand in no name and no address of XML
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FLUSHED_AT = 20_000  # pieces of text, before they become bytes

Name = tuple[str, str]  # namespace, local name
Attributes = dict[Name, str]


class Editor:
    """What a rewriting does; this one changes nothing."""

    def start(self, name: Name, attributes: Attributes) -> bool:
        """Change an element's attributes in place; False leaves it out with all that is in it."""
        return True

    def text(self, words: str) -> str:
        """The text to write in place of `words`."""
        return words

    def end(self, name: Name) -> None:
        """An element that was begun ends."""

    def copies(self, name: Name) -> bool:
        """Whether what is inside an element of this name is copied as it is, unseen."""
        return False


class Rewriter:
    """
    Writes the XML that it reads, as an Editor wants it; comments and instructions are left out.

    Inside an element that the editor `copies`, expat hands over the text of each tag instead of
    its names, from the second child on: a table of half a million cells costs a third of the time.
    """

    def __init__(self, editor: Editor, limits: Limits) -> None:
        self.editor = editor
        self.limits = limits
        self.parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self.out: list[str] = [DECLARATION]
        self.done = bytearray()
        self.depth = 0
        self.elements = 0
        self.left_out_at = 0  # the depth of the element that is being left out, 0 for none
        self.declared: list[tuple[str | None, str]] = []
        self.names: dict[str, tuple[Name, str]] = {}
        self.open = False  # the last start tag still lacks its ">"
        self.copying_at = 0  # the depth of an element that is to be copied, 0 for none
        self.copied_depth = 0

    def run(self, data: bytes) -> bytes:
        """The XML anew, in UTF-8. Raises Refused."""
        parser = self.parser
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartNamespaceDeclHandler = self.declare
        self.watch()
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise Refused("damaged") from None
        return bytes(self.done) + "".join(self.out).encode()

    def watch(self) -> None:
        """Be told of elements and text."""
        self.declared = []
        self.parser.DefaultHandler = None
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def copy(self) -> None:
        """Be handed what is written instead."""
        self.copied_depth = 0
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = self.copied_text
        self.parser.DefaultHandler = self.copied

    def copied(self, piece: str) -> None:
        """A tag or remark inside an element that is copied, or that element's end."""
        if piece.startswith(("<!", "<?", "]]>")):
            return
        if piece.startswith("</"):
            self.copied_depth -= 1
            if self.copied_depth < 0:
                self.depth -= 1
                self.copying_at = 0
                self.watch()
        elif piece.startswith("<"):
            self.elements += 1
            if not piece.endswith("/>"):
                self.copied_depth += 1
            if self.copied_depth + self.depth > self.limits.xml_depth:
                raise Refused("xml-depth")
            if self.elements > self.limits.xml_elements:
                raise Refused("xml-size")
        self.write(piece)

    def copied_text(self, words: str) -> None:
        self.write(escaped(words))

    def write(self, piece: str) -> None:
        self.out.append(piece)
        if len(self.out) > FLUSHED_AT:
            self.done += "".join(self.out).encode()
            self.out.clear()

    def refuse(self, *declaration: Any) -> None:
        raise Refused("xml-declarations")

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        self.declared.append((prefix, namespace or ""))

    def split(self, written: str) -> tuple[Name, str]:
        """A name as expat gives it → (namespace, local name), and as it is to be written."""
        known = self.names.get(written)
        if known is None:
            parts = written.split(SEPARATOR)
            if len(parts) == 1:
                known = ("", parts[0]), parts[0]
            elif len(parts) == 2:
                known = (parts[0], parts[1]), parts[1]
            else:
                known = (parts[0], parts[1]), f"{parts[2]}:{parts[1]}"
            self.names[written] = known
        return known

    def start(self, written: str, ordered: list[str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.xml_depth:
            raise Refused("xml-depth")
        if self.elements > self.limits.xml_elements:
            raise Refused("xml-size")
        declared, self.declared = self.declared, []
        if self.left_out_at:
            return
        name, tag = self.split(written)
        attributes = {self.split(key)[0]: value for key, value in pairwise(ordered)}
        tags = {self.split(key)[0]: self.split(key)[1] for key in ordered[::2]}
        if not self.editor.start(name, attributes):
            self.left_out_at = self.depth
            return
        parts = [">" if self.open else "", "<", tag]
        for prefix, namespace in declared:
            parts.append(f' xmlns{":" + prefix if prefix else ""}="{quoted(namespace)}"')
        for key, value in attributes.items():
            parts.append(f' {tags[key]}="{quoted(value)}"')
        self.write("".join(parts))
        self.open = True
        if not self.copying_at and self.editor.copies(name):
            self.copying_at = self.depth

    def end(self, written: str) -> None:
        self.depth -= 1
        if self.left_out_at:
            if self.depth < self.left_out_at:
                self.left_out_at = 0
            return
        name, tag = self.split(written)
        self.editor.end(name)
        self.write("/>" if self.open else f"</{tag}>")
        self.open = False
        if self.copying_at:
            if self.depth < self.copying_at:
                self.copying_at = 0  # it had no children
            elif self.depth == self.copying_at:
                self.copy()

    def text(self, words: str) -> None:
        if self.left_out_at:
            return
        words = self.editor.text(words)
        if self.open:
            self.out.append(">")
            self.open = False
        self.write(escaped(words))


def pairwise(ordered: list[str]) -> Iterator[tuple[str, str]]:
    return zip(ordered[::2], ordered[1::2], strict=True)


def escaped(words: str) -> str:
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words.replace("\r", "&#13;")


def quoted(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    if "\n" in value or "\t" in value or "\r" in value:
        value = value.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
    return value


def rewrite(data: bytes, editor: Editor, limits: Limits) -> bytes:
    """The XML as the editor wants it. Raises Refused."""
    return Rewriter(editor, limits).run(data)
