"""When a watch is due: every so often, or by a cron line in a time zone; missed slots are not made up for."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.errors import UnusableSchedule

SHORTEST = timedelta(minutes=1)
_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_EVERY = re.compile(r"(\d{1,6})([mhdw])")


def seconds_of(text: str) -> int:
    """
    The seconds of "15m", "1h", "2d" or "1w".

    Raises:
        UnusableSchedule: it is none of them.

    >>> seconds_of("1h")
    3600
    """
    found = _EVERY.fullmatch(text.strip().lower())
    if found is None or int(found[1]) == 0:
        raise UnusableSchedule(f"{text!r} is no length of time: write 15m, 1h, 2d or 1w")
    return int(found[1]) * _UNITS[found[2]]


def length_of(seconds: int) -> str:
    """
    So many seconds in the largest unit that gives a whole number; the inverse of `seconds_of` for what it gives.

    >>> length_of(3600), length_of(5400)
    ('1h', '90m')
    """
    unit = next((unit for unit, length in reversed(_UNITS.items()) if seconds % length == 0), None)
    return f"{seconds // _UNITS[unit]}{unit}" if unit else f"{seconds} s"


def checked_zone(name: str) -> ZoneInfo:
    """
    A time zone by its name in the IANA database.

    Raises:
        UnusableSchedule: there is none of this name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnusableSchedule(f"{name!r} is no time zone: write one such as Asia/Gaza or UTC") from error


def following(slot: datetime, now: datetime, *, every: int | None, cron: str | None, timezone: str = "UTC") -> datetime:
    """
    The next slot after now.

    Slots of `every` keep their distance from one another, whatever the clock did: after a jump, or a long stop, the
    next one is the first of them that lies ahead. A cron line is read in its own zone, daylight saving included.

    Raises:
        UnusableSchedule: the cron line or the zone cannot be read.
    """
    if every is not None:
        step = timedelta(seconds=every)
        missed = max((now - slot) // step, 0)
        return slot + (missed + 1) * step
    return _by_cron(cron or "", now, timezone)


def _by_cron(cron: str, now: datetime, timezone: str) -> datetime:
    from croniter import CroniterError, croniter  # type: ignore[import-untyped]  # it ships no types

    zone = checked_zone(timezone)
    try:
        found: datetime = croniter(cron, now.astimezone(zone)).get_next(datetime)
    except (CroniterError, ValueError, KeyError) as error:
        raise UnusableSchedule(f"{cron!r} is no cron line ({error}): write one such as '30 6 * * *'") from error
    return found.astimezone(UTC)
