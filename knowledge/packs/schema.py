"""The manifest of a pack: which files it holds, of which guides, and what they hash to."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

FORMAT = "code-in-practice/pack/1"
MANIFEST, SIGNATURE, PUBLIC_KEY, LEFT = "manifest.json", "SIGNATURE", "public-key.pem", "LEFT.txt"
MOST_GUIDES = 60
MOST_BYTES = 30_000_000  # of all files together, unpacked
LONGEST_MANIFEST = 500_000  # bytes
MOST_FILES = 2_000
SHA256 = re.compile(r"[0-9a-f]{64}")


class UnreadableError(Exception):
    """Refusal of what was handed in as a manifest of a pack; the words say why, to whoever did."""


def file_of(path: str, content: bytes, language: str) -> dict[str, Any]:
    """Return how the manifest lists a file that is of no guide."""
    return {
        "path": path,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "language": language,
        "guide": None,
        "version": None,
    }


def manifest_of(
    portal: str, language: str, guides: Iterable[Mapping[str, Any]], files: list[dict[str, Any]]
) -> bytes:
    """Return the manifest: the same content gives the same bytes."""
    files = sorted(files, key=lambda each: each["path"])
    stated = {
        "format": FORMAT,
        "portal": portal,
        "language": language,
        "guides": list(guides),
        "files": files,
        "files_sha256": _digest(files),
    }
    return _written(stated, indent=1) + b"\n"


def read_manifest(content: bytes) -> dict[str, str]:
    """Return the SHA-256 of each file that a manifest lists, by path. Raises UnreadableError."""
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableError(
            _("This is not the file manifest.json of a pack: it cannot be read.")
        ) from None
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise UnreadableError(
            _("This is another file. Choose manifest.json from the folder of your pack.")
        )
    files = read.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES or not all(map(_is_file, files)):
        raise UnreadableError(_changed())
    try:
        is_whole = read.get("files_sha256") == _digest(files)
    except ValueError:  # half of a pair of signs
        is_whole = False
    if not is_whole:
        raise UnreadableError(_changed())
    return {each["path"]: each["sha256"] for each in files}


def _changed() -> str:
    return _("This manifest.json was changed since the pack was made. Take a whole pack instead.")


def _is_file(each: Any) -> bool:
    if not isinstance(each, dict):
        return False
    path, sha256 = each.get("path"), each.get("sha256")
    return (
        isinstance(path, str)
        and isinstance(sha256, str)
        and path.isprintable()
        and SHA256.fullmatch(sha256) is not None
    )


def _digest(files: list[dict[str, Any]]) -> str:
    return hashlib.sha256(_written(files)).hexdigest()


def _written(stated: Any, indent: int | None = None) -> bytes:
    return json.dumps(stated, ensure_ascii=False, sort_keys=True, indent=indent).encode()
