"""Files of real programs (see `make_samples`), and everything that stands in a file."""

import io
import zipfile
from pathlib import Path

import pikepdf

FOLDER = Path(__file__).parent / "samples"
NAMES = sorted(path.name for path in FOLDER.iterdir())
OFFICE = [name for name in NAMES if name.endswith(("docx", "xlsx", "pptx", "odt", "ods"))]


def sample(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def unpacked(data: bytes) -> bytes:
    """Every byte that a file holds, taken out of its packing."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            times = {entry.date_time[0] for entry in archive.infolist()}
            parts = [name.encode() + b"\n" + archive.read(name) for name in archive.namelist()]
        return b"\n".join([str(times).encode(), archive.comment, *parts])
    if b"%PDF-" in data[:1024]:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()
    return data


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with some of its parts written over or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in archive.namelist():
            new.writestr(name, parts.get(name, archive.read(name)))
        for name in set(parts) - set(archive.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
