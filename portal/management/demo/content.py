"""Where the demonstration's content is read, and its days made into dates."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from portal.management import texts

FOLDER = Path(__file__).resolve().parents[1] / "demo_content"


def read(name: str, language: str = settings.LANGUAGE_CODE) -> dict[str, Any]:
    """Return what a file says, with its texts in a language if they are there in it."""
    is_there = (FOLDER / language / name).exists()
    return texts.read(FOLDER, name, language if is_there else settings.LANGUAGE_CODE)


def entries(name: str, pattern: str) -> list[dict[str, Any]]:
    """Return the entries called `name` of each file that fits the pattern, in file order."""
    return [
        entry for path in sorted(FOLDER.glob(pattern)) for entry in read(path.name).get(name, [])
    ]


def day(now: datetime, days: int) -> date:
    """Return the UTC day so many days from `now`; negative is past."""
    return (now.astimezone(UTC) + timedelta(days=days)).date()


def midnight_after(now: datetime, days: int, zone: str) -> datetime:
    """Return the end, in `zone`, of the day so many days from `now`: 23:59:59 is before it."""
    place = ZoneInfo(zone)
    local = now.astimezone(place).date() + timedelta(days=days + 1)
    return datetime.combine(local, time.min, place)


def morning_of(now: datetime, days: int, zone: str) -> datetime:
    """Nine o'clock in `zone` of the day so many days from `now`."""
    place = ZoneInfo(zone)
    return datetime.combine(now.astimezone(place).date() + timedelta(days=days), time(9), place)
