"""What a reader is told of the language that they read a consultation in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from babel import Locale
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from consultations.calls.texts.units import area_of, unit_of, unit_of_id
from portal.languages import easy_words

# What comes after the opening in the original too.
LATER = ("outcome_summary", "outcome_text", "dispositions", "cancel_reason")
LATER_ROWS = ("extensions", "corrigenda")


def language_notes(page: Any) -> list[str]:
    """
    Say in sentences what of a ConsultationPage is not there in the words that are read, and what of
    these came to be there after the opening; nothing to who reads the original.
    """
    language = get_language() or ""
    tags = [language] if language != page.original_language else []
    told = list(_of_easy_words(page)) if easy_words.are_asked() else []
    if tags and not _words_in(page, tags[0]) and not page.is_in_easy_words:
        return [*told, _nothing_there(page, language)]
    if tags:
        told += _missing(page, language)
    if page.is_in_easy_words:
        tags.append(easy_words.tag_of(language))
    return [*told, *(each for tag in tags for each in _added(page, tag))]


def _of_easy_words(page: Any) -> Iterator[str]:
    if not page.is_in_easy_words:
        yield _("This consultation is not there in easy words. You read the standard text.")
    elif page.reading.in_standard_words:
        yield _(
            "Some parts are not there in easy words. They are marked “Standard text”. You may "
            "answer them too."
        )


def _words_in(page: Any, tag: str) -> set[str]:
    """Return the units that stand in the words of a tag."""
    units = page.reading.units if page.reading else {}
    return {unit for unit, own in units.items() if own == tag}


def _nothing_there(page: Any, language: str) -> str:
    return _(
        "The text of this consultation is not there in %(language)s. You read it in "
        "%(original)s; you may answer in any language."
    ) % {"language": called(language), "original": called(page.original_language)}


def called(code: str) -> str:
    """Return the name of a language as it stands in a sentence of the active one."""
    return str(Locale.parse(to_locale(get_language() or code)).languages.get(code, code))


def _missing(page: Any, language: str) -> Iterator[str]:
    subjects = [*page.questionnaire().parts, *page.questionnaire().questions]
    if any(each.language for each in subjects):
        yield (
            _(
                "Some of its words are not there in %(language)s. You read these in %(original)s; "
                "you may answer in any language."
            )
            % {"language": called(language), "original": called(page.original_language)}
        )


def _added(page: Any, tag: str) -> Iterator[str]:
    """Yield what came after the opening in the words of a tag, where they are read."""
    units = _words_in(page, tag)
    since = {
        key: datetime.fromisoformat(told["since"])
        for key, told in (page.reading.layers.get(tag, {}) if page.reading else {}).items()
        if unit_of(key) in units and area_of(key) not in (*LATER, *LATER_ROWS)
    }
    if not since or page.opens_at is None:
        return
    first = min(since.values())
    is_easy = easy_words.is_tag(tag)
    if first > page.opens_at:
        told = (
            _("The easy words were added on %(day)s, after the consultation had opened.")
            if is_easy
            else _("This text was added on %(day)s, after the consultation had opened.")
        )
        yield told % {"day": date_format(first.date())}
    by_day: dict[Any, list[str]] = {}
    for question in page.questionnaire().questions:
        own = [moment for key, moment in since.items() if _is_of(key, question.id)]
        if own and max(own) > page.opens_at and max(own).date() > first.date():
            by_day.setdefault(max(own).date(), []).append(question.number)
    for day, numbers in sorted(by_day.items()):
        told = (
            _("These questions were added in easy words on %(day)s: %(numbers)s.")
            if is_easy
            else _("These questions were added in this language on %(day)s: %(numbers)s.")
        )
        yield told % {"day": date_format(day), "numbers": ", ".join(numbers)}


def _is_of(key: str, question_id: str) -> bool:
    return key.startswith(f"{unit_of_id(question_id)}.")
