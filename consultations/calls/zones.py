"""Time as people write it in a named zone, and the instant it stands for."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MINUTE = timedelta(minutes=1)


@cache
def _zone_names() -> tuple[str, ...]:
    return (
        "UTC",
        *sorted(
            name
            for name in available_timezones()
            if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
        ),
    )


def zone_choices() -> list[tuple[str, str]]:
    """Zones of the IANA database by their names, as a form offers them."""
    return [(name, name.replace("_", " ")) for name in _zone_names()]


def zone_named(typed: str) -> str:
    """
    Return the zone that somebody typed: its name in any case, with spaces, or its town alone.

    What is no zone, or the town of several, comes back as it was typed.
    """
    wanted = " ".join(typed.split()).replace(" ", "_").casefold()
    whole = [name for name in _zone_names() if name.casefold() == wanted]
    towns = [name for name in _zone_names() if name.casefold().rpartition("/")[2] == wanted]
    found = whole or towns
    return found[0] if len(found) == 1 else typed


def validate_zone(name: str) -> None:
    """Raises ValidationError unless `name` is a zone of the IANA database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(zone)s” is not a time zone we know."), code="zone", params={"zone": name}
        ) from error


def instant(wall: datetime, zone: str) -> datetime:
    """
    Return the instant (aware, in UTC) at which clocks in `zone` show the naive time `wall`.

    Raises ValidationError where no clock shows it (the hour skipped when clocks go forward) and
    where clocks show it twice (the hour repeated when they go back): a deadline must not be
    guessed.
    """
    place = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    moment = first.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) != wall:
        raise ValidationError(
            _("Clocks in %(zone)s go forward then, and skip this time. Choose another."),
            code="skipped",
            params={"zone": zone},
        )
    if first.utcoffset() != second.utcoffset():
        raise ValidationError(
            _("Clocks in %(zone)s go back then, and show this time twice. Choose another."),
            code="repeated",
            params={"zone": zone},
        )
    return moment


def wall_time(moment: datetime, zone: str) -> datetime:
    """Return what clocks in `zone` show at an aware instant, as a naive datetime."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def end_of_minute(wall: datetime, zone: str) -> datetime:
    """
    Return the exclusive instant (aware, in UTC) that ends the minute `wall` in `zone`.

    A deadline is written as its last minute, "23:59", and that whole minute is in time. Raises
    as `instant` does.
    """
    return instant(wall.replace(second=0, microsecond=0), zone) + MINUTE


def last_minute(closes_at: datetime, zone: str) -> datetime:
    """`end_of_minute` undone: the last minute (naive, in `zone`) before an aware instant."""
    return wall_time(closes_at - timedelta(seconds=1), zone).replace(second=0, microsecond=0)
