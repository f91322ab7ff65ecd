"""The moment from which an account is looked at."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of(day: date, zone: str) -> datetime:
    """The first moment after a day of a zone, in UTC.

    Example:
        >>> end_of(date(2026, 3, 8), "America/Los_Angeles").isoformat()
        '2026-03-09T07:00:00+00:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
