"""Corrigenda as the public reads them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consultations.calls.texts.listing import CORRIGENDA
from consultations.calls.texts.reading import own_words
from portal.languages import easy_words
from portal.search.cards import plain_text

HTML = "introduction"


@dataclass(frozen=True)
class Shown:
    """
    One correction; `before` and `after` are plain text in `language`, either may be empty.

    The reason is in `language_of_reason`.
    """

    at: datetime
    where: str
    before: str
    after: str
    reason: str
    language: str
    language_of_reason: str


def shown(page: Any) -> list[Shown]:
    """
    List the corrigenda of a ConsultationPage, each with the number of what it corrects: those of
    the original, and of the language and words in which the page is read.
    """
    languages = ["", *page.reading.layers] if page.reading else [""]
    found = own_words(page, CORRIGENDA, page.corrigenda.filter(language__in=languages))
    questionnaire = page.questionnaire()
    places = {
        # Translators: a section of a questionnaire.
        part.id: _("Section %(number)s") % {"number": part.number}
        for part in questionnaire.parts
    }
    places |= {
        question.id: _("Question %(number)s") % {"number": question.number}
        for question in questionnaire.questions
    }
    return [
        Shown(
            at=each.at,
            where=_where(places.get(each.subject, ""), each),
            before=_plain(each, each.before),
            after=_plain(each, each.after),
            reason=each.reason,
            language=easy_words.language_of(each.language) or page.original_language,
            # Whoever corrects a translation says why in its language.
            language_of_reason=easy_words.language_of(each.language) or each.language_of_reason,
        )
        for each in found
    ]


def _where(place: str, corrigendum: Any) -> str:
    if corrigendum.what == "text":
        return place
    return ", ".join(filter(None, (place, str(corrigendum.get_what_display()))))


def _plain(corrigendum: Any, words: str) -> str:
    return plain_text(words) if corrigendum.what == HTML else words
