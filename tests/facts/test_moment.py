"""Where days begin, in zones where clocks are changed, and where midnight itself is left out or comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from sellerhealth.facts.moment import end_of, start_of

DAYS = {
    "clocks go forward at two": ("America/Los_Angeles", "2026-03-08", "2026-03-08 08:00"),
    "the day after": ("America/Los_Angeles", "2026-03-09", "2026-03-09 07:00"),
    "clocks go back": ("Europe/London", "2026-10-25", "2026-10-24 23:00"),
    "no midnight": ("Africa/Cairo", "2026-04-24", "2026-04-23 22:00"),
    "midnight comes twice": ("America/Havana", "2026-11-01", "2026-11-01 04:00"),
    "half an hour from the full": ("Asia/Kolkata", "2026-03-31", "2026-03-30 18:30"),
}


def started(days: list[date], zone: str) -> list[datetime]:
    return pl.DataFrame({"day": days}).select(start_of(pl.col("day"), zone)).to_series().to_list()


@pytest.mark.parametrize("case", DAYS)
def test_the_start_of_a_day(case):
    zone, day, moment = DAYS[case]
    assert started([date.fromisoformat(day)], zone) == [datetime.fromisoformat(moment).replace(tzinfo=UTC)]


@pytest.mark.parametrize("zone", sorted({zone for zone, _, _ in DAYS.values()}))
def test_every_day_begins_where_the_one_before_ends(zone):
    days = [date(2025, 12, 31) + timedelta(days=number) for number in range(370)]
    assert started(days, zone) == [end_of(day - timedelta(days=1), zone) for day in days]
    assert started(days, zone) == [datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in days]


def test_a_day_that_is_not_told_has_no_start():
    assert pl.DataFrame({"day": [None]}, schema={"day": pl.Date}).select(start_of(pl.col("day"), "UTC")).item() is None
