"""
The citations of a page: numbers at the words, and the list of sources at its end.

A source has one number, in the order in which the text first cites it, as reports of the United
Nations system and medical journals number theirs. Each place in it that the text names has its own
line in the list, to which the number at the word leads.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup
from wagtail.rich_text.rewriters import extract_attrs

from knowledge.sources.marks import citations_in, of_attributes
from knowledge.sources.models import Source
from knowledge.sources.pinpoints import in_words
from knowledge.sources.queries import with_silent_links
from portal.taxonomy.languages import direction_of

# A citation as the rich text shows it where nobody has numbered it.
SHOWN = re.compile(r'<a(\b[^>]*\bdata-cite="[^>]*)>.*?</a>', re.DOTALL)


@dataclass
class Place:
    """A place in a source, and the fragments of the words that rest on it."""

    pinpoint: str
    fragment: str
    words: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> str:
        return in_words(self.pinpoint)


@dataclass
class Entry:
    """A source in the list, with its number and the places that are cited."""

    number: int
    source: Source
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def fragment(self) -> str:
        return f"source-{self.number}"

    def place(self, pinpoint: str) -> Place:
        """Return the place of a pinpoint, made where it is new."""
        at = len(self.places) + 1
        return self.places.setdefault(pinpoint, Place(pinpoint, f"{self.fragment}-{at}"))

    def spoken(self, place: Place) -> str:
        """Return what a number is read out as, e.g. "Source 3, Article 5(1)"."""
        told = {"number": self.number, "place": place.in_words}
        if not place.pinpoint:
            return _("Source %(number)d") % told
        # Translators: what a number in the text is read out as, e.g. “Source 3, Article 5(1)”.
        return _("Source %(number)d, %(place)s") % told


@dataclass(frozen=True)
class Rested:
    """Sources that a page rests on: those that its sentences cite, by key, and further ones."""

    cited: Mapping[str, Source]
    further: tuple[Source, ...]

    def all(self) -> list[Source]:
        """Return each source once: those that are cited in their order, then the further ones."""
        return [*self.cited.values(), *self.further]

    def __bool__(self) -> bool:
        return bool(self.cited or self.further)


def sources_of(body: Any, further: Iterable[int] = ()) -> Rested:
    """
    Return what a page rests on, in one query; in none where it cites nothing.

    `body` is what its stream keeps, `further` are the ids of sources that are not cited at a word.
    """
    keys = list(dict.fromkeys(each.key for each in citations_in(body)))
    ids = list(dict.fromkeys(further))
    if not keys and not ids:
        return Rested({}, ())
    found = with_silent_links(list(Source.objects.wanted(keys, ids)))
    by_key, by_id = {each.key: each for each in found}, {each.pk: each for each in found}
    cited = {key: by_key[key] for key in keys if key in by_key}
    rest = (by_id[pk] for pk in ids if pk in by_id)
    return Rested(cited, tuple(each for each in rest if each.key not in cited))


def numbered(html: str, sources: Mapping[str, Source], language: str) -> tuple[Markup, list[Entry]]:
    """
    Return a page's text with a number at each word that rests on a source, and the list of sources.

    `html` is the text as shown, in `language`. A citation of an unknown source is left out.
    """
    entries: dict[str, Entry] = {}

    def number_at(match: re.Match[str]) -> str:
        attributes = extract_attrs(match[1])
        told = {"source": attributes["data-cite"], "pinpoint": attributes.get("data-pinpoint")}
        citation = of_attributes(told)
        if citation.key not in sources:
            return ""
        new = Entry(len(entries) + 1, sources[citation.key])
        entry = entries.setdefault(citation.key, new)
        place = entry.place(citation.pinpoint)
        place.words.append(f"at-{place.fragment}-{len(place.words) + 1}")
        return str(_number(entry, place, language))

    return Markup(SHOWN.sub(number_at, html)), list(entries.values())  # noqa: S704 - it was HTML


def lacking(body: Any, *, need_places: bool) -> list[str]:
    """Say in sentences what the citations of a text lack; a query where it cites anything."""
    cited = list(dict.fromkeys(citations_in(body)))
    if not cited:
        return []
    keys = {each.key for each in cited}
    known = set(Source.objects.filter(key__in=keys).values_list("key", flat=True))
    told = [_no_source(key) for key in sorted(keys - known)]
    if need_places:
        bare = dict.fromkeys(each.key for each in cited if each.key in known and not each.pinpoint)
        told += [_no_place(key) for key in bare]
    return told


def places_in(body: Any, key: str) -> list[str]:
    """Return the places that a text names in a source, in the reader's words, each once."""
    found = (each.pinpoint for each in citations_in(body) if each.key == key and each.pinpoint)
    return [in_words(each) for each in dict.fromkeys(found)]


def _number(entry: Entry, place: Place, language: str) -> Markup:
    reader = get_language() or language
    marks = Markup("")
    if reader != language:
        marks = Markup(' lang="{}" dir="{}"').format(reader, direction_of(reader))
    return Markup(
        '<sup class="cited" id="{}"><a href="#{}" aria-label="{}"{}>[{}]</a></sup>'
    ).format(place.words[-1], place.fragment, entry.spoken(place), marks, entry.number)


def _no_source(key: str) -> str:
    return _("The text cites “%(key)s”, which is not in the library of sources.") % {"key": key}


def _no_place(key: str) -> str:
    told = _("Say where in “%(key)s” the text rests: an article, a page, a principle.")
    return told % {"key": key}
