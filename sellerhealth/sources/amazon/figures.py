"""The seller performance report, a JSON document, as lines of a table: one figure a line.

Amazon's schema and Amazon's reports name some figures differently; both names are read, and ours is the
schema's. What is not known is passed over, and so is a figure that says nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sellerhealth.definition.columns import COUNTERS
from sellerhealth.sources.amazon import contradictions
from sellerhealth.sources.amazon.document import Document, country, table
from sellerhealth.sources.amazon.objects import Json, at, objects_at, text_at
from sellerhealth.sources.amazon.performance import LAYOUT, dated, day

REPORT = ("accountStatuses", "performanceMetrics")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Where the report tells a figure: the key of its count, of what it is out of, of its rate and status."""

    ours: str
    count: str = "defectsCount"
    out_of: str = "orderCount"
    rate: str = "rate"
    status: str = "status"
    parts: tuple[str, ...] = ()


LATE = Figure(ours="lateShipmentRate", count="lateShipmentCount")
CANCELLED = Figure(ours="preFulfillmentCancellationRate", count="cancellationCount")
DEFECTS = Figure(
    ours="orderDefectRate", count="orderWithDefects.count", parts=("claims", "chargebacks", "negativeFeedback")
)
KNOWN = {
    "lateShipmentRate": LATE,
    "lateShipmentRateList": LATE,
    "preFulfillmentCancellationRate": CANCELLED,
    "prefulfillmentCancelRate": CANCELLED,
    "orderDefectRate.mfn": DEFECTS,
    "orderDefectRate.afn": DEFECTS,
    "validTrackingRate": Figure(ours="validTrackingRate", count="validTrackingCount", out_of="shipmentCount"),
    "onTimeDeliveryRate": Figure(
        ours="onTimeDeliveryRate", count="onTimeDeliveryCount", out_of="shipmentCountWithValidTracking"
    ),
    "unitOnTimeDeliveryRate": Figure(
        ours="unitOnTimeDeliveryRate", count="unitOnTimeDeliveryCount", out_of="totalUnitCount"
    ),
    "invoiceDefectRate": Figure(
        ours="invoiceDefectRate", count="invoiceDefect.count", parts=("missingInvoice", "lateInvoice")
    ),
    "accountHealthRating": Figure(ours="accountHealthRating", rate="ahrScore", status="accountHealthRatingStatus"),
    "documentRequest": Figure(ours="documentRequests"),
    "policyViolationWarnings": Figure(ours="policyViolationWarnings", count="warningsCount"),
    **{name: Figure(ours=name) for name in COUNTERS},
}
SHORT = {"accountHealthRatingStatus": "ahrStatus"}
"""A key the schema names, and what reports write instead."""


def is_report(one: Any) -> bool:
    """Whether this is a seller performance report."""
    return any(isinstance(at(one, key), list) for key in REPORT)


def told(reports: list[Any]) -> Document:
    r"""The reports' figures, a line each, and where they contradict themselves.

    Example:
        >>> one = {"accountStatuses": [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL"}]}
        >>> told([one]).lines.splitlines()[1].split("\t")
        ['accountStatus', 'US', '', '', '', '', '', '', 'NORMAL']
    """
    rows = [row for report in reports for row in _rows(report)]
    return Document(lines=table(LAYOUT, rows), notes=contradictions.notes(rows))


def _rows(report: Json) -> list[dict[str, str]]:
    return dated([*_statuses(report), *(row for one in objects_at(report, REPORT[1]) for row in _metrics(one))])


def _statuses(report: Json) -> Iterator[dict[str, str]]:
    for one in objects_at(report, REPORT[0]):
        yield from _told(_place(one), "accountStatus", status=text_at(one, "status"))


def _metrics(told: Json) -> Iterator[dict[str, str]]:
    """The figures of one marketplace."""
    place = _place(told)
    for key, figure in KNOWN.items():
        _, _, fulfilment = key.partition(".")
        name = f"{figure.ours}.{fulfilment}" if fulfilment else figure.ours
        for one in objects_at(told, key):
            yield from _figure(one, figure, name, place)
    for one in [*objects_at(told, "warningStates"), *objects_at(told, "warningState")]:
        if kind := text_at(one, "warningType"):
            yield from _told(place, f"warningState.{kind}", status=text_at(one, "status"))


def _figure(told: Json, figure: Figure, name: str, place: str) -> Iterator[dict[str, str]]:
    span = {
        "reportingDateFrom": day(text_at(told, "reportingDateRange.reportingDateFrom")),
        "reportingDateTo": day(text_at(told, "reportingDateRange.reportingDateTo")),
    }
    out_of = text_at(told, figure.out_of)
    yield from _told(
        place,
        name,
        {**span, "fulfillmentType": text_at(told, "fulfillmentType") if "." in name else ""},
        count=text_at(told, figure.count),
        orderCount=out_of,
        rate=text_at(told, figure.rate),
        targetValue=text_at(told, "targetValue"),
        status=text_at(told, figure.status) or text_at(told, SHORT.get(figure.status, figure.status)),
    )
    for part in figure.parts:
        for one in objects_at(told, part):
            counted, status = text_at(one, "count"), text_at(one, "status")
            shared = out_of if counted else ""
            yield from _told(place, f"{name}.{part}", span, count=counted, orderCount=shared, status=status)


def _told(place: str, name: str, span: Mapping[str, str] | None = None, **values: str) -> Iterator[dict[str, str]]:
    """The figure's row, when it says anything."""
    if any(values.values()):
        yield {"marketplaceId": place, "performanceMetrics": name, **(span or {}), **values}


def _place(told: Json) -> str:
    return country(text_at(told, "marketplaceId"))
