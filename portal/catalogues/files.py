"""The files of the catalogues: read, brought up to date, written, compiled."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.conf import settings

# Lines of the head that change with the day or the tools, or that nobody filled in.
NOISE = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|Generated-By):.*\n'
    rb'|^"[\w-]+: .*(YEAR-MO-DA|FULL NAME|LL@li\.org).*\n',
    flags=re.MULTILINE,
)
# A comment, or a string between quotes, after its keyword or on a line of its own.
LINE = re.compile(r"""(#.*)?|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"(\\.|[^"\\])*\"""")


class NotACatalogueError(ValueError):
    """A file that cannot be read as a catalogue, and the line where that shows."""

    def __init__(self, file: Path, line: int, words: str) -> None:
        super().__init__(file, line, words)
        self.file = file
        self.line = line
        self.words = words

    def __str__(self) -> str:
        return f"{language_of(self.file)}, line {self.line}: {self.words}"


def folder() -> Path:
    """Return the folder of all catalogues."""
    return Path(settings.LOCALE_PATHS[0])


def template_file() -> Path:
    """Return the file with every message and no translation."""
    return folder() / "messages.pot"


def language_files(within: Path | None = None) -> list[Path]:
    """List the catalogues of languages, by language."""
    return sorted((within or folder()).glob("*/LC_MESSAGES/django.po"))


def language_of(file: Path) -> str:
    """Return the language of a catalogue as its folder names it, e.g. "pt_BR"."""
    return file.parent.parent.name


def read(file: Path) -> Catalog:
    """
    Read the catalogue of a language; raise NotACatalogueError where it is none.

    Babel would read a broken line as well as it can, and write it back without what it lost.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise NotACatalogueError(file, 1, "not written in UTF-8") from None
    for number, line in enumerate(lines, start=1):
        if not LINE.fullmatch(line.strip()):
            raise NotACatalogueError(file, number, "not a line of a catalogue")
    if number := _second_time(lines):
        raise NotACatalogueError(file, number, "this message stands here a second time")
    try:
        return read_po(BytesIO(file.read_bytes()), locale=language_of(file), abort_invalid=True)
    except PoFileError as error:
        place = (error.lineno or 0) + 1
        raise NotACatalogueError(file, place, f"not a catalogue: {error}") from None


def read_template() -> Catalog:
    """Read the file with every message and no translation."""
    with template_file().open("rb") as opened:
        return read_po(opened, abort_invalid=True)


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue out: the same messages give the same bytes on every day."""
    out = BytesIO()
    write_po(out, catalogue, include_lineno=False, ignore_obsolete=True)
    return NOISE.sub(b"", out.getvalue())


def write(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue to a file, and make the folders that it needs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written(catalogue))


def update(catalogue: Catalog, template: Catalog) -> None:
    """
    Bring the catalogue of a language up to date with the messages of the sources.

    Translations stay. What is in the sources no more is dropped, and what is new is empty: nothing
    is guessed from a message that looks alike, nor from one that was or is now a plural.
    """
    kept = {_key(each) for each in messages_in(catalogue) if each.fuzzy}
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in messages_in(catalogue):
        if message.fuzzy and _key(message) not in kept:
            message.flags.discard("fuzzy")
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""


def compiled_file(file: Path) -> Path:
    """Return the file that is made of a catalogue, for the portal to read."""
    return file.with_suffix(".mo")


def compile_all(files: list[Path]) -> list[Path]:
    """Compile catalogues, and return the files that were written; fuzzy messages stay out."""
    made = [compiled_file(file) for file in files]
    for file, compiled in zip(files, made, strict=True):
        compile_to(compiled, read(file))
    return made


def compile_to(file: Path, catalogue: Catalog) -> None:
    """Compile a catalogue to a file."""
    out = BytesIO()
    write_mo(out, catalogue, use_fuzzy=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(out.getvalue())


def not_compiled(files: Iterable[Path]) -> list[Path]:
    """List the catalogues that have changed since they were compiled, or never were."""
    return [
        file
        for file in files
        if not compiled_file(file).exists()
        or compiled_file(file).stat().st_mtime < file.stat().st_mtime
    ]


def _second_time(lines: list[str]) -> int:
    """Return the line of the first message that stood before, by context and words; 0 if none."""
    seen: set[tuple[str, str]] = set()
    context = words = ""
    keyword, begun = "", 0
    for number, line in enumerate(lines, start=1):
        before, quote, text = line.strip().partition('"')
        if before.startswith("#") or not quote:
            continue
        keyword = before.strip() or keyword
        if keyword == "msgctxt":
            context = text if before else context + text
        elif keyword == "msgid":
            words, begun = (text, number) if before else (words + text, begun)
        elif begun:
            if (context, words) in seen:
                return begun
            seen.add((context, words))
            context, begun = "", 0
    return 0


def messages_in(catalogue: Catalog) -> list[Message]:
    """List the messages of a catalogue, without its head."""
    return [each for each in catalogue if each.id]


def _key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context
