"""The judged queries: read from their file, their documents found among the cards."""

import tomllib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wagtail.models import Page
from wagtail.query import PageQuerySet

from consultations.calls.models import ConsultationPage
from consultations.discussion.models import Comment
from knowledge.guides.models import GuidePage
from portal.management.demo.discussion import NAMESPACE
from portal.search.models import Card

TUNED = Path(__file__).parent / "judgements.toml"
HELD_OUT = Path(__file__).parent / "held_out.toml"
LIBRARY = Path(__file__).parent / "library.toml"
GRADES = (3, 2, 1, 0)

Identity = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """A query as typed, its language, what kind of query it is, and its documents' grades."""

    text: str
    language: str
    kind: str
    grades: Mapping[str, int]


def judged_queries(file: Path = TUNED) -> list[Judged]:
    """Every query of the file, in its order. Raises ValueError for a document graded twice."""
    return [
        Judged(entry["text"], entry["language"], entry["kind"], _grades(entry))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["query"]
    ]


def _grades(entry: Mapping[str, list[str]]) -> dict[str, int]:
    pairs = [(name, grade) for grade in GRADES for name in entry.get(str(grade), [])]
    grades = dict(pairs)
    if len(grades) < len(pairs):
        raise ValueError(f"{entry['text']}: a document has two grades")
    return grades


def identify(name: str) -> Identity:
    """
    The kind and key of the card that a judgement names, for primary keys are never twice the same.

    "guide:slug", "consultation:slug", "page:slug"; "guide:fr/slug" and "page:fr/slug" for what is
    in another language than English; "state:KE", "comment:key of the content file", "response:words
    that only its title or text has". Cards of the frozen collection have these words for a key.
    Raises LookupError where there is none, or for a response more than one.
    """
    kind, _, words = name.partition(":")
    if kind != "response" and Card.objects.filter(kind=kind, key=words).exists():
        return kind, words
    key = _KEYS[kind](words)
    if not Card.objects.filter(kind=kind, key=key).exists():
        raise LookupError(f"{name} has no card")
    return kind, key


def _consultation(slug: str) -> str:
    return str(ConsultationPage.objects.filter(slug=slug).values_list("pk", flat=True).first())


def _guide(name: str) -> str:
    return _in_language(GuidePage.objects.all(), name)


def _page(name: str) -> str:
    return _in_language(Page.objects.all(), name)


def _in_language(pages: PageQuerySet, name: str) -> str:
    language, _, slug = name.rpartition("/")
    same = pages.filter(slug=slug, locale__language_code=language or "en")
    return str(same.values_list("pk", flat=True).first())


def _comment(key: str) -> str:
    same = Comment.objects.filter(submission_key=uuid.uuid5(NAMESPACE, key))
    return str(same.values_list("pk", flat=True).first())


def _response(words: str) -> str:
    cards = Card.objects.filter(kind="response").values_list("key", "title", "body")
    keys = [key for key, title, body in cards if words in f"{title} {body}"]
    if len(keys) != 1:
        raise LookupError(f"response:{words} is found {len(keys)} times")
    return keys[0]


_KEYS: dict[str, Callable[[str], str]] = {
    "guide": _guide,
    "consultation": _consultation,
    "page": _page,
    "comment": _comment,
    "response": _response,
    "state": str,
}
