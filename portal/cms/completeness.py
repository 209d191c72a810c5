"""What a page lacks to go live, for whatever publishes it without its form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.text import capfirst


def lacks(page: Any, at: datetime) -> dict[str, list[str]]:
    """
    Say by field what keeps a page from going live at an aware instant; {} if nothing does.

    `page` is what would be published: a revision's page. It is not to be saved afterwards, since
    being checked may change it.
    """
    missing = getattr(page, "missing", None)
    found = {name: [str(told)] for name, told in missing(at).items()} if missing else {}
    try:
        page.full_clean()
    except ValidationError as error:
        found |= error.message_dict
    return found


def in_words(page: Any, found: Mapping[str, list[str]]) -> str:
    """Write what `lacks` found in one line, each field by its name."""
    return " ".join(f"{_name(page, field)}: {' '.join(told)}" for field, told in found.items())


def _name(page: Any, field: str) -> str:
    try:
        named = page._meta.get_field(field)
    except FieldDoesNotExist:
        return str(page._meta.verbose_name)
    return capfirst(str(getattr(named, "verbose_name", field)))
