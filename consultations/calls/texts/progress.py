"""How far the text of a consultation in a language is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.calls.texts.changes import languages_to_write_in, originals_of
from portal.cms.texts.progress import Progress, Row, counts
from portal.cms.texts.segments import Segment
from portal.languages import easy_words
from portal.taxonomy.languages import name_of


@dataclass(frozen=True)
class TextProgress(Progress):
    """The state of a ConsultationText, and how much of what is public is read in the original."""

    missing_in_public: int
    text: Any

    @property
    def are_easy(self) -> bool:
        """Say whether it is one of easy words."""
        return easy_words.is_tag(self.language)

    @property
    def state(self) -> str:
        """Return where it stands, and what readers see of it meanwhile."""
        if not self.text.pk:
            return _("Not begun")
        if not self.text.published_on or self.text.state == self.text.State.PUBLISHED:
            return str(self.text.get_state_display())
        return _("%(state)s. An earlier text is public") % {"state": self.text.get_state_display()}


def name_of_words(tag: str) -> str:
    """Return what staff call a text in a language, or in its easy words."""
    if easy_words.is_tag(tag):
        # Translators: a text in a language, such as "Easy words, English".
        return _("Easy words, %(language)s") % {"language": name_of(easy_words.language_of(tag))}
    return name_of(tag)


def rows_of(text: Any, segments: list[Segment], places: Mapping[str, str]) -> list[Row]:
    """List every segment, by its name in `places`, with what a ConsultationText has for it."""
    rows = []
    for segment in segments:
        told = text.words.get(segment.key, {})
        is_old = bool(told) and told["of"] != segment.digest
        rows.append(Row(segment, places[segment.key], told.get("text", ""), is_old=is_old))
    return rows


def progress_of(page: Any, text: Any, segments: list[Segment]) -> TextProgress:
    """Return how far one ConsultationText is, saved or not."""
    public = text.published
    read = [each for each in segments if public.get(each.key, {}).get("of") == each.digest]
    return TextProgress(
        language=text.language,
        name=name_of_words(text.language),
        href=reverse("consultation_text", args=[page.pk, text.language]),
        **counts(rows_of(text, segments, {each.key: "" for each in segments})),
        missing_in_public=len(segments) - len(read),
        text=text,
    )


def progress(page: Any) -> list[TextProgress]:
    """List all that a consultation can be written in, with how far its text is."""
    segments = originals_of(page)
    known = {text.language: text for text in page.texts.all()}
    new = page.texts.model
    return [
        progress_of(page, known.get(code) or new(consultation=page, language=code), segments)
        for code in languages_to_write_in(page)
    ]
