"""Words as a file for translators' own programs, and back."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation import gettext as _

from portal.cms.texts.faults import cleaned, faults
from portal.cms.texts.progress import Row
from portal.cms.texts.segments import Segment
from portal.languages import easy_words

LARGEST = 2_000_000  # bytes: the longest page has far less


@dataclass
class Taken:
    """Contents of a file: words by key that are right, and what is wrong, with its line."""

    words: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Of(NamedTuple):
    """Owner of the words of a file, `project`, and their language: no other file will do."""

    project: str
    language: str

    @property
    def locale(self) -> str:
        """Return the language, or the tag of easy words, as such files name it."""
        return self.language.replace("-", "_")


def written(file: Of, rows: list[Row], *, is_public: bool) -> bytes:
    """
    Write all texts with what is there in a language, as a PO file.

    A text's key is its context. What translates an older original is marked as fuzzy. A file of
    what is not public says so.
    """
    catalogue = Catalog(locale=file.locale, project=file.project, version="", fuzzy=False)
    if not is_public:
        warning = _("Not published yet: give it to nobody outside.")
        catalogue.header_comment = f"# {warning}"
    for row in rows:
        catalogue.add(
            row.segment.text,
            row.words,
            context=row.segment.key,
            auto_comments=[row.name],
            flags=["fuzzy"] if row.is_old else [],
        )
    out = BytesIO()
    write_po(out, catalogue, width=0, sort_output=False)
    return out.getvalue()


def read(data: bytes, file: Of, segments: list[Segment]) -> Taken:
    """
    Read a file that `written` made, whatever became of it. Never raises.

    Nothing is taken of a file of another page or language, or of none. Of others each text
    is taken that is right; each that is not is a problem, with its line.
    """
    if len(data) > LARGEST:
        return Taken(problems=[_("This file is too large to be one of ours.")])
    try:
        catalogue = read_po(BytesIO(data), abort_invalid=True)
    except PoFileError as error:
        return Taken(problems=[_line((error.lineno or 0) + 1, str(error))])
    except UnicodeDecodeError:
        return Taken(problems=[_("This file is not written in UTF-8, or is no PO file.")])
    except (ValueError, LookupError, UnknownLocaleError):
        return Taken(problems=[_("This is not a PO file.")])
    if (project := f"{catalogue.project}".strip()) != file.project:
        told = {"project": project, "own": file.project}
        return Taken(
            problems=[_("This file is of “%(project)s”, and this page is %(own)s.") % told]
        )
    if str(catalogue.locale_identifier or "") != file.locale:
        return Taken(problems=[_("This file is in another language.")])
    are_easy = easy_words.is_tag(file.language)
    return _taken(catalogue, {each.key: each for each in segments}, are_easy)


def _taken(catalogue: Catalog, segments: dict[str, Segment], are_easy: bool) -> Taken:
    taken = Taken()
    for message in catalogue:
        if not message.id or not message.string:
            continue
        segment = segments.get(message.context or "")
        number = message.lineno or 0
        if segment is None:
            taken.problems.append(_line(number, _("This page has no such text.")))
        elif str(message.id).strip() != segment.text.strip():
            taken.problems.append(_line(number, _("The original has other words by now.")))
        elif message.fuzzy:
            taken.problems.append(_line(number, _("It is marked as unsure (fuzzy).")))
        else:
            words = cleaned(segment, str(message.string))
            found = list(faults(segment, words, are_easy=are_easy))
            taken.problems += [_line(number, each) for each in found]
            if not found:
                taken.words[segment.key] = words
    return taken


def _line(number: int, problem: str) -> str:
    return _("Line %(number)d: %(problem)s") % {"number": number, "problem": problem}
