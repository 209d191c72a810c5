"""The portal in French too, as far as its texts about consent and risk go, in made-up words."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from portal.catalogues.files import (
    compile_to,
    compiled_file,
    messages_in,
    read,
    read_template,
    write,
)
from portal.catalogues.pseudo import pseudo_text
from portal.proofreading.actions import tick
from portal.proofreading.digests import digest
from portal.proofreading.registry import text_of, texts
from portal.stakeholders.models import User
from portal.stakeholders.roles import EDITOR
from tests.factories import UserFactory

READ_ON = date(2026, 11, 2)


def speak_french(settings: Any, folder: Path) -> Path:
    """Offer French beside English, outside the demonstration; the catalogue."""
    file = folder / "fr" / "LC_MESSAGES" / "django.po"
    write(file, catalogue())
    compile_to(compiled_file(file), catalogue())
    languages = [("en", "English"), ("fr", "French")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    settings.LOCALE_PATHS = [folder]
    settings.DEMO = False
    return file


def change(file: Path, original: str, translation: str) -> None:
    """Translate a message otherwise."""
    changed = read(file)
    assert changed[original].string != translation
    changed[original].string = translation
    write(file, changed)


def read_one(key: str, by: User | None = None) -> None:
    """Have a native reader read one text in French."""
    text = text_of(key)
    by = by or UserFactory(role=EDITOR)
    seen = digest(text, "fr")
    tick(text=text, language="fr", read_on=READ_ON, read_by="", seen=seen, by=by)


def read_all() -> None:
    """Have a native reader read all of them."""
    editor = UserFactory(role=EDITOR)
    for text in texts():
        read_one(text.key, editor)


@cache
def catalogue() -> Catalog:
    """Every message of these texts, translated, with the files that it stands in."""
    files = {path for text in texts() for path in text.files}
    made = Catalog(locale="fr", fuzzy=False)
    for message in messages_in(read_template()):
        places = [(path, line) for path, line in message.locations if path in files]
        if not places:
            continue
        forms = (message.id,) if isinstance(message.id, str) else message.id
        said = tuple(map(pseudo_text, forms))
        string = said if len(said) > 1 else said[0]
        made.add(message.id, string, locations=places, context=message.context)
    return made
