"""Amazon's own figures of Harbor & Pine, as its report told them on four Sundays.

Amazon cuts its days in UTC: an order to be shipped by the end of a day in Los Angeles is one of its next day, so that
its late orders are not quite ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sellerhealth.demo import deliveries, performance, tracking
from sellerhealth.demo.deliveries import Delivery
from sellerhealth.demo.notifications import Notification
from sellerhealth.demo.performance import (
    CANCELLED,
    LATE,
    ON_TIME,
    TRACKED,
    UNITS_ON_TIME,
    Json,
    invoice_defects,
    order_defects,
    rate,
)
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.shops import HARBOR_AND_PINE
from sellerhealth.demo.tracking import Package


@dataclass(frozen=True, kw_only=True)
class Report:
    """What Amazon counted up to a day: orders late, cancelled and defective, out of how many; its rating."""

    on: date
    rating: int
    late: tuple[int, int]
    cancelled: tuple[int, int]
    defects: tuple[int, int]
    kinds: Mapping[str, int]
    defects_by_amazon: tuple[int, int]


REPORTS = (
    Report(
        on=date(2026, 10, 25),
        rating=264,
        late=(16, 346),
        cancelled=(0, 94),
        defects=(2, 735),
        kinds={"claims": 1, "chargebacks": 0, "negativeFeedback": 1},
        defects_by_amazon=(0, 203),
    ),
    Report(
        on=date(2026, 11, 1),
        rating=264,
        late=(16, 342),
        cancelled=(0, 78),
        defects=(4, 724),
        kinds={"claims": 2, "chargebacks": 1, "negativeFeedback": 1},
        defects_by_amazon=(1, 206),
    ),
    Report(
        on=date(2026, 11, 8),
        rating=268,
        late=(19, 347),
        cancelled=(2, 91),
        defects=(4, 734),
        kinds={"claims": 2, "chargebacks": 1, "negativeFeedback": 2},
        defects_by_amazon=(1, 198),
    ),
    Report(
        on=date(2026, 11, 15),
        rating=268,
        late=(24, 348),
        cancelled=(6, 80),
        defects=(5, 722),
        kinds={"claims": 3, "chargebacks": 1, "negativeFeedback": 2},
        defects_by_amazon=(1, 193),
    ),
)


def files(packages: list[Package], promised: list[Delivery], notices: tuple[Notification, ...]) -> dict[str, str]:
    """The four performance reports by their names."""
    told: dict[str, str] = {}
    for one in REPORTS:
        shop = replace(HARBOR_AND_PINE, last_day=one.on)
        rating = {"ahrStatus": "GREAT", "ahrScore": one.rating}
        rates = {**_order_rates(shop, one), **_delivery_rates(shop, packages, promised)}
        told |= performance.report(shop, rating, rates, notices)
    return told


def _order_rates(shop: Shop, one: Report) -> Json:
    on_feedback = {"claims": 0, "chargebacks": 0, "negativeFeedback": one.defects_by_amazon[0]}
    return {
        "lateShipmentRate": rate(shop, "lateShipmentCount", one.late, (30, 0), LATE),
        "prefulfillmentCancelRate": rate(shop, "cancellationCount", one.cancelled, (7, 1), CANCELLED),
        "orderDefectRate": {
            "mfn": order_defects(shop, one.defects, one.kinds, "mfn"),
            "afn": order_defects(shop, one.defects_by_amazon, on_feedback, "afn"),
        },
        "invoiceDefectRate": invoice_defects(shop),
    }


def _delivery_rates(shop: Shop, packages: list[Package], promised: list[Delivery]) -> Json:
    month, fortnight = (30, 10), (14, 7)
    valid = tracking.valid(packages, *shop.window(*month))
    on_time = deliveries.on_time(deliveries.arrived(promised, *shop.window(*month)))
    units = deliveries.on_time_units(deliveries.arrived(promised, *shop.window(*fortnight)))
    return {
        "validTrackingRate": rate(shop, "validTrackingCount", valid, month, TRACKED),
        "onTimeDeliveryRate": rate(shop, "onTimeDeliveryCount", on_time, month, ON_TIME),
        "unitOnTimeDeliveryRate": rate(shop, "unitOnTimeDeliveryCount", units, fortnight, UNITS_ON_TIME),
    }
