"""What Django cannot say of a date in every language."""

from datetime import date

from babel.dates import format_skeleton
from django.utils.translation import get_language, to_locale


def month_and_year(day: date) -> str:
    """
    Write the month and year of a day in the active language, e.g. "March 2023".

    The names are CLDR's: Django's Russian months begin with a capital wherever they stand.
    """
    return format_skeleton("yMMMM", day, locale=to_locale(get_language() or "en"))
