"""Which guides cite a source, for its page and for whoever would delete it."""

import json
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language
from wagtail.models import Revision

from knowledge.guides.models import GuidePage, StateUse
from knowledge.sources.citations import places_in
from knowledge.sources.registry import CitedBy, Citing
from portal.search.pages import refresh


def citing(source: Any) -> Any:
    """Return the guides that cite a source, drafts included: at a word, or as a further one."""
    kept = {"text": Cast("body", TextField()), "list": Cast("further_sources", TextField())}
    asked = Q(text__contains=_at_word(source)) | Q(list__regex=_in_list(source))
    return GuidePage.objects.annotate(**kept).filter(asked)


def pages(source: Any) -> list[CitedBy]:
    """Return what anyone may read of them, in the reader's language first. One query."""
    found = citing(source).live_and_public().with_titles().select_related("locale")
    reader = get_language()
    guides = sorted(found, key=lambda each: (each.written_in != reader, each.title.casefold()))
    return [
        CitedBy(each.entry(), places_in(each.body.get_prep_value(), source.key)) for each in guides
    ]


def is_cited(source: Any) -> bool:
    """Say whether a guide or any revision of one cites a source."""
    if citing(source).exists() or StateUse.objects.filter(source=source).exists():
        return True
    kept = Revision.objects.filter(content_type__model="guidepage").annotate(
        text=Cast("content", TextField())
    )
    # A revision keeps a stream as text within its own text.
    return bool(
        kept.filter(text__contains=json.dumps(_at_word(source))[1:-1]).exists()
        or any(
            source.pk in _further(revision)
            for revision in kept.filter(text__contains="further_sources").iterator()
        )
    )


def changed(source: Any) -> None:
    """Write the search cards of the guides anew that cite a source: its name is found in them."""
    for guide in citing(source).live():
        refresh(guide)


def _at_word(source: Any) -> str:
    """Return what a stream keeps of a citation, in JSON."""
    return json.dumps(f'source="{source.key}"')[1:-1]


def _in_list(source: Any) -> str:
    return rf'"value": {source.pk}[,}}]'


def _further(revision: Revision) -> list[int]:
    kept = json.loads(revision.content.get("further_sources") or "[]")
    return [each["value"] for each in kept]


GUIDES = Citing(key="guides", pages=pages, is_cited=is_cited, changed=changed)
