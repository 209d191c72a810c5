"""
XML that strangers wrote, read by expat and written anew.

A document type declaration is refused, and without one there are no entities: neither those that
grow without end nor those that read other files. (defusedxml does the same for trees; a tree of
forty megabytes of XML takes a gigabyte, and writing it out renames the prefixes that Word's
`mc:Ignorable` refers to, so this is a stream of events.)
"""

from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

SEPARATOR = "\x1f"  # can stand in no name and no address of XML
XMLNS = "http://www.w3.org/XML/1998/namespace"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

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


class Rewriter:
    """
    Writes the XML that it reads, as an Editor wants it; comments and instructions are left out.

    Names are split once each. `Editor.start` is asked only about elements for which `concerns`
    (names of element and attributes) is not None and true, so that a large table costs little.
    """

    def __init__(
        self,
        editor: Editor,
        limits: Limits,
        concerns: Callable[[Name, list[Name]], bool] | None = None,
    ) -> None:
        self.editor = editor
        self.limits = limits
        self.concerns = concerns
        self.out: list[str] = [DECLARATION]
        self.depth = 0
        self.elements = 0
        self.left_out_at = 0  # the depth of the element that is being left out, 0 for none
        self.declared: list[tuple[str | None, str]] = []
        self.names: dict[str, tuple[Name, str]] = {}
        self.plain: dict[tuple[str, ...], bool] = {}
        self.open = False  # the last start tag still lacks its ">"

    def run(self, data: bytes) -> bytes:
        """The XML anew, in UTF-8. Raises Refused."""
        parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartNamespaceDeclHandler = self.declare
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise Refused("damaged") from None
        return "".join(self.out).encode()

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
        if self.is_plain(written, ordered):
            pairs = [(self.split(key)[1], value) for key, value in pairwise(ordered)]
        else:
            attributes = {self.split(key)[0]: value for key, value in pairwise(ordered)}
            tags = {self.split(key)[0]: self.split(key)[1] for key in ordered[::2]}
            if not self.editor.start(name, attributes):
                self.left_out_at = self.depth
                return
            pairs = [(tags[key], value) for key, value in attributes.items() if key in tags]
        parts = [">" if self.open else "", "<", tag]
        for prefix, namespace in declared:
            parts.append(f' xmlns{":" + prefix if prefix else ""}="{quoted(namespace)}"')
        for key, value in pairs:
            parts.append(f' {key}="{quoted(value)}"')
        self.out.append("".join(parts))
        self.open = True

    def is_plain(self, written: str, ordered: list[str]) -> bool:
        """Whether the editor has nothing to say of elements of this name with these attributes."""
        if self.concerns is None:
            return False
        key = (written, *ordered[::2])
        known = self.plain.get(key)
        if known is None:
            names = [self.split(attribute)[0] for attribute in ordered[::2]]
            known = not self.concerns(self.split(written)[0], names)
            if len(self.plain) < 10_000:
                self.plain[key] = known
        return known

    def end(self, written: str) -> None:
        self.depth -= 1
        if self.left_out_at:
            if self.depth < self.left_out_at:
                self.left_out_at = 0
            return
        name, tag = self.split(written)
        self.editor.end(name)
        self.out.append("/>" if self.open else f"</{tag}>")
        self.open = False

    def text(self, words: str) -> None:
        if self.left_out_at:
            return
        words = self.editor.text(words)
        if self.open:
            self.out.append(">")
            self.open = False
        self.out.append(
            words.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\r", "&#13;")
        )


def pairwise(ordered: list[str]) -> Iterator[tuple[str, str]]:
    return zip(ordered[::2], ordered[1::2], strict=True)


def quoted(value: str) -> str:
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    if "\n" in value or "\t" in value or "\r" in value:
        value = value.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")
    return value


def rewrite(
    data: bytes,
    editor: Editor,
    limits: Limits,
    concerns: Callable[[Name, list[Name]], bool] | None = None,
) -> bytes:
    """The XML as the editor wants it. Raises Refused."""
    return Rewriter(editor, limits, concerns).run(data)
