"""
Colour profiles (ICC) without their texts.

A profile made by measuring somebody's screen names the screen, its serial number and the day. What
colours need is tables and curves: those are kept, and the rest is left out or written anew.
"""

import struct

KEPT = frozenset(
    (
        b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm lumi cicp gamt "
        b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3"
    ).split()
)
HEAD = 128
NAME = "Colour profile"


def plain_profile(profile: bytes) -> bytes:
    """
    The profile with its tables alone; empty where it is none.

    Neither dates nor makers, models, checksums or texts of the original remain.
    """
    if len(profile) < HEAD + 4 or profile[36:40] != b"acsp":
        return b""
    (count,) = struct.unpack_from("!I", profile, HEAD)
    if count > 100 or len(profile) < HEAD + 4 + 12 * count:
        return b""
    tags: list[tuple[bytes, bytes]] = []
    for number in range(count):
        name, offset, size = struct.unpack_from("!4sII", profile, HEAD + 4 + 12 * number)
        if name in KEPT and offset + size <= len(profile):
            tags.append((name, profile[offset : offset + size]))
    text = mluc(NAME) if profile[8] >= 4 else desc(NAME)
    rights = mluc("-") if profile[8] >= 4 else b"text\0\0\0\0-\0"
    tags = [(b"desc", text), (b"cprt", rights), *tags]
    return assemble(head(profile), tags)


def head(profile: bytes) -> bytes:
    """The header without maker, program, date, device, and checksum."""
    plain = bytearray(profile[:HEAD])
    for start, end in ((4, 8), (40, 44), (48, 56), (80, HEAD)):
        plain[start:end] = bytes(end - start)
    plain[24:36] = struct.pack("!6H", 2000, 1, 1, 0, 0, 0)
    return bytes(plain)


def assemble(header: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    """Header, directory and bodies; equal bodies are stored once, as profiles do."""
    bodies = bytearray()
    places: dict[bytes, int] = {}
    start = HEAD + 4 + 12 * len(tags)
    directory = struct.pack("!I", len(tags))
    for name, body in tags:
        if body not in places:
            places[body] = start + len(bodies)
            bodies += body + bytes(-len(body) % 4)
        directory += struct.pack("!4sII", name, places[body], len(body))
    whole = header + directory + bytes(bodies)
    return struct.pack("!I", len(whole)) + whole[4:]


def desc(text: str) -> bytes:
    """A text of version 2: in ASCII, with empty Unicode and Macintosh forms."""
    ascii_text = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack("!I", len(ascii_text)) + ascii_text + bytes(8 + 3 + 67)


def mluc(text: str) -> bytes:
    """A text of version 4: one language, UTF-16."""
    encoded = text.encode("utf-16-be")
    return (
        b"mluc\0\0\0\0" + struct.pack("!II2s2sII", 1, 12, b"en", b"GB", len(encoded), 28) + encoded
    )
