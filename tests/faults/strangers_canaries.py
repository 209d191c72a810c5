"""
The table of canaries: words that name one who answers without a name, each planted in one place.

A canary is a word that stands nowhere else. After the walk every byte that the portal keeps is
searched for it, as it was planted and as what it is often turned into.
"""

import base64
import gzip
import hashlib
import io
import ipaddress
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pikepdf


@dataclass
class Canary:
    """One word, where it is planted, and where the portal says that it stays for a while."""

    name: str
    text: str
    planted: str
    # Places (by the beginnings of their names) and stages at which it may be found there.
    stays: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hashed: bool = True  # a plain hash of it is as good as the word: looked for too


DRAFT, SENT, CHANGED, LEFT = "in hand", "sent", "changed", "left"
ALL = (DRAFT, SENT, CHANGED, LEFT)
# SQLite's log of writes keeps what was erased until housekeeping has it overwritten (decision 6).
UNTIL_NIGHT = (DRAFT, SENT, CHANGED)

# name, text, where it is planted
PLANTED = (
    # -- addresses of the network -------------------------------------------------------------
    ("peer", "203.0.113.171", "last address of X-Forwarded-For, which limits trust"),
    ("proxied", "198.51.100.233", "first address of X-Forwarded-For"),
    ("forwarded", "2001:db8:7a11:5e1f::c0de", "Forwarded: for="),
    ("real-ip", "192.0.2.209", "X-Real-IP"),
    ("true-client", "2001:db8:c1a0:bead::77", "True-Client-IP"),
    ("cloud-client", "198.18.77.141", "CF-Connecting-IP"),
    ("client-ip", "198.19.213.7", "X-Client-IP"),
    ("cluster-ip", "100.88.201.99", "X-Cluster-Client-Ip"),
    # -- what a browser says -------------------------------------------------------------------
    ("agent", "quillmarten-browser", "User-Agent"),
    ("language", "kok-Latn-x-siskin", "Accept-Language"),
    ("referrer", "ospreyforum", "Referer of another site"),
    ("origin", "nightjarhost", "Origin of another site"),
    ("hint", "plovermodel", "Sec-CH-UA-Model"),
    ("hint-brand", "dunlinbrand", "Sec-CH-UA"),
    ("platform", "sandgrouseos", "Sec-CH-UA-Platform"),
    ("do-not-track", "wheatear1", "DNT"),
    ("via", "hobbyproxy", "Via"),
    ("from", "redpollperson", "From"),
    ("request-id", "gadwall-request", "X-Request-ID"),
    ("trace", "c0ffee5ca1ab1ec0deface0ff1ce0042", "traceparent"),
    ("trace-state", "firecreststate", "tracestate and baggage"),
    ("basic", "garganeyuser", "Authorization: Basic"),
    ("etag", "pochardtag", "If-None-Match"),
    ("cookie", "whimbrelcookie", "a cookie of its own"),
    ("session-guess", "curlewsessionguess0123456789abcd", "cookies named as sessions often are"),
    ("csrf-guess", "knotcsrfguess", "X-CSRFToken"),
    ("header-name", "x-twitethere", "the name of a header"),
    ("accept", "merlintype", "Accept"),
    ("range", "ruffunit", "Range"),
    # -- addresses that it asks for ------------------------------------------------------------
    ("campaign", "brambling-campaign", "?utm_source= on each page that is read"),
    ("query-posted", "grebequery", "a query on the addresses of forms"),
    ("fragment", "fulmarnext", "?next= beside the code"),
    ("path", "turnstonepath", "a path below the pages where people answer"),
    ("method", "STINTVERB", "a method that there is not"),
    ("host-case", "PoRtAl.eXaMpLe.OrG:44173", "Host in odd letters with a port"),
    ("host-wrong", "avocetmirror", "Host of a mirror, by which somebody came"),
    # -- forms ---------------------------------------------------------------------------------
    ("unasked", "tealvalue", "fields that were not asked for"),
    ("unasked-name", "scoterfield", "the name of such a field"),
    ("button", "smewbutton", "the name of a button that there is not"),
    ("real-name", "Ottoline Wagtailsdaughter", "a name posted beside “without any name”"),
    ("choice", "shovelerchoice", "a choice that there is not"),
    ("csrf-wrong", "bitterntoken", "csrfmiddlewaretoken"),
    ("removed", "lapwingwords", "typed, saved, and removed before it was sent"),
    ("refused", "pintailwords", "typed in a form that was refused"),
    ("discarded", "wigeonwords", "typed into a change that was given up"),
    ("wrong-code", "ZZZZ-QQQQ-ZZZZ-QQQQ-7777", "a wrong code"),
    ("wrong-token", "YYYY-XXXX-YYYY-XXXX-8888", "a late token that there is not"),
    ("wrong-mail-code", "9182-7364", "a wrong code for mail"),
    ("verified", "shelduckpaste", "pasted where receipts are verified"),
    ("searched", "eiderfowlword", "searched for on the site"),
    # -- files ---------------------------------------------------------------------------------
    ("file-name", "corncrake-file", "names of files"),
    ("file-path", "dotterelfolder", "folders in names of files"),
    ("file-type", "x-crossbill", "Content-Type of a file"),
    ("part-header", "ptarmiganpart", "a header of a part of a form"),
    ("exif", "goshawkartist", "EXIF of a JPEG: artist, software, serial number"),
    ("xmp", "kestrelcreator", "XMP of a JPEG"),
    ("jpeg-comment", "harriercomment", "comment of a JPEG, and bytes behind its end"),
    ("pdf-info", "buzzardauthor", "author, producer, title of a PDF"),
    ("pdf-xmp", "sparrowhawkxmp", "XMP of a PDF"),
    ("pdf-attached", "capercaillie", "a file attached inside a PDF"),
    ("docx-core", "woodlarkauthor", "creator and last editor of a DOCX"),
    ("docx-custom", "skylarkcustom", "own properties, company, template of a DOCX"),
    ("docx-comment", "shorelarkcomment", "author of a comment and of a change in a DOCX"),
    ("odt-meta", "cirlbunting", "creator and own properties of an ODT"),
    ("removed-file", "ortolanbunting", "what a file says that was removed before sending"),
)  # fmt: skip

# Told by the portal or typed to it in the course of the walk: their words are put in on the way.
ON_THE_WAY = (
    ("code", "the code"),
    ("code-bare", "the code without dashes"),
    ("handle", "the cookie that keeps an answer open"),
    ("csrf", "the cookie of forms"),
    ("mail-code", "the code that was mailed"),
    ("email", "the address for news"),
)

# Typed as an answer and sent: it stays with the answer, and goes when the answer is withdrawn.
ANSWERS = (
    ("answer", "ringouzelanswer", "typed as an answer and sent, then withdrawn"),
    ("answer-after", "fieldfareanswer", "typed as a change of it"),
    ("file-words", "redwingwords", "what can be read in an attached file"),
)


def shapes(canary: Canary) -> Iterator[tuple[str, bytes]]:
    """What a canary may have been turned into, and what that is called; most in lower case."""
    words = {canary.text, canary.text.swapcase()}
    yield "as it is", canary.text.lower().encode()
    for text in words:
        raw = text.encode()
        yield "hexadecimal", raw.hex().encode()
        yield "percent-encoded", "".join(f"%{each:02x}" for each in raw).encode()
        yield "percent-encoded", quote(text, safe="").lower().encode()
        yield "reversed", text[::-1].lower().encode()
        for way in ("utf-16-le", "utf-16-be", "utf-32-le"):
            yield way, text.lower().encode(way)
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + raw)
            yield "base 64", whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]
        if canary.hashed:
            for way in ("md5", "sha1", "sha256", "sha512", "blake2b"):
                hashed = hashlib.new(way, raw)
                yield way, hashed.hexdigest().encode()
                yield f"{way}, bytes", hashed.digest()
    if re.fullmatch(r"[0-9.]+|[0-9a-f:]+:[0-9a-f:]+", canary.text):
        address = ipaddress.ip_address(canary.text)
        if address.version == 6:  # four bytes turn up by chance
            yield "packed", address.packed
            yield "whole", address.exploded.encode()
        else:
            yield "a number", str(int(address)).encode()


EXACT = {"base 64", "packed"}
BEGINNING = 8  # bytes by which a place is looked at; shorter shapes turn up by chance


class Sought:
    """All shapes of all canaries, by the bytes with which they begin."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self.exact: dict[bytes, list[tuple[Canary, str, bytes]]] = {}
        self.lower: dict[bytes, list[tuple[Canary, str, bytes]]] = {}
        for canary in canaries:
            for way, shape in shapes(canary):
                if len(shape) >= BEGINNING:
                    exact = way in EXACT or way.endswith("bytes")
                    begun = (self.exact if exact else self.lower).setdefault(shape[:BEGINNING], [])
                    begun.append((canary, way, shape))

    def found_in(self, data: bytes) -> Iterator[tuple[Canary, str, int, int]]:
        """Each canary in some bytes: how it is written, where, and how long it is there."""
        for begun, looked_at in ((self.exact, data), (self.lower, data.lower())):
            for at in range(len(looked_at) - BEGINNING + 1):
                if looked_at[at : at + BEGINNING] in begun:
                    for canary, way, shape in begun[looked_at[at : at + BEGINNING]]:
                        if looked_at.startswith(shape, at):
                            yield canary, way, at, len(shape)


def layers(data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Bytes, and what is packed in them: archives, gzip, PDF streams, deflated pieces anywhere."""
    yield "", data
    if depth > 2:
        return
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for each in archive.namelist():
                    yield from _named(each, layers(archive.read(each), depth + 1))
        except zipfile.BadZipFile:
            pass
    elif data[:2] == b"\x1f\x8b":
        yield from _named("gzip", layers(gzip.decompress(data), depth + 1))
    elif data[:5] == b"%PDF-":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for each in pdf.objects:
                yield "object", repr(each).encode(errors="replace")
                if isinstance(each, pikepdf.Stream):
                    try:
                        yield from _named("stream", layers(each.read_bytes(), depth + 1))
                    except pikepdf.PdfError:  # a picture, as it is
                        yield "stream", each.read_raw_bytes()
    else:
        for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
            try:
                piece = zlib.decompressobj().decompress(data[start.start() :], 1_000_000)
            except zlib.error:
                continue
            if len(piece) > 16:
                yield f"deflated at {start.start()}", piece


def _named(name: str, inner: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for more, data in inner:
        yield f"{name}{' > ' if more else ''}{more}", data


def files_under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, its name included."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        yield f"name of {name}", name.encode()
        if path.is_file():
            yield name, path.read_bytes()


@dataclass
class Found:
    """What a search found: where it must not be, and where it may be."""

    wrong: list[str] = field(default_factory=list)
    allowed: set[tuple[str, str]] = field(default_factory=set)  # canary, place


BLOCK = 4096


def blocks(places: Iterable[tuple[str, bytes]]) -> set[bytes]:
    """The blocks of some files, by hash: what was there before cannot tell who came later."""
    return {
        hashlib.sha256(data[at : at + BLOCK]).digest()
        for _place, data in places
        for at in range(0, len(data), BLOCK)
    }


def pieces(data: bytes, known: set[bytes]) -> Iterator[tuple[int, bytes]]:
    """What of some bytes is not known, in pieces as long as they can be, and where they begin."""
    start = None
    for at in range(0, len(data) + BLOCK, BLOCK):
        block = data[at : at + BLOCK]
        new = bool(block) and hashlib.sha256(block).digest() not in known
        if new and start is None:
            start = at
        elif not new and start is not None:
            yield start, data[start:at]
            start = None


def unknown(data: bytes, known: set[bytes]) -> Iterator[tuple[str, bytes]]:
    """What is new in some bytes, and all that is packed in them."""
    for inner, layer in layers(data):
        if inner:
            yield inner, layer
        else:
            for start, piece in pieces(layer, known):
                yield f"from byte {start}" if start else "", piece


def search(
    places: Iterable[tuple[str, bytes]],
    canaries: Iterable[Canary],
    stage: str,
    known: Iterable[bytes] = (),
) -> Found:
    """Every canary that a place holds: its name, the place, and what stands around it."""
    sought, found, told, known = Sought(canaries), Found(), set(), set(known)
    for place, data in places:
        for inner, layer in unknown(data, known):
            for canary, way, at, length in sought.found_in(layer):
                if stays(canary, place, stage):
                    found.allowed.add((canary.name, place))
                elif (canary.name, place) not in told:
                    told.add((canary.name, place))
                    around = layer[max(0, at - 60) : at + length + 60]
                    found.wrong.append(
                        f"{stage}: canary “{canary.name}” ({canary.planted}) is in {place}"
                        f"{' > ' + inner if inner else ''}, byte {at}, {way}: {around!r}"
                    )
    return found


def stays(canary: Canary, place: str, stage: str) -> bool:
    return any(
        place.startswith(begin) and stage in stages for begin, stages in canary.stays.items()
    )
