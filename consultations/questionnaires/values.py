"""Numbers and dates as people write them in five languages, on the web as on paper."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.languages.lists import in_words
from portal.text import figures

ONE_SIGN = {"٫": ".", "٬": "'", "’": "'", "−": "-", "．": ".", "，": ","}
SEPARATORS = str.maketrans(ONE_SIGN)
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,10})?")
GROUPS = re.compile(r"-?[0-9]{1,3}(['.,][0-9]{3})+")
SEPARATOR = re.compile("['.,]")
AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
# What may be a number among other words and signs; an upright dash before it may be a range's.
AMONG_WORDS = re.compile(r"[0-9](?:[0-9'., ]*[0-9])?")
# A year of another calendar (5786, 2569, 1447, 1404) or a slip of the finger is none of these.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_number(typed: str) -> str:
    """
    Return a decimal with a point, "12.5", of "12,5", "1 234.5", "1.234,5" or "١٢٫٥".

    One comma before three digits is a thousand to some and a fraction to others: then it asks.
    Raises ValidationError.
    """
    text = "".join(figures(typed).split()).translate(SEPARATORS)
    if AMBIGUOUS.fullmatch(text):
        raise ValidationError(
            _("Write %(whole)s, or %(fraction)s if you mean a fraction.")
            % {"whole": text.replace(",", ""), "fraction": text.replace(",", ".")}
        )
    number = without_groups(text)
    if not NUMBER.fullmatch(number):
        raise not_a_number(typed)
    return format(Decimal(number) or abs(Decimal(number)), "f")


def not_a_number(typed: str) -> ValidationError:
    """Return what to say: which number to write, where one alone stands among other words."""
    text = figures(typed).translate(SEPARATORS)
    found = AMONG_WORDS.findall(text)
    if len(found) != 1 or not NUMBER.fullmatch(without_groups(found[0].replace(" ", ""))):
        return ValidationError(_("Write a number in digits, such as 12 or 12.5."))
    others = "”, “".join(part.strip() for part in text.split(found[0], 1) if part.strip())
    return ValidationError(
        _("Write the number alone: %(number)s. Leave out “%(others)s”.")
        % {"number": found[0], "others": others}
    )


def without_groups(text: str) -> str:
    """Drops the separators of thousands, and makes a point of that of the fraction."""
    found = SEPARATOR.findall(text)
    if GROUPS.fullmatch(text) and len(set(found)) == 1 and (len(found) > 1 or "'" in found):
        return SEPARATOR.sub("", text)
    whole, *fraction = re.split("[.,](?=[0-9]+$)", text, maxsplit=1)
    if fraction and GROUPS.fullmatch(whole):
        between = set(SEPARATOR.findall(whole))
        if len(between) == 1 and text[len(whole)] not in between:
            whole = SEPARATOR.sub("", whole)
    return ".".join([whole or "0", *fraction])


def check_range(value: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> None:
    """Raise ValidationError that names the whole range, where a value is outside it."""
    if minimum is not None and maximum is not None and not minimum <= value <= maximum:
        raise ValidationError(
            _("The number must be between %(minimum)s and %(maximum)s.")
            % {"minimum": f"{minimum:f}", "maximum": f"{maximum:f}"}
        )
    if minimum is not None and value < minimum:
        raise ValidationError(
            _("The number must be %(minimum)s or more.") % {"minimum": f"{minimum:f}"}
        )
    if maximum is not None and value > maximum:
        raise ValidationError(
            _("The number must be %(maximum)s or less.") % {"maximum": f"{maximum:f}"}
        )


def written(value: Decimal) -> str:
    """Write a number as the active language does, without zeros that say nothing."""
    plain = value.normalize()
    # 1E+2 is a number to a machine only.
    return number_format(plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain)


def read_date(typed: Mapping[str, str]) -> str:
    """
    Return "YYYY-MM-DD" of a day, a month and a year in digits of any script.

    Raises ValidationError that says which part is missing or what is wrong with it.
    """
    # Translators: stands in: The date must include a day and a month.
    words = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
    parts = {name: "".join(figures(typed[name]).split()) for name in words}
    if left_out := [word for name, word in words.items() if not parts[name]]:
        # Translators: parts is one or two of “a day”, “a month”, “a year”.
        raise ValidationError(_("The date must include %(parts)s.") % {"parts": in_words(left_out)})
    if not all(re.fullmatch("[0-9]{1,9}", part) for part in parts.values()):
        raise ValidationError(_("Write the date in digits, such as 27 3 2026."))
    if len(parts["year"]) != 4:
        raise ValidationError(_("The year must have 4 digits."))
    if not FIRST_YEAR <= int(parts["year"]) <= LAST_YEAR:
        raise ValidationError(
            _(
                "The year must be between %(first)s and %(last)s. Write the date in the Gregorian "
                "calendar, such as 27 3 2026."
            )
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"])).isoformat()
    except ValueError:
        raise ValidationError(_("The date must be a real date.")) from None
