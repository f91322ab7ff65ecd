"""Where a day begins and ends, and so the moment from which an account is looked at."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

SECOND = timedelta(seconds=1)
"""What moments are told in: a day ends at 23:59:59, and so does the time to ship by it."""


def end_of(day: date, zone: str) -> datetime:
    """The first moment after a day of a zone, in UTC.

    Example:
        >>> end_of(date(2026, 3, 8), "America/Los_Angeles").isoformat()
        '2026-03-09T07:00:00+00:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def start_of(day: pl.Expr, zone: str) -> pl.Expr:
    """The first moment of each day of a zone, in UTC; where the clocks leave midnight out, it is an hour later by them.

    Example:
        >>> days = pl.DataFrame({"day": [date(2026, 3, 8), date(2026, 3, 9)]})
        >>> [str(start) for start in days.select(start_of(pl.col("day"), "America/Los_Angeles")).to_series()]
        ['2026-03-08 08:00:00+00:00', '2026-03-09 07:00:00+00:00']
    """
    midnight = day.cast(pl.Datetime("us"))
    starts = [
        clock.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        for clock in (midnight, midnight + timedelta(hours=1))
    ]
    return pl.coalesce(starts).dt.convert_time_zone("UTC")


def last_second(day: pl.Expr, zone: str) -> pl.Expr:
    """The last second of each day of a zone, in UTC.

    Example:
        >>> days = pl.DataFrame({"day": [date(2026, 3, 8)]})
        >>> str(days.select(last_second(pl.col("day"), "America/Los_Angeles")).item())
        '2026-03-09 06:59:59+00:00'
    """
    return start_of(day + timedelta(days=1), zone) - SECOND
