"""
Learning paths, made of content files that people edit: `<slug>.<language>.toml`.

The English file says all: title, summary, audiences, level, and for each `[[module]]` its guide (a
slug), minutes, why, exercise and `[[module.question]]` with options, one of them `right`. A file in
another language has texts in the same places. One that has title and summary alone leaves the
modules in English, and its page says so. `checking/paths.py` of the library says what is wrong.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from knowledge.guides.models import GuidePage
from knowledge.learning.models import LearningPage, PathPage
from portal.cms.models.page_translation import as_translated
from portal.management.library.checking import paths_with_faults
from portal.management.texts import merged

FOLDER = Path(__file__).resolve().parent / "library" / "paths"


@transaction.atomic
def load_paths(folder: Path = FOLDER) -> list[str]:
    """
    Publish each path that is not there, in each language that has a file and a learning page.

    A path that is there stays as it is. One whose files have faults, or of which a guide is not
    published, is not made in any language: a line for each is returned. They go live without two
    people: what they say was checked before it was put into the files.
    """
    told = []
    faulty = paths_with_faults(folder.parent)
    for slug in sorted({file.name.split(".")[0] for file in folder.glob("*.toml")}):
        if slug in faulty:
            told.append(f"Not loaded, for its files have faults (manage.py check_library): {slug}")
            continue
        try:
            with transaction.atomic():
                told += _load_path(folder, slug)
        except ValidationError as error:
            told.append(f"Not loaded: {slug}: {'; '.join(error.messages)}")
    return told


def _load_path(folder: Path, slug: str) -> list[str]:
    """Publish a path in its languages; return a line where a guide of it is not published."""
    content = _parsed(folder / f"{slug}.{settings.LANGUAGE_CODE}.toml")
    guides = _guides(content)
    if lacking := sorted({each["guide"] for each in content["module"]} - guides.keys()):
        return [f"Not loaded, for guides are not published: {slug}: {', '.join(lacking)}"]
    for code, texts in _languages(folder, content):
        _load(content, texts, code, guides)
    return []


def _load(
    content: dict[str, Any], texts: dict[str, Any], code: str, guides: dict[str, int]
) -> None:
    parent = LearningPage.objects.filter(locale__language_code=code).first()
    slug = content["slug"]
    if parent is None or PathPage.objects.child_of(parent).filter(slug=slug).exists():
        return
    has_modules = code == settings.LANGUAGE_CODE or "module" in texts
    said = merged(content, texts)
    page = PathPage(
        slug=slug,
        locale=parent.locale,
        title=said["title"],
        summary=said["summary"],
        audiences=content["audiences"],
        level=content["level"],
        modules=json.dumps(_modules(said, guides)),
        modules_language=code if has_modules else settings.LANGUAGE_CODE,
    )
    original = _original(slug)
    if original:
        page.translation_key = original.translation_key
    page = parent.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    if original:
        notes = as_translated(page, original)
        if not has_modules:
            notes.of = {key: each for key, each in notes.of.items() if key in ("title", "summary")}
        notes.save()


def _original(slug: str) -> PathPage | None:
    found = PathPage.objects.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE)
    return found.first()


def _languages(folder: Path, content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each language that a path has a file in, with its texts, the first language first."""
    yield settings.LANGUAGE_CODE, {}
    for code, _name in settings.LANGUAGES:
        file = folder / f"{content['slug']}.{code}.toml"
        if code != settings.LANGUAGE_CODE and file.exists():
            texts = _parsed(file)
            texts.pop("language")
            yield code, texts


def _guides(content: dict[str, Any]) -> dict[str, int]:
    """Return the published guides of a path by their slugs, those in the first language first."""
    slugs = [each["guide"] for each in content["module"]]
    found = GuidePage.objects.live().filter(slug__in=slugs).select_related("locale")
    ranked = sorted(found, key=lambda page: page.locale.language_code == settings.LANGUAGE_CODE)
    return {page.slug: page.pk for page in ranked}


def _modules(content: dict[str, Any], guides: dict[str, int]) -> list[dict[str, Any]]:
    """Return the stream; each piece has an id that it shares with its translations."""
    slug = content["slug"]
    return [
        {
            "type": "module",
            "id": _id(slug, number),
            "value": {
                "guide": guides[entry["guide"]],
                "minutes": entry["minutes"],
                "why": entry["why"],
                "exercise": entry.get("exercise", ""),
                "questions": _questions(entry["question"], slug, number),
            },
        }
        for number, entry in enumerate(content["module"])
    ]


def _questions(entries: list[dict[str, Any]], *place: object) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "id": _id(*place, number),
            "value": {
                "text": entry["text"],
                "options": _options(entry["options"], *place, number),
            },
        }
        for number, entry in enumerate(entries)
    ]


def _options(entries: list[dict[str, Any]], *place: object) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "id": _id(*place, number),
            "value": {
                "text": entry["text"],
                "is_right": entry.get("right", False),
                "reason": entry["why"],
            },
        }
        for number, entry in enumerate(entries)
    ]


def _id(*place: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(["learning", *map(str, place)])))


def _parsed(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
