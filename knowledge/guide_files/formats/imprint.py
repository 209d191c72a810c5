"""What every file says of itself: which guide it is of, as of which day, and on what it rests."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.guide_files.formats.pieces import Paragraph, Run, clean, leading, said
from knowledge.guide_files.rendering import address_of, language_of_interface, version_of
from knowledge.guides.models import GuidePage
from knowledge.sources.citations import places_in
from knowledge.sources.models import Source
from portal.taxonomy.languages import direction_of
from portal.text import clean_line


@dataclass(frozen=True)
class Imprint:
    """
    A guide as its files name it. `day` is that of the version; no finer time is told.

    `ours` is the language of the portal's own words where the guide has another, else "".
    """

    title: str
    language: str
    ours: str
    owner: str
    address: str
    day: date
    version: str

    @property
    def is_right_to_left(self) -> bool:
        return runs_right_to_left(self.language)

    def note(self, words: str) -> Paragraph:
        """Return words of the portal's as a small paragraph."""
        return said("small", words, self.ours)

    def heading(self, words: str, *, on_new_page: bool = False) -> Paragraph:
        """Return words of the portal's as a heading."""
        return said("heading", words, self.ours, on_new_page=on_new_page)

    def as_of(self) -> str:
        """Return which version it is and from which day, as a sentence has it."""
        told = {"number": self.version, "day": date_format(self.day)}
        if not self.version:
            return _("Published on %(day)s") % told
        return _("Version %(number)s, published on %(day)s") % told


def runs_right_to_left(language: str) -> bool:
    """Say whether a language is written from right to left."""
    return direction_of(language) == "rtl"


def imprint_of(guide: GuidePage) -> Imprint:
    """Return what the files of a published guide say of it."""
    ours = language_of_interface(guide)
    return Imprint(
        title=clean_line(clean(guide.title)),
        language=guide.written_in,
        ours="" if ours == guide.written_in else ours,
        owner=clean_line(clean(guide.owner_unit)),
        address=address_of(guide),
        day=timezone.localdate(guide.last_published_at),
        version=version_of(guide),
    )


def beginning(guide: GuidePage, imprint: Imprint) -> list[Paragraph]:
    """Return the title, where the guide is found, which version this is, and what is overdue."""
    found = Run(clean(_("This guide on the portal")) + ": ", language=imprint.ours)
    address = leading(imprint.address)
    told = [
        said("title", imprint.title),
        Paragraph("small", (found, address)),
        imprint.note(imprint.as_of()),
    ]
    if guide.review_due and guide.is_overdue(timezone.localdate()):
        due = _(
            "The review of this guide was due on %(day)s. Check the source before you rely on the "
            "guide."
        )
        told.append(imprint.note(due % {"day": date_format(guide.review_due)}))
    caveat = _(
        "A file does not change. Before you rely on it, look at the page: it may say more by now, "
        "or be withdrawn."
    )
    return [*told, imprint.note(caveat)]


def numbers_of(guide: GuidePage) -> dict[str, int]:
    """Return the number of each source that the guide cites, by its key."""
    return {key: number for number, key in enumerate(guide.sources.cited, 1)}


def sources_of(guide: GuidePage, imprint: Imprint, *, on_new_page: bool = False) -> list[Paragraph]:
    """Return the list of sources as numbered, then the further ones; nothing without any."""
    if not guide.sources:
        return []
    body = guide.body.get_prep_value()
    told = [imprint.heading(_("Sources"), on_new_page=on_new_page)]
    for key, source in guide.sources.cited.items():
        places = "; ".join(places_in(body, key))
        told.append(_source("number", source, imprint, places, begins=len(told) == 1))
    if guide.sources.cited and guide.sources.further:
        told.append(said("subheading", _("Further sources"), imprint.ours))
    further = guide.sources.further
    told += [_source("bullet", each, imprint, begins=each is further[0]) for each in further]
    return told


def _source(
    kind: "str", source: Source, imprint: Imprint, places: str = "", *, begins: bool
) -> Paragraph:
    titled = source.titled_in(imprint.language)
    facts = [source.issuer, source.number, str(source.dated or source.year or "")]
    about = ", ".join(each for each in facts if each)
    runs = [Run(clean(titled.title), italic=True, language=_other(titled.language, imprint))]
    if about:
        runs.append(Run(clean(f", {about}"), language=_other(source.language, imprint)))
    if places:
        runs.append(Run(clean(f" ({places})"), language=imprint.ours))
    if titled.address.startswith(("https://", "http://")):
        runs.append(Run("\n"))
        runs.append(leading(clean(titled.address)))
    return Paragraph("bullet" if kind == "bullet" else "number", tuple(runs), begins=begins)


def _other(language: str, imprint: Imprint) -> str:
    return "" if language == imprint.language else language


def in_its_language(guide: GuidePage) -> translation.override:
    """Have the portal's own words in the language of the files of a guide."""
    return translation.override(language_of_interface(guide))
