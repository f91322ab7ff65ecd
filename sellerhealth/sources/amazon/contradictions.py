"""Where a performance report contradicts itself: a sentence a kind, with the figures it is true of.

Nothing is mended: what Amazon wrote is kept, and read with care.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

STATUSES = ("NORMAL", "AT_RISK", "DEACTIVATED")
"""How an account may stand, by the published schema; the published example has another word too."""
ROUGHEST = 2
"""A rate has two decimals at least, however few are written: 0.03 may be 0.0300."""
Row = dict[str, str]


def notes(rows: Iterable[Row]) -> tuple[str, ...]:
    """What is odd about the rows of a report, as `performance.LAYOUT` names their cells.

    Example:
        >>> notes([{"performanceMetrics": "lateShipmentRate", "count": "3", "orderCount": "2", "rate": "0.01"}])[0]
        'more are counted than there were in lateShipmentRate, kept as Amazon wrote it'
    """
    told = list(rows)
    found = {says: sorted({row["performanceMetrics"] for row in told if is_so(row)}) for says, is_so in KINDS.items()}
    sentences = [says.format(" and ".join(names)) for says, names in found.items() if names]
    strange = sorted({row.get("marketplaceId", "") for row in told if _is_strange(row)})
    return (*sentences, *(f"Amazon's word for the account{_in(place)} is new to this program" for place in strange))


def _in(place: str) -> str:
    return f" in {place}" if place else ""


def _counts_more(row: Row) -> bool:
    count, out_of = _number(row, "count"), _number(row, "orderCount")
    return count is not None and out_of is not None and count > out_of


def _rate_differs(row: Row) -> bool:
    """Beyond what rounding or cutting off decimals explains."""
    count, out_of, rate = (_number(row, name) for name in ("count", "orderCount", "rate"))
    if count is None or not out_of or rate is None:
        return False
    decimals = max(len(row["rate"].partition(".")[2]), ROUGHEST)
    return abs(count / out_of - rate) > Decimal(1).scaleb(-decimals)


def _runs_backwards(row: Row) -> bool:
    try:
        start, end = (date.fromisoformat(row.get(f"reportingDate{name}", "")) for name in ("From", "To"))
    except ValueError:
        return False
    return start > end


def _names_another(row: Row) -> bool:
    """A block of one channel that names another."""
    named, own = row.get("fulfillmentType", ""), row["performanceMetrics"].rpartition(".")[2]
    return bool(named) and named.lower() != own


def _is_strange(row: Row) -> bool:
    return row["performanceMetrics"] == "accountStatus" and row.get("status", "") not in STATUSES


def _number(row: Row, name: str) -> Decimal | None:
    try:
        number = Decimal(row.get(name, ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


KINDS: dict[str, Callable[[Row], bool]] = {
    "more are counted than there were in {}, kept as Amazon wrote it": _counts_more,
    "the rate does not follow from the counts in {}, kept as Amazon wrote it": _rate_differs,
    "the last day is before the first in {}, kept as Amazon wrote it": _runs_backwards,
    "another channel is named in {}, kept under its heading": _names_another,
}
