"""What a reader is told of the language that they read a consultation in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from babel import Locale
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from consultations.calls.texts.units import area_of, unit_of_id

# What comes after the opening in the original too.
LATER = ("outcome_summary", "outcome_text", "dispositions", "cancel_reason")
LATER_ROWS = ("extensions", "corrigenda")


def language_notes(page: Any) -> list[str]:
    """
    Say in sentences, to who reads a ConsultationPage in another language than it was written in,
    what is not there in theirs, and what came to be there after the opening.
    """
    language = get_language() or ""
    if language == page.original_language:
        return []
    words = {"language": called(language), "original": called(page.original_language)}
    if page.reading is None or not page.reading.units:
        return [
            _(
                "The text of this consultation is not there in %(language)s. You read it in "
                "%(original)s; you may answer in any language."
            )
            % words
        ]
    return [*_missing(page, words), *_added(page)]


def called(code: str) -> str:
    """Return the name of a language as it stands in a sentence of the active one."""
    return str(Locale.parse(to_locale(get_language() or code)).languages.get(code, code))


def _missing(page: Any, words: dict[str, str]) -> Iterator[str]:
    subjects = [*page.questionnaire().parts, *page.questionnaire().questions]
    if any(each.language for each in subjects):
        yield (
            _(
                "Some of its words are not there in %(language)s. You read these in %(original)s; "
                "you may answer in any language."
            )
            % words
        )


def _added(page: Any) -> Iterator[str]:
    since = {
        key: datetime.fromisoformat(told["since"])
        for key, told in page.reading.published.items()
        if key in page.reading.words and area_of(key) not in (*LATER, *LATER_ROWS)
    }
    if not since or page.opens_at is None:
        return
    first = min(since.values())
    if first > page.opens_at:
        yield (
            _("This text was added on %(day)s, after the consultation had opened.")
            % {"day": date_format(first.date())}
        )
    by_day: dict[Any, list[str]] = {}
    for question in page.questionnaire().questions:
        own = [moment for key, moment in since.items() if _is_of(key, question.id)]
        if own and max(own) > page.opens_at and max(own).date() > first.date():
            by_day.setdefault(max(own).date(), []).append(question.number)
    for day, numbers in sorted(by_day.items()):
        yield (
            _("These questions were added in this language on %(day)s: %(numbers)s.")
            % {"day": date_format(day), "numbers": ", ".join(numbers)}
        )


def _is_of(key: str, question_id: str) -> bool:
    return key.startswith(f"{unit_of_id(question_id)}.")
