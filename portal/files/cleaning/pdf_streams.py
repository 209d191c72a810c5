"""A PDF's streams: how far they would unpack, and the pictures and colour profiles in them."""

import struct
import zlib
from typing import Any

from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, NameObject, StreamObject

from portal.files.cleaning import jpeg
from portal.files.cleaning.colour import plain_profile
from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

SHORT = {"/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode", "/Fl": "/FlateDecode"}
PACKING = frozenset({"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/BrotliDecode"})
PROFILE_BYTES = 4 * 1024 * 1024
PIECE = 1024 * 1024
# Boxes of a JPEG 2000 picture that say something about it rather than draw it.
TOLD_BOXES = frozenset({b"xml ", b"uuid", b"uinf", b"jp2i"})


class StreamBounds:
    """Counts what a document's streams unpack to."""

    def __init__(self, limits: Limits) -> None:
        self.of_one = limits.pdf_stream_bytes
        self.left = limits.pdf_total_bytes

    def measure(self, packed: bytes) -> None:
        """Unpack without keeping anything; raises Refused at the limit, not behind it."""
        engine = zlib.decompressobj()
        size = 0
        while packed:
            try:
                size += len(engine.decompress(packed, PIECE))
            except zlib.error:
                break  # readers show what comes before; so it is what counts
            if size > min(self.of_one, self.left):
                raise Refused("bomb")
            if engine.eof:
                break
            packed = engine.unconsumed_tail
        self.left -= size


def clean_stream(stream: StreamObject, bounds: StreamBounds, removed: set[str]) -> None:
    """Hold a stream to its bounds; take what cameras and screens wrote out of it."""
    filters = filters_of(stream)
    if sum(name in PACKING for name in filters) > 1 or len(filters) > 4:
        raise Refused("bomb")
    data: bytes = stream._data
    for name in filters:
        if name == "/ASCII85Decode":
            data = bytes(ASCII85Decode.decode(data))
        elif name == "/ASCIIHexDecode":
            data = bytes(ASCIIHexDecode.decode(data))
        elif name == "/FlateDecode":
            bounds.measure(data)
            if filters[-1] == name:
                break
            data = zlib.decompressobj().decompress(data, bounds.of_one)
        elif name in ("/DCTDecode", "/DCT"):
            replace(stream, picture(data, removed), "/DCTDecode")
        elif name == "/JPXDecode":
            replace(stream, without_told_boxes(data, removed), "/JPXDecode")
        else:
            return
    if "/N" in stream and stream.get("/Type") is None:
        clean_profile(stream, data, filters, removed)


def filters_of(stream: StreamObject) -> list[str]:
    found: Any = stream.get("/Filter")
    found = found.get_object() if found is not None else None
    names = list(found) if isinstance(found, ArrayObject) else [] if found is None else [found]
    return [SHORT.get(str(name.get_object()), str(name.get_object())) for name in names]


def replace(stream: StreamObject, data: bytes | None, name: str) -> None:
    """Give a stream other data, packed by the one filter that is named."""
    if data is None:
        return
    stream._data = data
    if isinstance(stream.get("/Filter"), ArrayObject):
        stream.pop(NameObject("/DecodeParms"), None)
    stream[NameObject("/Filter")] = NameObject(name)


def picture(data: bytes, removed: set[str]) -> bytes | None:
    """A JPEG without its metadata; one that cannot be read is left alone, nobody can see it."""
    try:
        stripped, taken, _orientation = jpeg.strip(data)
    except Refused:
        if b"Exif\0" in data or b"http://ns.adobe.com/xap" in data:
            raise
        return None
    if not taken:
        return None
    removed |= taken
    return stripped


def without_told_boxes(data: bytes, removed: set[str]) -> bytes | None:
    """A JPEG 2000 picture without the boxes that tell of it; None where there are none."""
    out, place = bytearray(), 0
    while place + 8 <= len(data):
        size, kind = struct.unpack_from("!I4s", data, place)
        if size == 1 and place + 16 <= len(data):
            (size,) = struct.unpack_from("!Q", data, place + 8)
        end = len(data) if size == 0 else place + size
        if size != 0 and size < 8:
            return None  # no boxes: a bare code stream
        if kind not in TOLD_BOXES:
            out += data[place:end]
        place = end
    if len(out) == len(data):
        return None
    removed.add("camera")
    return bytes(out)


def clean_profile(stream: StreamObject, data: bytes, filters: list[str], removed: set[str]) -> None:
    """Where a stream is a colour profile, leave its tables only."""
    if filters and filters[-1] == "/FlateDecode":
        try:
            data = zlib.decompressobj().decompress(data, PROFILE_BYTES)
        except zlib.error:
            return
    if data[36:40] != b"acsp":
        return
    plain = plain_profile(data)
    if plain and plain != data:
        replace(stream, zlib.compress(plain), "/FlateDecode")
        removed.add("identifiers")
