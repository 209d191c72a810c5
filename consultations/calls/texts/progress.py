"""How far the text of a consultation in a language is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.calls.texts.changes import languages_to_translate_into, originals_of
from consultations.calls.texts.segments import Segment
from portal.taxonomy.languages import name_of


@dataclass(frozen=True)
class Progress:
    """A language by its name, where it is written, how much is there, and where it stands."""

    language: str
    name: str
    href: str
    whole: int
    there: int
    out_of_date: int
    missing_in_public: int
    text: Any

    @property
    def in_words(self) -> str:
        """Return how much is there, such as "34 of 61, 2 out of date"."""
        told = {"there": self.there, "whole": self.whole, "old": self.out_of_date}
        if self.out_of_date:
            return _("%(there)d of %(whole)d, %(old)d out of date") % told
        return _("%(there)d of %(whole)d") % told

    @property
    def state(self) -> str:
        """Return where it stands, and what readers see of it meanwhile."""
        if not self.text.pk:
            return _("Not begun")
        if not self.text.published_on or self.text.state == self.text.State.PUBLISHED:
            return str(self.text.get_state_display())
        return _("%(state)s. An earlier text is public") % {"state": self.text.get_state_display()}


def progress_of(page: Any, text: Any, segments: list[Segment]) -> Progress:
    """Return how far one ConsultationText is, saved or not."""
    words, public = text.words, text.published
    said = [each for each in segments if each.key in words]
    read = [each for each in segments if public.get(each.key, {}).get("of") == each.digest]
    return Progress(
        language=text.language,
        name=name_of(text.language),
        href=reverse("consultation_text", args=[page.pk, text.language]),
        whole=len(segments),
        there=len(said),
        out_of_date=sum(words[each.key]["of"] != each.digest for each in said),
        missing_in_public=len(segments) - len(read),
        text=text,
    )


def progress(page: Any) -> list[Progress]:
    """List every language of the portal but the original's, with how far its text is."""
    segments = originals_of(page)
    known = {text.language: text for text in page.texts.all()}
    new = page.texts.model
    return [
        progress_of(page, known.get(code) or new(consultation=page, language=code), segments)
        for code in languages_to_translate_into(page)
    ]
