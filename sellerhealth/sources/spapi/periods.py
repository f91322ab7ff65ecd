"""Days to fetch: periods that stand still, so that a period fetched again replaces its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """Days in UTC, both included.

    Example:
        >>> print(Period(date(2026, 11, 1), date(2026, 11, 30)))
        2026-11-01 to 2026-11-30
    """

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if self.first != self.last else f"{self.first}"

    @classmethod
    def of(cls, first: str, last: str) -> Self:
        """The period between two days in ISO 8601. Raises ValueError for other texts."""
        return cls(date.fromisoformat(first), date.fromisoformat(last))

    def bounds(self, now: datetime) -> tuple[str, str]:
        """Its begin and end as Amazon is asked for them; it ends now, if its last day is not over.

        Example:
            >>> Period.of("2026-11-01", "2026-11-30").bounds(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
            ('2026-11-01T00:00:00Z', '2026-11-23T09:30:00Z')
        """
        begin = datetime.combine(self.first, time.min, UTC)
        end = min(datetime.combine(self.last + DAY, time.min, UTC) - timedelta(seconds=1), now)
        return f"{begin:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}"

    def days(self) -> Iterator[date]:
        """Each of its days."""
        return (self.first + DAY * count for count in range((self.last - self.first).days + 1))


def blocks(since: date, until: date, days: int) -> list[Period]:
    """The periods of so many days that hold all days from `since` to `until`; they begin at the same days every time.

    Example:
        >>> [str(period) for period in blocks(date(2026, 11, 1), date(2026, 11, 30), 30)]
        ['2026-10-31 to 2026-11-29', '2026-11-30 to 2026-12-29']
    """
    starts = range(since.toordinal() // days * days, until.toordinal() + 1, days)
    return [Period(date.fromordinal(start), date.fromordinal(start + days - 1)) for start in starts]


def stretches(days: Iterable[date], longest: int) -> list[Period]:
    """The days as periods without gaps, none longer than `longest` days.

    Example:
        >>> days = [date(2026, 11, day) for day in (1, 2, 3, 7)]
        >>> [str(period) for period in stretches(days, 2)]
        ['2026-11-01 to 2026-11-02', '2026-11-03', '2026-11-07']
    """
    found: list[Period] = []
    for day in sorted(days):
        if found and day == found[-1].last + DAY and (day - found[-1].first).days < longest:
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return found
