"""Reading a ZIP archive that a stranger packed, and packing one that tells nothing."""

import io
import re
import stat
import struct
import zipfile
import zlib

from portal.files.cleaning.refusal import Refused
from portal.files.limits import Limits

LOCAL_HEAD = 30
SMALL = 1024 * 1024
# Signs that turn the reading direction hide what a name ends with.
DECEIVING = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def open_archive(data: bytes, limits: Limits) -> dict[str, bytes]:
    """
    Every file of an archive by its name, unpacked; folders are left out. Raises Refused.

    Everything is judged by the archive's directory before anything is unpacked, and no entry
    unpacks further than the directory said.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            examine_names(entries)
            examine_sizes(entries, limits)
            examine_places(data, entries, archive.start_dir)
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, struct.error):
        raise Refused("damaged") from None
    except NotImplementedError:
        raise Refused("archive-method") from None
    except RuntimeError:
        raise Refused("encrypted") from None


def examine_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        parts = name.removesuffix("/").split("/")
        unsafe = (
            name != entry.filename
            or DECEIVING.search(name)
            or "\\" in name
            or ":" in parts[0]
            or any(part in ("", ".", "..") for part in parts)
            or stat.S_ISLNK(entry.external_attr >> 16)
        )
        if unsafe or name.lower() in seen:
            raise Refused("archive-names")
        seen.add(name.lower())


def examine_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise Refused("archive-entries")
    if sum(entry.file_size for entry in entries) > limits.archive_bytes:
        raise Refused("bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("archive-method")
        packed = max(entry.compress_size, 1)
        if entry.file_size > SMALL and entry.file_size / packed > limits.archive_ratio:
            raise Refused("bomb")


def examine_places(data: bytes, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """
    Entries stand one behind another, from the first byte to the directory.

    Where they overlap, one packed piece counts many times (a flat bomb); where something stands
    before the first, the file is another one as well.
    """
    spans = []
    for entry in entries:
        start = entry.header_offset
        name_length, extra_length = struct.unpack_from("<HH", data, start + 26)
        spans.append((start, start + LOCAL_HEAD + name_length + extra_length + entry.compress_size))
    spans.sort()
    if not spans:
        raise Refused("damaged")
    if spans[0][0] != 0:
        raise Refused("polyglot", found="zip", other="nothing")
    following = [start for start, _ in spans[1:]] + [directory]
    if any(end > start for (_, end), start in zip(spans, following, strict=True)):
        raise Refused("archive-overlap")


def pack(files: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """
    An archive of these files in their order, with no times, no system and no remarks.

    `stored` are those which must not be compressed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
