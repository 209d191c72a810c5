"""
What Elasticsearch answers, checked: whatever is not as it should be is no answer.

Whoever stands at its address may send anything. Nothing that comes from there is shown but numbers
and marked texts, and only for cards that the table has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from portal.search import highlights
from portal.search.elastic import request_body
from portal.search.elastic.deadline import ElasticsearchUnavailableError, NotForElasticsearchError

P = ParamSpec("P")
T = TypeVar("T")
Answer = Mapping[str, Any]
GAP = " … "
_SENTINELS = str.maketrans(
    {request_body.START: highlights.START, request_body.STOP: highlights.STOP}
)


@dataclass(frozen=True)
class Match:
    """
    A card that was found: its row, its document, and its texts with sentinels, where marked, by
    the fields that they stand in ("title.fr").
    """

    card: int
    document: str
    marked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """
    `matching` is how many have the words, whatever the filters of facets, and `weighty` how many of
    these are of no light kind.
    """

    total: int
    matching: int
    matches: Sequence[Match]
    weighty: int = 0
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)

    def counts_of(self, facet: str) -> Counter[str]:
        """Count how many have each value of this facet."""
        return self.counts.get(facet, Counter())


def checked(read: Callable[P, T]) -> Callable[P, T]:
    """Raise ElasticsearchUnavailableError if the answer has another shape than `read` expects."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return read(*args, **kwargs)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise ElasticsearchUnavailableError("an odd answer") from error

    return reading


@checked
def read_page(answer: Answer, offset: int, size: int) -> Page:
    """Return the answer to `request_body.search_body`, with the window that was asked for."""
    total = read_total(answer)
    matches = read_matches(answer)
    if len(matches) != max(0, min(size, total - offset)):
        raise ValueError("hits are missing, or too many")
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    aggregations = answer["aggregations"]
    for counted in aggregations.values():
        for bucket in counted.get("marks", {"buckets": ()})["buckets"]:
            name, _, value = bucket["key"].partition(":")
            counts[name][value] = _number(bucket["doc_count"])
    matching, weighty = (
        _number(aggregations[name]["doc_count"]) for name in ("matching", "weighty")
    )
    return Page(total, matching, matches, weighty, counts)


@checked
def read_total(answer: Answer) -> int:
    """Return how many were found, counted to the last."""
    _whole(answer)
    if answer["hits"]["total"]["relation"] != "eq":
        raise ValueError("not counted to the last")
    return _number(answer["hits"]["total"]["value"])


@checked
def read_matches(answer: Answer) -> list[Match]:
    """Return the cards of an answer, in order."""
    _whole(answer)
    return [_match(hit) for hit in answer["hits"]["hits"]]


@checked
def read_spellings(answer: Answer) -> dict[str, list[str]]:
    """Return each misspelt word with others that it may stand for, the likeliest first."""
    _whole(answer)
    found = answer["suggest"]["spelling"] if "suggest" in answer else []
    return {
        entry["text"]: options
        for entry in found
        if (options := [option["text"] + "" for option in entry["options"]])
    }


@checked
def read_many(answer: Answer, number: int) -> list[Answer]:
    """Return the answers to several requests that were sent as one."""
    answers = answer["responses"]
    if len(answers) != number:
        raise ValueError("answers are missing")
    if any(one["status"] == 400 for one in answers):
        raise NotForElasticsearchError("refused")
    return list(answers)


def _whole(answer: Answer) -> None:
    if answer["timed_out"] is not False or answer["_shards"]["failed"] != 0:
        raise ValueError("a part of the answer alone")


def _match(hit: Answer) -> Match:
    marked: Mapping[str, Sequence[str]] = hit.get("highlight", {})
    texts = {name: GAP.join(parts).translate(_SENTINELS) for name, parts in marked.items()}
    return Match(_number(hit["sort"][-1]), hit["_id"] + "", texts)


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no number")
    return value
