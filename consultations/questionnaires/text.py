"""What people type, made into what is kept: plain text that every database can store."""

import re
import unicodedata

from django.utils.formats import number_format

from consultations.questionnaires.schema import Limit, Unit

# Vertical tab, form feed, next line, and Unicode's own separators: pasted from word processors.
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
BYTE_ORDER_MARK = "\ufeff"  # a space to browsers' counting, not to ours


def clean_text(typed: str) -> str:
    """
    Plain text: one kind of line end, composed characters (NFC), no blank edges.

    Control characters, NUL among them, and halves of characters are left out: no database keeps
    them all. Marks of direction (bidi) stay, since Arabic and Latin in one line need them.
    Cleaning twice changes nothing.
    """
    text = LINE_END.sub("\n", typed).replace(BYTE_ORDER_MARK, "")
    text = "".join(
        each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", text).strip()


def clean_line(typed: str) -> str:
    """`clean_text` on one line."""
    return " ".join(clean_text(typed).split())


def plain_digits(typed: str) -> str:
    """The digits of any script as 0 to 9, without spaces and marks of direction around them."""
    kept = []
    for each in typed:
        if (digit := unicodedata.decimal(each, None)) is not None:
            kept.append(str(digit))
        elif unicodedata.category(each) not in ("Cf", "Zs"):
            kept.append(each)
    return "".join(kept)


def length(text: str, unit: str) -> int:
    """Its words or characters, counted as the script beside the field counts them."""
    return len(text.split()) if unit == Unit.WORDS else len(text)


def over(text: str, limit: Limit) -> int:
    """How many words or characters too many; 0 where it fits."""
    return max(0, length(text, limit.unit) - limit.maximum)


def written(number: int) -> str:
    """A whole number as it stands in a sentence of the current language."""
    return number_format(number, use_l10n=True, force_grouping=True)
