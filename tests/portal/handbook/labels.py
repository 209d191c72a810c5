"""What the portal and Wagtail write on their pages, label by label, read from their source."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import wagtail

ROOT = Path(__file__).resolve().parents[3]
WINGS = ("portal", "consultations", "knowledge", "templates")
IN_TEMPLATES = re.compile(
    r'(?:translate|trans|_\() ?"([^"]+)"'
    r"|(?<!end)blocktrans(?:late)?[^%]*%\}(.*?)\{% (?:end|plural)"
    r"|plural %\}(.*?)\{% end",
    re.DOTALL,
)
MESSAGE = re.compile(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\{ ?\w+ ?\}\}")


def is_a_label(words: str) -> bool:
    """Say whether something on the pages says this, whole; fields are shown with a capital."""
    if {words, words[0].lower() + words[1:]} & labels():
        return True
    return any(pattern.fullmatch(words) for pattern in with_gaps())


@cache
def labels() -> frozenset[str]:
    """Return every text that may be shown."""
    return frozenset(re.sub(r"\s+", " ", text).strip() for text in _texts())


@cache
def with_gaps() -> tuple[re.Pattern[str], ...]:
    """Return the short texts in which something is filled in: "Publish %(n)s responses"."""
    found = []
    for text in labels():
        parts = FILLED_IN.split(text)
        if len(parts) == 2 and len(text) < 60 and re.search(r"\w{4}", "".join(parts)):
            found.append(re.compile(".+".join(map(re.escape, parts))))
    return tuple(found)


def _texts() -> Iterator[str]:
    for wing in WINGS:
        for path in (ROOT / wing).rglob("*"):
            if path.suffix == ".py":
                yield from _in_python(path.read_text(encoding="utf-8"))
            elif path.suffix == ".html":
                found = IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
                yield from (text for groups in found for text in groups if text)
    for path in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django*.po"):
        for message in MESSAGE.findall(path.read_text(encoding="utf-8")):
            yield "".join(ast.literal_eval(line) for line in message.strip().splitlines())


def _in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
