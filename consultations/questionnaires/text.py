"""What a browser sent to a question, and how long it may be."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import ngettext

from consultations.questionnaires.schema import Limit, Unit
from portal.text import clean_text


def one(data: Mapping[str, Any], name: str) -> str:
    """Return the text that was sent under a name, cleaned; empty where none was."""
    value = data.get(name)
    return clean_text(value) if isinstance(value, str) else ""


def many(data: Mapping[str, Any], name: str) -> list[Any]:
    """Return all that was sent under a name, from a query dict or a plain one."""
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name, [])
    return list(value) if isinstance(value, (list, tuple)) else [value]


def length(text: str, unit: str) -> int:
    """Count the words or characters of a text as the script beside the field counts them."""
    return len(text.split()) if unit == Unit.WORDS else len(text)


def check_length(text: str, limit: Limit) -> None:
    """Raise ValidationError that says by how much a text is too long."""
    extra = length(text, limit.unit) - limit.maximum
    if extra <= 0:
        return
    if limit.unit == Unit.WORDS:
        message = ngettext(
            "Your answer is %(over)s word too long. At most %(limit)s fit.",
            "Your answer is %(over)s words too long. At most %(limit)s fit.",
            extra,
        )
    else:
        message = ngettext(
            "Your answer is %(over)s character too long. At most %(limit)s fit.",
            "Your answer is %(over)s characters too long. At most %(limit)s fit.",
            extra,
        )
    raise ValidationError(message % {"over": written(extra), "limit": written(limit.maximum)})


def written(number: int) -> str:
    """Write a whole number as it stands in a sentence of the current language."""
    return number_format(number, use_l10n=True, force_grouping=True)
