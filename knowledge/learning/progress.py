"""
How far somebody has come on a path, without an account: sealed in a form, or in a file of theirs.

Neither says who it is or when it was. The seal shows that the portal wrote it; it is no proof that
somebody learned something.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.core.signing import BadSignature, Signer

from knowledge.learning.errors import (
    ChangedError,
    OtherFormatError,
    OtherPathError,
    TooBigError,
    UnreadableError,
)
from knowledge.learning.modules import Module

KIND = "learning-progress"
FORMAT = 1
MOST_BYTES = 64 * 1024  # of a file, or of what a form carries
MOST_MODULES = 200

_forms = Signer(salt="knowledge.learning.progress.form")
_files = Signer(salt="knowledge.learning.progress.file")


class Done(NamedTuple):
    """In which language and version a guide was worked through; version 0 where none is kept."""

    language: str
    version: int


@dataclass(frozen=True)
class Progress:
    """Modules of a path that were worked through: both by the key that translations share."""

    path: str
    done: Mapping[str, Done] = field(default_factory=dict)

    def with_module(self, module: Module) -> "Progress":
        """Return the same with one more module worked through, in the version shown."""
        return replace(self, done={**self.done, module.key: Done(module.language, module.version)})

    def joined(self, other: "Progress") -> "Progress":
        """Return what either holds; of a module that both hold, the higher version."""
        done = dict(self.done)
        for key, each in other.done.items():
            if key not in done or each.version >= done[key].version:
                done[key] = each
        return replace(self, done=done)

    def of(self, modules: Sequence[Module]) -> int:
        """Return how many of these modules are worked through."""
        return sum(each.key in self.done for each in modules if each.guide)

    def is_whole(self, modules: Sequence[Module]) -> bool:
        """Say whether each module whose guide is published is worked through; False of none."""
        needed = [each for each in modules if each.guide]
        return bool(needed) and all(each.key in self.done for each in needed)


def rows_of(progress: Progress) -> list[list[Any]]:
    """Return what JSON keeps of the modules: key, language, version, in the order of keys."""
    return [[key, *each] for key, each in sorted(progress.done.items())]


def from_rows(path: str, rows: Any) -> Progress:
    """Return the progress that rows hold. Raises UnreadableError."""
    try:
        if len(rows) > MOST_MODULES:
            raise UnreadableError
        done = {
            str(UUID(key)): Done(str(language)[:12], int(version))
            for key, language, version in rows
        }
        return Progress(str(UUID(path)), done)
    except (TypeError, ValueError, AttributeError) as error:
        raise UnreadableError from error


def sealed(progress: Progress) -> str:
    """Return what a form carries along; "" where nothing is worked through."""
    if not progress.done:
        return ""
    return _forms.sign_object([progress.path, rows_of(progress)], compress=True)


def opened(carried: str, path: str) -> Progress:
    """Return what a form carried of a path. Raises UnreadableError."""
    if not carried:
        return Progress(path)
    if len(carried) > MOST_BYTES:
        raise TooBigError
    try:
        kept_path, rows = _forms.unsign_object(carried)
    except (BadSignature, ValueError, TypeError, UnicodeError) as error:
        raise ChangedError from error
    return _of_path(from_rows(kept_path, rows), path)


def file_of(progress: Progress, title: str, modules: Sequence[Module]) -> bytes:
    """Return the file to take along: JSON that people can read, with a seal over all of it."""
    titles = {each.key: each.guide.title for each in modules if each.guide}
    content = {
        "kind": KIND,
        "format": FORMAT,
        "title": title,
        "path": progress.path,
        "worked_through": [
            {"title": titles.get(key, ""), "guide": key, "language": language, "version": version}
            for key, language, version in rows_of(progress)
        ],
    }
    whole = {**content, "seal": _seal_of(content)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def from_file(content: bytes, path: str) -> Progress:
    """Return what a file holds of a path. Raises UnreadableError, which says what is wrong."""
    if len(content) > MOST_BYTES:
        raise TooBigError
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise UnreadableError
    if found.get("format") != FORMAT:
        raise OtherFormatError
    seal = found.pop("seal", "")
    if not isinstance(seal, str) or not _is_sealed(found, seal):
        raise ChangedError
    rows = [[each["guide"], each["language"], each["version"]] for each in found["worked_through"]]
    return _of_path(from_rows(found["path"], rows), path)


def _of_path(progress: Progress, path: str) -> Progress:
    if progress.path != path:
        raise OtherPathError
    return progress


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def _seal_of(content: Mapping[str, Any]) -> str:
    return _files.signature(_canonical(content))


def _is_sealed(content: Mapping[str, Any], seal: str) -> bool:
    try:
        _files.unsign(f"{_canonical(content)}:{seal}")
    except BadSignature:
        return False
    return True
