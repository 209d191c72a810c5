"""From a wording to its entry in the record, as far as the public is shown it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from consultations.discussion.models import Comment, CommentVersion
from portal.record.models import Entry


class Place(NamedTuple):
    """
    A wording's place in the record, and what of it everybody reads there.

    `number` is its place in the record, None until the day of the entry has ended; `names` says
    whether the entry covers the name beside the wording.
    """

    number: int | None
    names: bool


def places_in_record(wordings: Iterable[Comment | CommentVersion]) -> Mapping[str, Place]:
    """Return the places of their entries by leaf, in one query; what has no entry is left out."""
    leaves = [wording.record_leaf for wording in wordings if wording.record_leaf]
    return {
        entry.leaf: Place(entry.index, (entry.statement or {}).get("content", 1) != 1)
        for entry in Entry.objects.filter(leaf__in=leaves)
    }
