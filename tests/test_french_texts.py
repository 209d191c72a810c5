"""In French no sign stands alone at the end or beginning of a line: its space does not break."""

import re
from pathlib import Path

import pytest

from portal.catalogues import files

ROOT = Path(__file__).resolve().parents[1]
WINGS = ("portal", "consultations", "knowledge")
BREAKS = re.compile(r"[\w)\]»”…%’>*] [;:!?»](?![\w=/-])|« ")


def french_texts() -> list[Path]:
    return [
        path
        for wing in WINGS
        for path in sorted((ROOT / wing).rglob("*"))
        if path.suffix in (".toml", ".json")
        and (path.name.endswith(".fr.toml") or path.parent.name in ("fr", "fr-simple"))
    ]


def breaking(text: str) -> list[str]:
    """Where a line could break before or after a sign, with some words around it."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [
        line[max(0, found.start() - 20) : found.end() + 20]
        for line in lines
        for found in BREAKS.finditer(line)
    ]


def test_the_texts_are_found():
    assert len(french_texts()) > 20


@pytest.mark.parametrize("path", french_texts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sign_of_a_text_stands_alone(path):
    assert breaking(path.read_text()) == []


def test_no_sign_of_the_interface_stands_alone():
    [file] = [each for each in files.language_files() if files.language_of(each) == "fr"]
    for message in files.messages_in(files.read(file)):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert [found for each in forms for found in breaking(each)] == []
