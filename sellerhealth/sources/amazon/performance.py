"""The seller performance report: Amazon's own figures and targets, one row each.

Report type GET_V2_SELLER_PERFORMANCE_REPORT, a JSON document; figures.py makes its rows. Where it
contradicts itself, and it does, it is taken as it is.
"""

from sellerhealth.sources.layout import Field, Layout

DAY = ("%Y-%m-%d",)

LAYOUT = Layout(
    name="seller_performance",
    label="the seller performance report (JSON)",
    tables=("performance",),
    key=("marketplace", "figure", "figure_from", "figure_to"),
    whole=True,
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
HEADER = tuple(field.theirs[0] for field in LAYOUT.fields)
