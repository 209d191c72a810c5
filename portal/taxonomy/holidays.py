"""Public holidays of countries, by the library `holidays`: days on which nobody is at work."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from holidays import country_holidays


@dataclass(frozen=True)
class DayOff:
    """A day that is a public holiday in some countries: their codes, and what most call it."""

    day: date
    countries: tuple[str, ...]
    name: str


def days_off(countries: Iterable[str], first: date, last: date) -> list[DayOff]:
    """
    Return the public holidays from `first` to `last`, both included, in order.

    `countries` are codes of two capital letters. Holidays of a part of a country are not counted,
    and a code that the library does not know has none. Names are English.
    """
    where: defaultdict[date, list[str]] = defaultdict(list)
    called: defaultdict[date, list[str]] = defaultdict(list)
    years = range(first.year, last.year + 1)
    for code in countries:
        for day, name in _of(code, years).items():
            if first <= day <= last:
                where[day].append(code)
                called[day] += [each.removesuffix(" (observed)") for each in name.split("; ")]
    return [DayOff(day, tuple(where[day]), _commonest(called[day])) for day in sorted(where)]


def _of(code: str, years: range) -> dict[date, str]:
    try:
        return dict(country_holidays(code, years=years, language="en_US"))
    except NotImplementedError:
        return {}


def _commonest(names: list[str]) -> str:
    """Return the name that most countries use; of names used alike, the first of the alphabet."""
    return min(set(names), key=lambda name: (-names.count(name), name))
