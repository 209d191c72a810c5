"""The files of a library, read once; all that is checked is asked of it."""

from functools import cached_property
from pathlib import Path

from portal.management.library.checking.fault import Fault
from portal.management.library.checking.reading import Document, Part, read, said, texts

WRITTEN_IN = "en"
LANGUAGES = ("en", "fr", "es", "ru", "ar")
TRANSLATIONS = LANGUAGES[1:]


class Library:
    """A folder of guides, paths, sources, points, titles and figures. No database is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # What could not be read; what hangs on such a file is not checked.
        self.unread: list[Fault] = []
        self.guides: dict[str, dict[str, Document]] = {}
        self.slugs: set[str] = set()
        for path in sorted((folder / "guides").glob("*.toml")):
            self._take_guide(path)
        self.paths: dict[str, dict[str, Document]] = {}
        for path in sorted((folder / "paths").glob("*.toml")):
            self._take_path(path)
        self.plan = self._read("plan.toml")
        self.sources = self._read("sources.toml", all_guides=True)
        self.moved = self._read("moved.toml") if (folder / "moved.toml").exists() else None
        lists = folder / "control_lists.toml"
        self.control_lists = self._read(lists.name, all_guides=True) if lists.exists() else None
        self.points = self._read("points.toml", all_guides=True)
        self.titles = {
            language: self._read(f"titles.{language}.toml", all_guides=True)
            for language in TRANSLATIONS
        }
        self.figures = self._figures()

    def _take_guide(self, path: Path) -> None:
        slug, language = path.name.split(".")[0], _language_of(path)
        if language:
            self.slugs.add(slug)
        document = read(path) if language else _misnamed(path)
        if isinstance(document, Fault):
            self.unread.append(Fault(path, document.line, document.text, (slug,)))
        else:
            self.guides.setdefault(slug, {})[language] = document

    def _take_path(self, path: Path) -> None:
        language = _language_of(path)
        document = read(path) if language else _misnamed(path)
        if isinstance(document, Fault):
            self.unread.append(document)
        else:
            self.paths.setdefault(path.name.split(".")[0], {})[language] = document

    def _read(self, name: str, *, all_guides: bool = False) -> Document | None:
        document = read(self.folder / name)
        if isinstance(document, Document):
            return document
        slugs = tuple(sorted(self.slugs)) if all_guides else ()
        self.unread.append(Fault(document.path, document.line, document.text, slugs))
        return None

    @cached_property
    def list_numbers(self) -> set[str]:
        """Return the numbers of the entries of control lists that there are."""
        parts = self.control_lists.parts("entry") if self.control_lists else []
        return {said(part.entry.get("number")) for part in parts}

    def _figures(self) -> dict[str, Document]:
        found = {}
        for path in sorted((self.folder / "figures").glob("*.toml")):
            document = read(path)
            if isinstance(document, Document):
                found[path.stem] = document
            else:
                slugs = self.showing.get(path.stem, ())
                self.unread.append(Fault(path, document.line, document.text, slugs))
        return found

    @cached_property
    def showing(self) -> dict[str, tuple[str, ...]]:
        """Return the slugs of the guides that show each figure, in any language."""
        shown: dict[str, set[str]] = {}
        for slug, languages in self.guides.items():
            for guide in languages.values():
                for block in guide.parts("block"):
                    if name := said(block.entry.get("figure")):
                        shown.setdefault(name, set()).add(slug)
        return {name: tuple(sorted(slugs)) for name, slugs in shown.items()}

    @cached_property
    def source_parts(self) -> dict[str, Part]:
        """Return the sources by key; where two have one, the first."""
        found: dict[str, Part] = {}
        for part in self.sources.parts("source") if self.sources else ():
            found.setdefault(said(part.entry.get("key")), part)
        return found

    @cached_property
    def planned(self) -> dict[str, Part]:
        """Return the entries of the plan by slug."""
        parts = self.plan.parts("guide") if self.plan else []
        return {said(part.entry.get("slug")): part for part in parts}

    @cached_property
    def in_all_languages(self) -> list[str]:
        """Return the slugs of the path that stands in every language."""
        return texts(self.plan.entry.get("in_all_languages")) if self.plan else []

    def in_english(self) -> list[tuple[str, Document]]:
        """Return slug and file of each guide as it was written."""
        return [
            (slug, languages[WRITTEN_IN])
            for slug, languages in self.guides.items()
            if WRITTEN_IN in languages
        ]


def _language_of(path: Path) -> str:
    """Return the language that a file `<slug>.<language>.toml` names; "" where it names none."""
    _slug, language, *rest = path.name.split(".")
    return language if language in LANGUAGES and rest == ["toml"] else ""


def _misnamed(path: Path) -> Fault:
    slug = path.name.split(".")[0]
    wanted = f"“{slug}.<language>.toml”, the language one of {', '.join(LANGUAGES)}"
    return Fault(path, 1, f"Name this file {wanted}.")
