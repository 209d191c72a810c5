"""A consultation whose texts stand in several languages beside the original."""

from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from consultations.calls.models.before_opening import BeforeOpening
from consultations.calls.texts.reading import Reading, in_words
from portal.languages import easy_words
from portal.languages.addresses import in_language
from portal.onion import on_the_open_web


class InSeveralLanguages(BeforeOpening):
    """
    One page, one docket, one set of answers, whatever the language in which it is read.

    `reading` says how a page is read that `in_language` returned; it is None in every other.
    """

    # In which languages texts are published beside it, so that no page asks where there are none.
    text_languages = models.JSONField(default=list, editable=False)
    reading: Reading | None = None
    texts: Any

    class Meta:
        abstract = True

    def in_language(self, language: str | None = None) -> Self:
        """
        Return it as it is read in a language, to be shown only: the active one if none is named,
        and then in easy words where these are asked for.

        What is not there, or not up to date, stays in the standard text of the language, then in
        the original (`language_of`). One query, and none where there are no texts in the language.
        """
        return read([self.reading.original if self.reading else self], language)[0]

    def language_of(self, unit: str) -> str:
        """Return the language in which something of it stands here: a field, "background.<id>"."""
        if self.reading is not None and unit in self.reading.units:
            return easy_words.language_of(self.reading.units[unit])
        return self.original_language

    def is_standard(self, unit: str) -> bool:
        """Say whether something of it stands here in standard words amid easy ones."""
        return self.reading is not None and unit in self.reading.in_standard_words

    @property
    def is_in_easy_words(self) -> bool:
        """Say whether anything of it is read in easy words."""
        units = self.reading.units if self.reading else {}
        return any(map(easy_words.is_tag, units.values()))

    @property
    def written_in(self) -> str:
        """Return the language of what its readers see of its editors' words."""
        return self.language_of("title")

    def original_url(self) -> str:
        """Return the address to cite: where its text is there, that in the reader's language."""
        with easy_words.asked(self.is_in_easy_words):
            if self.reading and self.reading.units:
                return self._url_in(self.reading.language)
            return super().original_url()

    def alternates(self) -> list[tuple[str, str]]:
        """
        List the languages in which its text is there, with addresses, for machines.

        Easy words are none of these, and list none.
        """
        others = [code for code in self.text_languages if not easy_words.is_tag(code)]
        if not others or easy_words.are_asked():
            return []
        return [(code, self._url_in(code)) for code in (self.original_language, *others)]

    def switch_of_words(self, path: str) -> dict[str, str]:
        """
        Return the way from `path`, one of its pages, to the same in easy words or back; {} where
        there are none in the reader's language.
        """
        if easy_words.are_asked():
            hint = gettext("All that is said here, as it was first written.")
            href = easy_words.without(path)
            return {"text": gettext("Standard text"), "href": href, "hint": hint}
        is_there = easy_words.tag_of(get_language() or "") in self.text_languages
        if not is_there or (href := easy_words.within(path)) == path:
            return {}
        hint = gettext("The same in short sentences.")
        return {"text": gettext("Easy words"), "href": href, "hint": hint}

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Return its address, in easy words where these are asked for."""
        parts = super().get_url_parts(request)
        if parts and parts[2] and easy_words.are_asked():
            return (*parts[:2], f"{parts[2]}{easy_words.PATH}/")
        return parts

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Lead to itself from its address in easy words too."""
        if path_components == [easy_words.PATH]:
            path_components = []
        return super().route(request, path_components)

    def _url_in(self, language: str) -> str:
        return on_the_open_web(in_language(self.get_url() or "", language))

    def refresh_from_db(self, using: Any = None, fields: Any = None, **kwargs: Any) -> None:
        """Put into the reader's words what is loaded late."""
        super().refresh_from_db(using=using, fields=fields, **kwargs)
        if self.reading and fields:
            self.reading.put_into(self, fields)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Refuse to save what was made to be read, and a second page of a consultation.

        Which texts are public is theirs to say (`translating.actions`), not that of a page in hand.
        """
        if self.reading:
            raise TypeError("A consultation in other words is to be read, not saved.")
        if self._state.adding:
            self.refuse_a_second_page()
        else:
            known = type(self).objects.filter(pk=self.pk).values_list("text_languages", flat=True)
            self.text_languages = known.first() or []
        super().save(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it in the reader's language, as far as its texts are there."""
        return super(InSeveralLanguages, self.in_language()).serve(request, *args, **kwargs)

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse a second page, with a docket, a deadline and answers of its own."""
        raise PermissionDenied(translated_here())

    def refuse_a_second_page(self) -> None:
        """Refuse to be the first page's translation, whichever way somebody made it."""
        twins = type(self).objects.filter(translation_key=self.translation_key)
        if twins.exclude(locale_id=self.locale_id).exists():
            raise PermissionDenied(translated_here())


def translated_here() -> str:
    """Say what to do instead of translating the page."""
    return gettext(
        "A consultation is one page in every language, with one deadline and one list of "
        "responses. Open it and choose “Texts in other languages”."
    )


def read(pages: Iterable[Any], language: str | None = None) -> list[Any]:
    """
    Return consultations as they are read in a language, in order: the active one if none is named,
    and then in easy words where these are asked for.

    One query for all, and none where none has texts in it.
    """
    pages = list(pages)
    easy = [easy_words.tag_of(get_language() or "")] if _are_easy(language) else []
    language = language or get_language() or ""
    wanted = [*easy, language]
    there = [
        page.pk
        for page in pages
        if not page.reading and not set(wanted).isdisjoint(page.text_languages)
    ]
    published: dict[Any, dict[str, Any]] = {}
    if there:
        found = pages[0].texts.model.objects.filter(consultation__in=there, language__in=wanted)
        for key, tag, words in found.values_list("consultation", "language", "published"):
            published.setdefault(key, {})[tag] = words
    return [_read(page, language, wanted, published.get(page.pk, {})) for page in pages]


def _are_easy(language: str | None) -> bool:
    return language is None and easy_words.are_asked()


def _read(page: Any, language: str, wanted: list[str], published: dict[str, Any]) -> Any:
    layers = {tag: published[tag] for tag in wanted if published.get(tag)}
    if page.reading or (page.original_language == language and not layers):
        return page
    return in_words(page, language, layers)


def read_of(rows: Iterable[Any]) -> list[Any]:
    """Return rows that have a `consultation`, which is as it is read in the active language."""
    rows = list(rows)
    for row, page in zip(rows, read([row.consultation for row in rows]), strict=True):
        row.consultation = page
    return rows
