"""Many writes to Elasticsearch in few requests, and what became of each."""

from collections.abc import Sequence
from enum import IntEnum, auto
from typing import Any, NamedTuple

from elasticsearch import ApiError
from elasticsearch.helpers import streaming_bulk

from portal.search.elastic.client import get_client
from portal.search.elastic.documents import document_id, document_of
from portal.search.elastic.indices import writes_alias
from portal.search.models import Card

# Well below what Elasticsearch, or a proxy before it, takes in one request.
MOST_BYTES = 8_000_000
# A card that is too long, or does not fit the mapping: the same card fares no better another time.
REFUSALS = {400, 413}
# No index has the name that is written to: see `indices.py`.
NO_INDEX = {"index_not_found_exception", "invalid_index_name_exception"}

Action = dict[str, Any]


class Fate(IntEnum):
    """From good to bad: of several, the highest is what counts."""

    DONE = auto()  # it is there, or something newer is
    REFUSED = auto()  # for what it is
    POSTPONED = auto()  # for reasons that pass
    GONE = auto()  # the index was taken away meanwhile


class Result(NamedTuple):
    """`error` names the kind of error alone: Elasticsearch's reasons quote what they refuse."""

    fate: Fate
    error: str = ""


def writing(index: str, card: Card, version: int) -> Action:
    """Have the card in the index, unless something newer than this version is there."""
    document = document_of(card, card.facet_set.terms, card.facet_set.visible_to)
    return {**_naming(index, card.kind, card.key, version), "_source": document}


def removing(index: str, kind: str, key: str, version: int) -> Action:
    """Have no such card in the index, unless something newer than this version is there."""
    return {**_naming(index, kind, key, version), "_op_type": "delete"}


def send(actions: Sequence[Action]) -> list[Result]:
    """Send each of these and return what became of it, in their order. Raises nothing."""
    results: list[Result] = []
    error = "IncompleteAnswer"
    try:
        for ok, item in streaming_bulk(
            get_client(),
            actions,
            chunk_size=max(1, len(actions)),
            max_chunk_bytes=MOST_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
        ):
            results.append(Result(Fate.DONE) if ok else _result(next(iter(item.values()))))
    except Exception as exception:
        # Away, or talking nonsense, at which the client stumbles in ways of its own.
        error = name_of(exception)
    return results + [Result(Fate.POSTPONED, error)] * (len(actions) - len(results))


def name_of(error: Exception) -> str:
    """Return an exception's class and Elasticsearch's status: nothing that quotes a card."""
    status = f" {error.status_code}" if isinstance(error, ApiError) else ""
    return type(error).__name__ + status


def _naming(index: str, kind: str, key: str, version: int) -> Action:
    return {
        "_index": writes_alias(index),
        "_id": document_id(kind, key),
        "version": version,
        "version_type": "external_gte",
    }


def _result(item: dict[str, Any]) -> Result:
    """Return what a part of an answer says that is no plain success."""
    if "exception" in item:  # the request as a whole, so no fault of the card
        return Result(Fate.POSTPONED, name_of(item["exception"]))
    status, error = item["status"], item.get("error")
    if status == 409 or error is None:  # removed already, or something newer is there
        return Result(Fate.DONE)
    kind = error["type"]
    if kind in NO_INDEX:
        return Result(Fate.GONE, kind)
    return Result(Fate.REFUSED if status in REFUSALS else Fate.POSTPONED, kind)
