"""
Content files in several languages: what a page is stands once, beside its first texts.

`fr/home.toml` has the texts of `home.toml` in French in the same places, and nothing else. So an
address, a key or a date stands in one file alone.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings


def read(folder: Path, name: str, language: str = settings.LANGUAGE_CODE) -> dict[str, Any]:
    """Return what a file says, with its texts in a language."""
    content = _parsed(folder / name)
    if language == settings.LANGUAGE_CODE:
        return content
    found: dict[str, Any] = merged(content, _parsed(folder / language / name))
    return found


def written_in(folder: Path, language: str) -> bool:
    """Say whether the texts are there in another language than the first."""
    return (folder / language).is_dir()


def _parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def merged(content: Any, texts: Any) -> Any:
    """Return content with texts in their places. Raises ValueError where a list has others."""
    if isinstance(content, dict):
        return {
            key: merged(value, texts[key]) if key in texts else value
            for key, value in content.items()
        }
    if isinstance(content, list) and isinstance(texts, list):
        return [merged(*pair) for pair in zip(content, texts, strict=True)]
    return texts
