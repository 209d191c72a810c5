"""
The file in which somebody keeps their answers: JSON, to be loaded next year.

It has a checksum, which tells a file that is not whole. It is no signature: whoever wants to change
their own answers may.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.self_assessment import errors
from knowledge.self_assessment.answers import Answers, taken
from knowledge.self_assessment.criteria import CHOICES, Subject

FORMAT = "self-assessment"
LARGEST = 50_000  # bytes; a whole one has a tenth of it
NAMES = {"states": "self-assessment.json", "companies": "due-diligence-check.json"}


@dataclass(frozen=True)
class Copy:
    """Answers as they were on a day (UTC)."""

    day: date
    answers: dict[str, str]


def written(subject: Subject, copy: Copy) -> str:
    """Return the text of the file."""
    told = {
        "format": FORMAT,
        "about": subject.key,
        "version": subject.version,
        "day": copy.day.isoformat(),
        "answers": dict(copy.answers),
    }
    return json.dumps({**told, "checksum": _checksum(told)}, indent=1, sort_keys=True) + "\n"


def read(subject: Subject, content: bytes) -> Copy:
    """Return what a file holds. Raises NotTaken: too big, foreign, of another version, changed."""
    if len(content) > LARGEST:
        raise errors.TooBig
    told = _parsed(content)
    if told.get("about") != subject.key:
        raise errors.OfTheOther if told.get("about") in list(CHOICES) else errors.Foreign
    if told.get("version") != subject.version or isinstance(told["version"], bool):
        raise errors.OtherVersion
    checksum = told.pop("checksum", None)
    if not isinstance(checksum, str) or checksum != _checksum(told):
        raise errors.Changed
    return Copy(_day(told.get("day")), _answers(subject, told.get("answers")))


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise errors.NotText from None
    except (ValueError, RecursionError):
        raise errors.Foreign from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise errors.Foreign
    return told


def _day(said: object) -> date:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        raise errors.Changed from None


def _answers(subject: Subject, said: object) -> dict[str, str]:
    if not isinstance(said, dict):
        raise errors.Changed
    known: Answers = taken(subject, said)
    if len(known) != len(said):
        raise errors.Changed
    return dict(known)


def _checksum(told: dict[str, Any]) -> str:
    whole = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
