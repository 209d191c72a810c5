"""The parts of a package that a stranger packed: a ZIP archive, and XML in it."""

import io
import struct
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from portal.files.limits import Limits
from portal.files.rebuilding.result import Refused

ENCRYPTED = 1  # the bit of an entry's flags
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, struct.error)


class Archive:
    """
    An archive whose parts are unpacked when they are asked for.

    What an entry claims of its size counts for nothing: `limits.archive_bytes` bounds what comes
    out of all parts together. Names mean the same in either case, as office programs have it.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Read the archive's directory. Raises Refused."""
        self.limits = limits
        self.left = limits.archive_bytes
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except NotImplementedError:
            raise Refused("archive-method") from None
        except BROKEN:
            raise Refused("damaged") from None
        entries = self.archive.infolist()
        if len(entries) > limits.archive_entries:
            raise Refused("archive-entries")
        if any(entry.flag_bits & ENCRYPTED for entry in entries):
            raise Refused("encrypted")
        self.entries = {entry.filename.lower(): entry for entry in entries}

    def read(self, name: str) -> bytes:
        """Return a part unpacked, nothing where there is none of this name. Raises Refused."""
        entry = self.entries.get(name.lower())
        if entry is None:
            return b""
        try:
            with self.archive.open(entry) as member:
                content = member.read(self.left + 1)
        except NotImplementedError:
            raise Refused("archive-method") from None
        except (*BROKEN, RuntimeError):
            raise Refused("damaged") from None
        self.left -= len(content)
        if self.left < 0:
            raise Refused("bomb")
        return content

    def root(self, name: str) -> Element:
        """Return the root of a part in XML, empty if there is no such part. Raises Refused."""
        content = self.read(name)
        return tree(content, self.limits) if content else Element("nothing")


def tree(data: bytes, limits: Limits) -> Element:
    """Return the root of some XML, no deeper and no larger than `limits` say. Raises Refused."""
    try:
        examine(data, limits)
        parser = XMLParser()  # noqa: S314 - `examine` has refused what could declare an entity
        parser.feed(data)
        return parser.close()
    except (expat.ExpatError, ParseError, LookupError, ValueError):
        raise Refused("damaged") from None


def examine(data: bytes, limits: Limits) -> None:
    """Read through XML without keeping any. Raises Refused, or expat's error where it is none."""
    depth = elements = 0

    def declared(*_: Any) -> None:
        raise Refused("xml-declarations")

    def begun(*_: Any) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > limits.xml_depth:
            raise Refused("xml-depth")
        if elements > limits.xml_elements:
            raise Refused("xml-size")

    def ended(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    parser.EndElementHandler = ended
    parser.Parse(data, True)
