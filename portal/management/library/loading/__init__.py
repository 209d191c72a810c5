"""The library as it stands in files, made into the sources and the guides of a portal."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from portal.management.library.checking import guides_with_faults
from portal.management.library.loading.control_lists import load_control_lists
from portal.management.library.loading.guides import Fill, load_guides, nothing_more, slugs_in
from portal.management.library.loading.moved import load_moved
from portal.management.library.loading.sources import load_sources

FOLDER = Path(__file__).resolve().parents[1]
# The day on which the texts were checked against their sources.
CHECKED_ON = date(2026, 11, 30)
YEAR = timedelta(days=365)
# So many reviews fall due in the same week.
REVIEWS_A_WEEK = 5


def load_library(
    say: Callable[[str], object],
    *,
    folder: Path = FOLDER,
    checked_on: date = CHECKED_ON,
    fill: Fill = nothing_more,
) -> int:
    """
    Publish each guide that is not there yet, with its sources; return how many pages that made.

    Of a guide with faults nothing is loaded, and `say` is told its slug. What is there stays as it
    is: editors may have changed it. Guides go live without the two people that they otherwise need.
    """
    slugs = slugs_in(folder)
    faulty = guides_with_faults(folder).intersection(slugs)
    for slug in sorted(faulty):
        say(f"Not loaded, for its files have faults (manage.py check_library): {slug}")
    load_sources(folder)
    load_control_lists(folder)
    days = reviews(slugs, checked_on)
    made = load_guides(folder, faulty, say=say, days=days, fill=fill)
    load_moved(folder)
    return made


def reviews(slugs: list[str], checked_on: date) -> dict[str, tuple[date, date]]:
    """
    Return by slug the day of the last review, and that of the next.

    The first five by alphabet are due a year after the last, the next five a week earlier, and so
    on: whoever reviews them is asked for five a week.
    """
    return {
        slug: (checked_on, checked_on + YEAR - timedelta(weeks=number // REVIEWS_A_WEEK))
        for number, slug in enumerate(slugs)
    }
