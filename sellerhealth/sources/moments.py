"""A cell to a moment or a day: with its zone, in a known order, or null; never a guess."""

from functools import partial

import polars as pl

from sellerhealth.sources.headers import months
from sellerhealth.sources.layout import ANY_MARK, Field, month_first
from sellerhealth.sources.stepwise import stepwise
from sellerhealth.sources.words import replaced
from sellerhealth.sources.zones import minutes

MOMENT = pl.Datetime("us", "UTC")
UTC_LENGTH = len("2026-01-31T09:30:00+00:00")
ISO = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:[.,][0-9]{1,9})? ?"
    r"(?:([+-]) ?(0[0-9]|1[0-4]) ?:? ?([0-5][0-9])|([A-Za-z]{1,5}))$"
)
"""Day, time, seconds, and an offset, at times oddly spaced, or the name of a zone."""
ISO_BEGINS = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]"
LAST_YEAR = "9999"
FULL_YEAR = "[0-9]{4}"
ZONE_NAME = r" ([A-Za-z]{2,5})$"
WORD = r"\p{L}{3,}\.?"
MARKS = {"/": ANY_MARK, "-": ANY_MARK, "年": ANY_MARK, "月": ANY_MARK, "日": "", " de ": " "}
AGAIN = r" \([^()]*\)$"
"""Amazon's on-time delivery download says a moment in GMT, and in brackets once more in the marketplace's zone."""
DOT = {".": ANY_MARK}
"""Nobody writes the month first and dots: where it comes first, a dot is no mark."""
CLOCK = ("%H", "%I", "%k", "%l", "%T", "%R")


def instant(field: Field, cell: pl.Expr) -> pl.Expr:
    """ISO in UTC as Amazon writes it, else with any offset, or with the name of a zone that means one thing."""
    plain = pl.when((cell.str.len_bytes() == UTC_LENGTH) & (cell < LAST_YEAR)).then(cell)
    moment = plain.str.to_datetime("%Y-%m-%dT%H:%M:%S+00:00", strict=False, cache=False, time_unit="us")
    utc = moment.dt.replace_time_zone("UTC")
    other = pl.when(utc.is_null()).then(cell)
    return pl.coalesce(utc, stepwise(other, [partial(_iso, field.zone)], MOMENT))


def local_instant(field: Field, cell: pl.Expr) -> pl.Expr:
    """A time in the field's own format; one without an offset is a time of the field's zone."""
    ways = [partial(_one_instant, pattern, field.zone) for pattern in field.formats]
    return stepwise(_written(field, cell), ways, MOMENT)


def day(field: Field, cell: pl.Expr) -> pl.Expr:
    """A day in one of the field's formats; of a time, the day it fell on in the field's `day_zone`."""
    zone = field.day_zone or field.zone
    ways = [partial(_one_day, pattern, field.zone, zone) for pattern in field.formats]
    told = stepwise(_written(field, cell), ways, pl.Date())
    moment = instant(field, pl.when(cell.str.contains(ISO_BEGINS)).then(cell))
    return pl.coalesce(told, moment.dt.convert_time_zone(zone).dt.date())


def _iso(zone: str, cell: pl.Expr) -> pl.Expr:
    """Taken apart by one pattern, once: several times faster than by formats with an offset."""
    date, clock, seconds, sign, hours, rest, name = (pl.field(str(group)) for group in range(1, 8))
    text = date + "T" + clock + seconds.fill_null(":00")
    moment = text.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, cache=False, time_unit="us")
    told = hours.cast(pl.Int64) * 60 + rest.cast(pl.Int64)
    offset = pl.coalesce(pl.when(sign == "-").then(-told).otherwise(told), _offset(name, zone))
    utc = (moment - pl.duration(minutes=offset)).dt.replace_time_zone("UTC").alias("utc")
    return _dated(cell.str.extract_groups(ISO).struct.with_fields(utc).struct.field("utc"))


def _offset(name: pl.Expr, zone: str) -> pl.Expr:
    """The minutes from UTC that a zone's name means; null when it is not known."""
    known = {word: str(offset) for word, offset in minutes(zone).items()}
    return replaced(name, known).cast(pl.String).cast(pl.Int64)


def _written(field: Field, cell: pl.Expr) -> pl.Expr:
    """The cell with its month in English and one mark for all, where the field's formats ask for that."""
    if not any(ANY_MARK in pattern for pattern in field.formats):
        return cell
    worded = pl.when(cell.str.contains(WORD)).then(cell)
    english = pl.coalesce(stepwise(worded, [_english], pl.String()), cell)
    return english.str.replace(AGAIN, "").str.replace_many(
        MARKS if any(map(month_first, field.formats)) else MARKS | DOT
    )


def _english(cell: pl.Expr) -> pl.Expr:
    word = cell.str.extract(f"({WORD})").str.strip_suffix(".")
    month = replaced(word, months()).cast(pl.String)
    return pl.when(month.is_not_null()).then(cell.str.replace(WORD, month))


def _one_day(pattern: str, zone: str, day_zone: str, cell: pl.Expr) -> pl.Expr:
    if _has_clock(pattern):
        return _one_instant(pattern, zone, cell).dt.convert_time_zone(day_zone).dt.date()
    return _dated(_whole(pattern, cell).str.to_date(pattern, strict=False))


def _one_instant(pattern: str, zone: str, cell: pl.Expr) -> pl.Expr:
    told = _whole(pattern, cell)
    if "%z" in pattern:
        return _dated(told.str.to_datetime(pattern, strict=False, time_unit="us").dt.convert_time_zone("UTC"))
    if _has_clock(pattern):
        return _timed(pattern, zone, told)
    midnight = told.str.to_date(pattern, strict=False).cast(pl.Datetime("us"))
    # Some zones change their clocks at midnight: that day begins an hour later.
    return pl.coalesce(_in_zone(midnight, zone), _in_zone(midnight + pl.duration(hours=1), zone))


def _whole(pattern: str, cell: pl.Expr) -> pl.Expr:
    """The cell, unless a format of Amazon's would read two digits as a year of four."""
    is_strict = ANY_MARK in pattern and "%Y" in pattern
    return pl.when(cell.str.contains(FULL_YEAR)).then(cell) if is_strict else cell


def _timed(pattern: str, zone: str, cell: pl.Expr) -> pl.Expr:
    """A time of the zone; Amazon's own formats may have another zone's name after it, which is never dropped."""
    if ANY_MARK not in pattern:
        return _in_zone(cell.str.to_datetime(pattern, strict=False, time_unit="us"), zone)
    name = cell.str.extract(ZONE_NAME)
    naive = cell.str.replace(ZONE_NAME, "").str.to_datetime(pattern, strict=False, time_unit="us")
    named = _dated((naive - pl.duration(minutes=_offset(name, zone))).dt.replace_time_zone("UTC"))
    return pl.when(name.is_null()).then(_in_zone(naive, zone)).otherwise(named)


def _in_zone(naive: pl.Expr, zone: str) -> pl.Expr:
    there = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return _dated(there.dt.convert_time_zone("UTC"))


def _dated(moment: pl.Expr) -> pl.Expr:
    """Nothing later than Python's calendar, in any zone."""
    return pl.when(moment.dt.year() < int(LAST_YEAR)).then(moment)


def _has_clock(pattern: str) -> bool:
    return any(part in pattern for part in CLOCK)
