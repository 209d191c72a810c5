"""The Atom feed of a search."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.saved_searches.criteria import Asked, labels_of
from portal.saved_searches.news import entered_of
from portal.search.engines import database_engine
from portal.search.query import Hit
from portal.search.registry import marks_of, notes_of
from portal.web.atom import BEFORE_ALL, Entry, Feed

ENTRIES = 50


def feed_of(asked: Asked, language: str) -> Feed:
    """Return the newest `ENTRIES` public things that are asked for; seven statements at most."""
    hits = database_engine().search(asked.search_query(per_page=ENTRIES)).hits
    marks, notes = marks_of(hits), notes_of(hits)
    return Feed(
        title=asked.in_words(labels_of([asked])),
        subtitle=_("What is new for a search"),
        page=asked.page_address(language),
        address=asked.feed_address(language),
        language=language,
        entries=[
            Entry(
                kind=hit.kind,
                key=hit.key,
                title=hit.title.striptags() or hit.kind_label,
                path=hit.url,
                at=moment,
                summary=" · ".join(
                    filter(
                        None,
                        [
                            marks.get((hit.kind, hit.key)),
                            notes.get((hit.kind, hit.key)),
                            hit.summary.striptags(),
                        ],
                    )
                ),
                label=hit.kind_label,
                language=hit.shown_in,
            )
            for hit, moment in zip(hits, _moments(hits, notes), strict=True)
        ],
    )


def _moments(hits: Sequence[Hit], notes: Mapping[tuple[str, str], str]) -> list[datetime]:
    """
    Return the date of each; of what has none, or one to come, or changed, when it came in (again).

    All stay the same however often the index is written anew, so no reader is told twice.
    """
    now = timezone.now()
    dates = [
        hit.date if hit.date and hit.date <= now and (hit.kind, hit.key) not in notes else None
        for hit in hits
    ]
    entered = entered_of(hit for hit, date in zip(hits, dates, strict=True) if date is None)
    return [
        date or entered.get((hit.kind, hit.key), BEFORE_ALL)
        for hit, date in zip(hits, dates, strict=True)
    ]
