"""An account for each metric in which every reading changes the counts by a number of its own."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.metrics.edges import many

MARCH_31 = date(2026, 3, 31)
FEEDBACK = "order_id|rated_on|rating|removed_on"
CLAIMS = "order_id|claim_type|opened_on|claim_status|funded_by"


@dataclass(frozen=True, kw_only=True)
class Planted:
    """The tables as text, Amazon's figure of them and its days, and what each reading changes: defects, orders."""

    figure: str
    channel: str
    span: tuple[date, date]
    tables: dict[str, str]
    changes: dict[tuple[str, str], tuple[int, int]]


def days(first: date, number: int, row: str) -> list[str]:
    """The row on each of so many days, twice a day; `#` is the number, `@` the day, `+2` two days later."""
    each = [(past, turn, first + timedelta(days=past)) for past in range(number) for turn in (1, 2)]
    return [
        row.replace("#", f"{past}-{turn}").replace("@", str(on)).replace("+2", str(on + timedelta(days=2)))
        for past, turn, on in each
    ]


BOUGHT = "order_id|channel|status|purchased_at"
DEFECTS = Planted(
    figure="orderDefectRate.mfn",
    channel="MFN",
    span=(date(2026, 1, 16), date(2026, 3, 16)),
    tables={
        "orders": ";".join(
            [
                BOUGHT,
                *days(date(2026, 1, 16), 60, "plain-#|MFN|SHIPPED|@"),
                "utc|MFN|SHIPPED|2026-03-16 18:00",
                many("cancelled-#|MFN|CANCELLED|2026-03-01", 2),
                many("amazons-#|AFN|SHIPPED|2026-03-01", 4),
                many("unpaid-#|MFN|PENDING|2026-03-01", 8),
                many("funded-#|MFN|SHIPPED|2026-03-02", 2),
                "undecided|MFN|SHIPPED|2026-03-02",
                many("denied-#|MFN|SHIPPED|2026-03-02", 5),
                many("charged-#|MFN|SHIPPED|2026-03-03", 9),
                many("won-#|MFN|SHIPPED|2026-03-03", 17),
                many("removed-#|MFN|SHIPPED|2026-03-04", 33),
                many("changed-#|MFN|SHIPPED|2026-03-04", 23),
            ]
        ),
        "claims": ";".join(
            [
                CLAIMS,
                many("funded-#|A_TO_Z|2026-03-10|GRANTED|AMAZON", 2),
                "undecided|A_TO_Z|2026-03-10|PENDING|",
                many("denied-#|A_TO_Z|2026-03-10|DENIED|", 5),
                many("charged-#|CHARGEBACK|2026-03-10|GRANTED|AMAZON", 9),
                many("won-#|CHARGEBACK|2026-03-10|DENIED|", 17),
                *(f"plain-{day}-1|A_TO_Z|2026-03-10|GRANTED|SELLER" for day in range(40)),
            ]
        ),
        "feedback": ";".join(
            [
                FEEDBACK,
                many("removed-#|2026-03-12|1|2026-03-20", 33),
                many("changed-#|2026-03-12|1|", 23),
                many("changed-#|2026-03-14|5|", 23),
            ]
        ),
    },
    changes={
        ("inside", "purchase_utc"): (0, -1),
        ("cancelled_orders", "left_out"): (0, -2),
        ("channel", "every_channel"): (0, 4),
        ("is_pending", "counted"): (0, 8),
        ("counted_claims", "seller_at_fault"): (-2, 0),
        ("counted_claims", "decided_only"): (-3, 0),
        ("counted_claims", "every"): (5, 0),
        ("counted_chargebacks", "at_sellers_cost"): (-9, 0),
        ("counted_chargebacks", "every"): (17, 0),
        ("counted_feedback", "removed_still_counted"): (33, 0),
        ("counted_feedback", "last"): (-23, 0),
    },
)
SHIPPED = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|cancelled_at"
DISPATCH = Planted(
    figure="lateShipmentRate",
    channel="MFN",
    span=(date(2026, 3, 2), date(2026, 3, 31)),
    tables={
        "orders": ";".join(
            [
                SHIPPED,
                *days(date(2026, 3, 2), 27, "plain-#|MFN|SHIPPED|@|+2|+2 09:00|"),
                "utc|MFN|SHIPPED|2026-03-29|2026-03-31 23:59|2026-03-30|",
                many("early-#|MFN|SHIPPED|2026-03-01|2026-03-03|2026-03-03 09:00|", 2),
                many("evening-#|MFN|SHIPPED|2026-03-01 20:00|2026-03-03|2026-03-03 09:00|", 3),
                many("open-#|MFN|UNSHIPPED|2026-03-29|2026-03-31||", 8),
                many("returned-#|MFN|CANCELLED|2026-03-10|2026-03-12|2026-03-11|2026-03-20", 16),
                many("cancelled-#|MFN|CANCELLED|2026-03-10|2026-03-12||2026-03-11", 32),
                many("amazons-#|AFN|SHIPPED|2026-03-10|2026-03-12|2026-03-11|", 64),
                many("unpaid-#|MFN|PENDING|2026-03-29|2026-03-31||", 100),
                "late|MFN|SHIPPED|2026-03-10|2026-03-12|2026-03-13|",
                many("listed-#|MFN|SHIPPED|2026-03-10|2026-03-12|2026-03-11|", 2),
            ]
        ),
        "amazon_defects": ";".join(
            ["order_id|metric|ordered_on|impacts_account_health", many("listed-#|late_dispatch_rate|2026-03-10|yes", 2)]
        ),
    },
    changes={
        ("inside", "ship_by_utc"): (0, -1),
        ("inside", "purchase_utc"): (0, -2),
        ("inside", "purchase"): (0, -5),
        ("late_from", "first_moment"): (1, 0),
        ("amazons_list", "decides"): (2, 0),
        ("cancelled_orders", "all"): (0, -16),
        ("cancelled_orders", "counted"): (0, 32),
        ("channel", "every_channel"): (0, 64),
        ("is_pending", "counted"): (0, 100),
    },
)
CANCELLED = "order_id|channel|status|purchased_at|cancelled_at|cancelled_by"
CANCELLATIONS = Planted(
    figure="preFulfillmentCancellationRate",
    channel="MFN",
    span=(date(2026, 3, 24), date(2026, 3, 30)),
    tables={
        "orders": ";".join(
            [
                CANCELLED,
                *days(date(2026, 3, 20), 11, "plain-#|MFN|SHIPPED|@||"),
                "utc|MFN|SHIPPED|2026-03-30 20:00||",
                many("ours-#|MFN|CANCELLED|2026-03-27|2026-03-28|SELLER", 3),
                many("earlier-#|MFN|CANCELLED|2026-03-22|2026-03-25|SELLER", 2),
                "in-part|MFN|SHIPPED|2026-03-27|2026-03-28|SELLER",
                many("automatic-#|MFN|CANCELLED|2026-03-27|2026-03-28|AMAZON", 5),
                many("buyers-#|MFN|CANCELLED|2026-03-27|2026-03-28|BUYER", 8),
                many("amazons-#|AFN|SHIPPED|2026-03-27||", 16),
                many("unpaid-#|MFN|PENDING|2026-03-27||", 32),
            ]
        )
    },
    changes={
        ("inside", "purchase_utc"): (0, -1),
        ("inside", "cancellation"): (2, 2),
        ("cancelled_scope", "any_item"): (1, 0),
        ("automatic_cancellations", "left_out"): (-5, 0),
        ("channel", "every_channel"): (0, 16),
        ("is_pending", "counted"): (0, 32),
    },
)
ACCOUNTS = {"order_defect_rate": DEFECTS, "late_dispatch_rate": DISPATCH, "cancellation_rate": CANCELLATIONS}
