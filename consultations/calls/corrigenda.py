"""Corrigenda as the public reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consultations.questionnaires.parts import Questionnaire
from portal.search.cards import plain_text


@dataclass(frozen=True)
class Shown:
    """One correction; `before` and `after` are plain text, either may be empty."""

    at: datetime
    where: str
    before: str
    after: str
    reason: str


def shown(corrigenda: Iterable[Any], questionnaire: Questionnaire) -> list[Shown]:
    """Return each corrigendum with the number of what it corrects, in the order given."""
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
        )
        for each in corrigenda
    ]


def _where(place: str, corrigendum: Any) -> str:
    if corrigendum.what == "text":
        return place
    return ", ".join(filter(None, (place, str(corrigendum.get_what_display()))))


def _plain(corrigendum: Any, words: str) -> str:
    return plain_text(words) if corrigendum.what == "introduction" else words
