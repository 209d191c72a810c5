"""What people type, made into what is kept: plain text that every database can store."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import ngettext

from consultations.questionnaires.schema import Limit, Unit

# Vertical tab, form feed, next line, and Unicode's own separators: pasted from word processors.
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
BYTE_ORDER_MARK = "\ufeff"  # a space to browsers' counting, not to ours


def plain(typed: str) -> str:
    """
    Keep one kind of line end, composed characters (NFC), and only what a database keeps.

    Control characters, NUL among them, and halves of characters are left out. Marks of direction
    (bidi) stay, since Arabic and Latin in one line need them.
    """
    text = LINE_END.sub("\n", typed).replace(BYTE_ORDER_MARK, "")
    text = "".join(
        each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", text)


def clean_text(typed: str) -> str:
    """Return `plain` text without blank edges. Cleaning twice changes nothing."""
    return plain(typed).strip()


def clean_line(typed: str) -> str:
    """Return `clean_text` on one line."""
    return " ".join(clean_text(typed).split())


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


def digits(text: str) -> str:
    """Turn the digits of any script into 0 to 9."""
    return "".join(str(unicodedata.decimal(each, each)) for each in text)


def plain_digits(typed: str) -> str:
    """Turn any script's digits into 0 to 9, without spaces and marks of direction around them."""
    return digits("".join(each for each in typed if unicodedata.category(each) not in ("Cf", "Zs")))


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
