"""
Find every message in the sources: Python, Jinja templates, Django templates.

Django's own `makemessages` reads Jinja templates as if they were Django's, and so misses strings
inside calls of macros and plurals. Here Jinja's own parser reads them, with our extensions.
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.template import engines
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
WINGS = ("portal", "consultations", "knowledge")
# What people never read, or what is for whoever runs the machine.
LEFT_OUT = {"migrations", "node_modules", "settings", "bootstrap.py"}
COMMENT = ("Translators:",)
# Each of Django's functions by the one of gettext that takes the same.
SAME_AS = {
    "gettext_lazy": "gettext",
    "gettext_noop": "gettext",
    "ngettext_lazy": "ngettext",
    "pgettext_lazy": "pgettext",
    "npgettext_lazy": "npgettext",
}
KEYWORDS = dict(DEFAULT_KEYWORDS) | {ours: DEFAULT_KEYWORDS[one] for ours, one in SAME_AS.items()}

# A line, the message (or singular and plural), what translators are told, and the context.
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def catalogue_of_sources(root: Path = ROOT) -> Catalog:
    """Return every message of the sources under a folder, in the order of files and lines."""
    catalogue = Catalog(header_comment="# Every message of the sources.", fuzzy=False)
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for line, message, comments, context in messages_of(path):
            catalogue.add(
                message,
                locations=[(name, line)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def sources(root: Path = ROOT) -> list[Path]:
    """List the files that may have messages, by name."""
    python = (path for wing in WINGS for path in (root / wing).rglob("*.py"))
    templates = (path for path in (root / "templates").rglob("*") if path.is_file())
    return sorted(
        path for path in (*python, *templates) if LEFT_OUT.isdisjoint(path.relative_to(root).parts)
    )


def messages_of(path: Path) -> list[Found]:
    """
    Return the messages of one file, each with its line.

    A template in a folder `django` is Django's, any other is Jinja's. Raises SyntaxError, or
    Jinja's TemplateSyntaxError, where the file cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return list(of_python(text))
    if "django" in path.parts:
        return list(of_django_template(text, str(path)))
    return list(of_jinja_template(text))


def of_python(text: str) -> Iterator[Found]:
    """Return the messages of a module, under the names by which it imports the functions."""
    yield from _extract("python", text, KEYWORDS | _aliases(text))


def of_jinja_template(text: str) -> Iterator[Found]:
    """Return the messages of a Jinja template, read as our environment reads it."""
    env: Any = engines["jinja2"].env  # type: ignore[attr-defined]
    options = {
        "extensions": ",".join(env.extensions),
        "trim_blocks": str(env.trim_blocks).lower(),
        "lstrip_blocks": str(env.lstrip_blocks).lower(),
        "newstyle_gettext": "true",
        "silent": "false",
    }
    yield from _extract("jinja2.ext:babel_extract", text, KEYWORDS, options)


def of_django_template(text: str, name: str = "") -> Iterator[Found]:
    """Return the messages of a Django template, by way of the Python that Django makes of it."""
    python = templatize(text, origin=name)
    # Lines that are indented otherwise than those before them would be no Python.
    yield from _extract("python", "\n".join(map(str.strip, python.split("\n"))), KEYWORDS)


def _extract(
    method: str, text: str, keywords: dict[str, Any], options: dict[str, str] | None = None
) -> Iterator[Found]:
    file = BytesIO(text.encode())
    options = {"encoding": "utf-8"} | (options or {})
    yield from extract(method, file, keywords, COMMENT, options, strip_comment_tags=True)


def _aliases(text: str) -> dict[str, Any]:
    """Return what a module calls the functions, as `from … import gettext as __`."""
    return {
        alias.asname: KEYWORDS[alias.name]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and alias.name in KEYWORDS
    }
