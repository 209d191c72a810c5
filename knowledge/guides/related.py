"""Which guides read like another."""

from django.core.cache import caches

from portal.search.engines import get_engine

MOST = 3
# Two more than are shown: one may have been withdrawn since.
REMEMBERED = MOST + 2
# What guides say changes rarely, and no page should wait for the index at every reading.
REMEMBERED_SECONDS = 3600


def related_ids(guide_id: int) -> list[int]:
    """
    Ids of the guides that read most like this one, the best first, remembered for an hour.

    Whoever shows them checks that they are still published.
    """
    key = f"guides-related-{guide_id}"
    ids: list[int] | None = caches["pages"].get(key)
    if ids is None:
        hits = get_engine().similar("guide", str(guide_id), kinds=["guide"], limit=REMEMBERED)
        ids = [int(hit.key) for hit in hits]
        caches["pages"].set(key, ids, REMEMBERED_SECONDS)
    return ids
