"""Which guides read like another."""

from typing import Any

from django.core.cache import caches
from django.utils.translation import get_language

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


def in_readers_language(guides: Any, guide: Any) -> list[Any]:
    """
    Return, of the `guides` that may be shown, those that read most like one, the best first.

    Each in the reader's language where it is there; `guide` itself is left out in any. One query
    beside what `related_ids` takes.
    """
    if not (ids := related_ids(guide.pk)):
        return []
    alike = guides.model.objects.filter(pk__in=ids).values("translation_key")
    by_id = guides.filter(translation_key__in=alike).in_bulk()
    own = {v.translation_key: v for v in by_id.values() if v.content_language == get_language()}
    found: dict[Any, Any] = {}
    for version in (by_id[pk] for pk in ids if pk in by_id):
        if version.translation_key != guide.translation_key:
            found.setdefault(version.translation_key, own.get(version.translation_key, version))
    return list(found.values())[:MOST]
