"""What a new text in a language would change of words that people have read there."""

from typing import Any, NamedTuple

from django.conf import settings

from consultations.calls.texts.listing import segments_of
from consultations.calls.texts.units import is_frozen
from portal.cms.texts.segments import Segment
from portal.languages import easy_words


def originals_of(page: Any) -> list[Segment]:
    """
    List what there is to translate of a ConsultationPage: what is public, and of its draft what is
    not public yet, so that an outcome can appear in all languages at once.
    """
    public = {each.key: each for each in segments_of(page)} if page.live else {}
    if page.live and not page.has_unpublished_changes:
        return [*public.values()]
    drafted = {each.key: each for each in segments_of(page.get_latest_revision_as_object())}
    return [*(drafted | public).values()]


class Change(NamedTuple):
    """Other words of one question or section: `subject` is its id, `what` which words of it."""

    subject: str
    what: str
    before: str
    after: str


def changes_to_answered_words(text: Any, segments: list[Segment]) -> list[Change]:
    """
    List what a ConsultationText changes of what is public of questions, in their order.

    What is public for the first time changes nothing.
    """
    found = []
    for segment in segments:
        before = text.published.get(segment.key)
        if not is_frozen(segment.key) or before is None:
            continue
        after = text.words.get(segment.key, {}).get("text", "")
        if after != before["text"]:
            _area, subject, what = segment.key.split(".")[:3]
            found.append(Change(subject, what, before["text"], after))
    return found


def languages_to_write_in(page: Any) -> list[str]:
    """
    List what a consultation can be written in beside its original: by code the other languages in
    which the portal is read, then by tag the easy words of each.
    """
    languages = [code for code, _name in settings.LANGUAGES]
    others = [code for code in languages if code != page.original_language]
    first = [page.original_language] if page.original_language in languages else []
    return [*others, *map(easy_words.tag_of, [*first, *others])]
