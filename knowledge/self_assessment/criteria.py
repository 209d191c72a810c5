"""
The statements that a state holds against itself, and the questions that a company asks itself.

They are data (`data/`): the English file has what is the same in every language too.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.taxonomy.vocabularies import STAGE

DATA = Path(__file__).parent / "data"
STATES, COMPANIES = "states", "companies"
# Languages in which a native reader has checked the data; a page in another says that nobody has.
CHECKED_IN = frozenset({"en"})
LEVELS = ("1", "2", "3", "4")
YES, NO, UNKNOWN, PARTLY, NOT_APPLICABLE = "yes", "no", "unknown", "partly", "not-applicable"
WORDS: dict[str, str | Promise] = {
    YES: pgettext_lazy("an answer", "Yes"),
    PARTLY: pgettext_lazy("an answer", "Partly"),
    NO: pgettext_lazy("an answer", "No"),
    UNKNOWN: _("Do not know"),
    NOT_APPLICABLE: _("Does not apply"),
}
CHOICES = {STATES: (YES, NO, UNKNOWN), COMPANIES: (YES, PARTLY, NO, NOT_APPLICABLE)}


@dataclass(frozen=True)
class Statement:
    """
    A statement of a stage, whose `level` is 1 to 4, or a question of a step, whose level is "".

    `key` never changes. `rank` says which answer of a company is acted on first, from 1.
    """

    key: str
    text: str
    level: str = ""
    action: str = ""
    principles: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True)
class Flag:
    """A red flag: one sentence, under a topic."""

    topic: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """
    A stage of control, or a step of due diligence; `number` counts from 1.

    `stages` are those whose guides help. Of a stage, `ask` says who knows, and `matrix` names the
    fields of the 1540 matrix that it belongs to.
    """

    key: str
    number: int
    title: str
    about: str
    statements: tuple[Statement, ...]
    stages: tuple[str, ...]
    sources: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    ask: str = ""
    matrix: str = ""


@dataclass(frozen=True)
class Subject:
    """All that is asked of a state or of a company, in one language."""

    key: str
    version: int
    parts: tuple[Part, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """Return what a statement may be answered with."""
        return CHOICES[self.key]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return those of all parts, in order."""
        return tuple(each for part in self.parts for each in part.statements)


def subject(key: str) -> Subject:
    """Return what is asked, in the language in use."""
    return _subject(key, get_language() or settings.LANGUAGE_CODE)


def read(key: str, language: str = "") -> dict[str, Any]:
    """Return a file of the data as it stands; without a language the one that all others follow."""
    name = f"{key}.{language}.toml" if language else f"{key}.toml"
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@lru_cache
def _sources() -> dict[str, str]:
    return {key: str(title) for key, title in read("sources").items()}


@lru_cache
def _subject(key: str, language: str) -> Subject:
    original = read(key)
    has_own = (DATA / f"{key}.{language}.toml").exists()
    words = read(key, language) if has_own else original
    make = _stage if key == STATES else _step
    parts = tuple(
        make(number, name, original, words) for number, name in enumerate(original["parts"], 1)
    )
    return Subject(key, original["version"], parts)


def _stage(number: int, name: str, original: dict[str, Any], words: dict[str, Any]) -> Part:
    told = words["parts"][name]
    return Part(
        key=name,
        number=number,
        title=STAGE.label_of(name),
        about=told["about"],
        statements=tuple(Statement(f"{name}-{level}", told[level], level) for level in LEVELS),
        stages=(name,),
        sources=_titles(original["parts"][name]),
        ask=told["ask"],
        matrix=told["matrix"],
    )


def _step(number: int, name: str, original: dict[str, Any], words: dict[str, Any]) -> Part:
    same, told = original["parts"][name], words["parts"][name]
    return Part(
        key=name,
        number=number,
        title=told["title"],
        about=told["about"],
        statements=tuple(
            Statement(
                f"{name}-{key}",
                told["questions"][key]["text"],
                action=told["questions"][key]["action"],
                principles=tuple(each["principles"]),
                sources=_titles(each),
                rank=each["rank"],
            )
            for key, each in same["questions"].items()
        ),
        stages=tuple(same["stages"]),
        flags=tuple(_flag(key, original, words) for key in same["flags"]),
    )


def _flag(key: str, original: dict[str, Any], words: dict[str, Any]) -> Flag:
    same = original["flags"][key]
    topic = words["topics"][same["topic"][0]]
    return Flag(topic, words["flags"][key]["text"], _titles(same))


def _titles(of: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_sources()[key] for key in of["sources"])
