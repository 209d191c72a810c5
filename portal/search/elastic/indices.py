"""
The indices in Elasticsearch, and the aliases that say what each of them is for.

    <name>            the one that is searched
    <name>-building   those that a rebuild is filling, or a rebuild that died has left
    <name>-retired    those that were searched until a moment ago
    <index>-WRITES    an index's own, by which alone it is written to

A write creates an index where there is none of its name: of one that has just gone, say. No index
may be called what has a capital letter, so such a write fails. (`require_alias`, which is meant for
this, does nothing for deletions.)

Everything of ours is found by these aliases and by no pattern, so that the indices of another
portal with a similar name on the same cluster stay untouched.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from elasticsearch import BadRequestError

from portal.search import outbox
from portal.search.elastic.client import get_client
from portal.search.elastic.documents import definition

# How long Elasticsearch remembers the version of what was deleted: longer than anyone who is late
# with an older state could be.
TOMBSTONES = "1h"
# Deliveries and rebuilds refresh for themselves.
REFRESH = "30s"
# How long a new index waits for its replicas, without which it would not survive a node.
REPLICAS_SECONDS = "10s"
# However little of a file was deleted, it is written anew when that is asked for (`erasure.py`).
EXPUNGE_ALL = {"index.merge.policy.expunge_deletes_allowed": 0}


class AliasesNotSetError(Exception):
    """Not every node heard of a change of aliases in time."""


def search_alias() -> str:
    """Return the name to search."""
    return settings.ELASTICSEARCH_INDEX


def building_alias() -> str:
    return f"{search_alias()}-building"


def retired_alias() -> str:
    return f"{search_alias()}-retired"


def writes_alias(index: str) -> str:
    """Return the name by which an index is written to."""
    return f"{index}-WRITES"


def live() -> list[str]:
    """Return the index that is searched; more only for the moment after two were made at once."""
    return _behind(search_alias())


def writable() -> list[str]:
    """List the indices that must hear of changes: the searched one and those being built."""
    return _behind(search_alias(), building_alias())


def leftovers() -> list[str]:
    """List what no search reads: indices that are retired, being built, or were given up."""
    return _behind(building_alias(), retired_alias())


def new_name() -> str:
    """Make a name that sorts last: `portal-cards-20261124120000000000`, in UTC."""
    return f"{search_alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def create(index: str, *aliases: str) -> None:
    """
    Make an index with our mapping, behind these aliases; waits a little for its replicas.

    Raises what the client raises, BadRequestError where it exists.
    """
    made_of = definition()
    get_client().indices.create(
        index=index,
        mappings=made_of["mappings"],
        settings={**made_of["settings"], **_settings()},
        aliases={alias: {} for alias in (writes_alias(index), *aliases)},
        wait_for_active_shards="all",
        timeout=REPLICAS_SECONDS,
    )


def ensure() -> None:
    """
    Have an index behind the alias, so that an Elasticsearch that is new, or lost its data, fills.

    The first one is made empty, and every card is entered in the outbox before it is searched:
    what is not delivered yet is left to the database. Any number of processes may do so at once.
    """
    indices = live()
    if not indices:
        # The same name for all who try at once; it sorts before those of rebuilds.
        index = f"{search_alias()}-0"
        try:
            create(index)
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
        outbox.add_all()
        _change_aliases({"add": {"index": index, "alias": search_alias()}})
    elif len(indices) > 1:
        # A rebuild swapped while another process made the first one.
        retire(indices[:-1])


def swap(index: str, old: Iterable[str]) -> None:
    """
    Have this index, until now being built, searched in place of the old ones.

    All at once: a search finds either. The old are no longer written to but stay until `discard`,
    for the searches that are reading them. Raises NotFoundError, with nothing changed, where the
    index has gone or is no longer being built.
    """
    _change_aliases(
        {"remove": {"index": index, "alias": building_alias(), "must_exist": True}},
        {"add": {"index": index, "alias": search_alias()}},
        *_retiring(old),
    )


def retire(indices: Iterable[str]) -> None:
    """Have these no longer searched or written to."""
    _change_aliases(*_retiring(indices))


def discard(indices: Iterable[str]) -> None:
    """Delete these, those already gone included."""
    for index in indices:
        get_client().options(ignore_status=404).indices.delete(index=index)


def refresh(indices: Iterable[str]) -> bool:
    """
    Make what was written to these findable; whether every copy of every part did.

    Raises NotFoundError where one has gone.
    """
    answer = get_client().indices.refresh(index=list(indices))
    return answer["_shards"]["failed"] == 0


def count(index: str) -> int | None:
    """Count the cards that the index holds, as searches see it; None where a part of it is away."""
    answer = get_client().count(index=index)
    return None if answer["_shards"]["failed"] else answer["count"]


def _behind(*aliases: str) -> list[str]:
    answer = get_client().options(ignore_status=404).indices.get_alias(name=list(aliases))
    # Where an alias is missing, its error stands beside the indices of the others.
    return sorted(name for name, found in answer.body.items() if isinstance(found, dict))


def _retiring(indices: Iterable[str]) -> list[dict]:
    return [
        action
        for index in indices
        for action in (
            {"remove": {"index": index, "alias": search_alias()}},
            {"add": {"index": index, "alias": retired_alias()}},
        )
    ]


def _change_aliases(*actions: dict) -> None:
    answer = get_client().indices.update_aliases(actions=list(actions))
    if not answer["acknowledged"]:
        raise AliasesNotSetError


def _settings() -> dict[str, str | int]:
    replicas = settings.ELASTICSEARCH_REPLICAS
    return {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "auto_expand_replicas" if "-" in replicas else "number_of_replicas": replicas,
        "gc_deletes": TOMBSTONES,
        "refresh_interval": REFRESH,
    }
