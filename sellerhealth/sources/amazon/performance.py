"""The seller performance report: Amazon's own figures and targets, one row each.

Report type GET_V2_SELLER_PERFORMANCE_REPORT, a JSON document; figures.py makes its rows. Where it
contradicts itself, and it does, it is taken as it is, and the ledger says so. The older customer metrics
(customer_metrics.py) fill the same rows.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from sellerhealth.sources.layout import Field, Layout

DAY = ("%Y-%m-%d",)

LAYOUT = Layout(
    name="seller_performance",
    label="the seller performance report (JSON)",
    tables=("performance",),
    key=("marketplace", "figure", "figure_from", "figure_to"),
    whole=True,
    is_kept=True,
    is_document=True,
    fields=(
        Field(ours="figure", theirs=("performanceMetrics",), kind="text", needed=True),
        Field(ours="marketplace", theirs=("marketplaceId",), kind="marketplace"),
        Field(ours="figure_from", theirs=("reportingDateFrom",), kind="day", formats=DAY, zone="UTC"),
        Field(ours="figure_to", theirs=("reportingDateTo",), kind="day", formats=DAY, zone="UTC"),
        Field(ours="figure_count", theirs=("count",), kind="whole"),
        Field(ours="figure_out_of", theirs=("orderCount",), kind="whole"),
        Field(ours="figure_rate", theirs=("rate",), kind="number"),
        Field(ours="figure_target", theirs=("targetValue",), kind="number"),
        Field(ours="figure_status", theirs=("status",), kind="text"),
    ),
)


def day(text: str) -> str:
    """The day in UTC of a moment, with or without seconds; what is no moment as it stands.

    Example:
        >>> day("2020-10-21T23:59Z"), day("2020-10-21T23:00:00-02:00"), day("soon")
        ('2020-10-21', '2020-10-22', 'soon')
    """
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return text


def dated(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """A figure that has no range, such as a status, is of the last day its marketplace's others cover."""
    last: dict[str, str] = {}
    for row in rows:
        for place in ("", row["marketplaceId"]):
            last[place] = max(last.get(place, ""), row.get("reportingDateTo", ""))
    return [
        {**row, "reportingDateTo": row.get("reportingDateTo") or last[row["marketplaceId"]] or last[""]} for row in rows
    ]
