"""The seller performance report, a JSON document, as lines of a table: one figure a line.

Amazon's schema and Amazon's reports name some figures differently; both names are read, and ours is the
schema's. What is not known is passed over, and so is a figure that says nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sellerhealth.definition.columns import COUNTERS
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.sources.amazon.performance import HEADER

REPORT = ("accountStatuses", "performanceMetrics")
COUNTRIES = {place.marketplace_id: place.code for place in MARKETPLACES.values()}
Json = Mapping[str, Any]


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


def lines(text: str) -> str | None:
    r"""The report as tab-separated lines below a header; None for a text that is no such report.

    Example:
        >>> told = lines('{"accountStatuses": [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL"}]}')
        >>> told.splitlines()[1].split("\t")
        ['accountStatus', 'US', '', '', '', '', '', '', 'NORMAL']
        >>> lines('{"errors": []}') is None
        True
    """
    try:
        report = json.loads(text, parse_int=str, parse_float=_decimal, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(report, dict) or not any(isinstance(report.get(key), list) for key in REPORT):
        return None
    rows = _dated([*_statuses(report), *(row for one in _objects(report, REPORT[1]) for row in _metrics(one))])
    cells = [HEADER, *([row.get(name, "") for name in HEADER] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in cells)


def _decimal(text: str) -> str:
    """A number without an exponent, as other files write it."""
    return format(Decimal(repr(float(text))), "f")


def _statuses(report: Json) -> Iterator[dict[str, str]]:
    for one in _objects(report, REPORT[0]):
        yield from _told(_place(one), "accountStatus", status=_text(one, "status"))


def _metrics(told: Json) -> Iterator[dict[str, str]]:
    """The figures of one marketplace."""
    place = _place(told)
    for key, figure in KNOWN.items():
        _, _, fulfilment = key.partition(".")
        name = f"{figure.ours}.{fulfilment}" if fulfilment else figure.ours
        for one in _objects(told, key):
            yield from _figure(one, figure, name, place)
    for one in [*_objects(told, "warningStates"), *_objects(told, "warningState")]:
        if kind := _text(one, "warningType"):
            yield from _told(place, f"warningState.{kind}", status=_text(one, "status"))


def _figure(told: Json, figure: Figure, name: str, place: str) -> Iterator[dict[str, str]]:
    span = {
        "reportingDateFrom": _day(_text(told, "reportingDateRange.reportingDateFrom")),
        "reportingDateTo": _day(_text(told, "reportingDateRange.reportingDateTo")),
    }
    out_of = _text(told, figure.out_of)
    yield from _told(
        place,
        name,
        span,
        count=_text(told, figure.count),
        orderCount=out_of,
        rate=_text(told, figure.rate),
        targetValue=_text(told, "targetValue"),
        status=_text(told, figure.status) or _text(told, SHORT.get(figure.status, figure.status)),
    )
    for part in figure.parts:
        for one in _objects(told, part):
            counted, status = _text(one, "count"), _text(one, "status")
            shared = out_of if counted else ""
            yield from _told(place, f"{name}.{part}", span, count=counted, orderCount=shared, status=status)


def _told(place: str, name: str, span: Mapping[str, str] | None = None, **values: str) -> Iterator[dict[str, str]]:
    """The figure's row, when it says anything."""
    if any(values.values()):
        yield {"marketplaceId": place, "performanceMetrics": name, **(span or {}), **values}


def _dated(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """A figure that has no range, such as a status, is of the last day its marketplace's others cover."""
    last: dict[str, str] = {}
    for row in rows:
        day = row.get("reportingDateTo", "")
        for place in ("", row["marketplaceId"]):
            last[place] = max(last.get(place, ""), day)
    return [
        {**row, "reportingDateTo": row.get("reportingDateTo") or last[row["marketplaceId"]] or last[""]} for row in rows
    ]


def _place(told: Json) -> str:
    """The country code; a marketplace this program does not know is another one."""
    name = _text(told, "marketplaceId")
    return COUNTRIES.get(name, "OTHER") if name else ""


def _objects(told: Json, path: str) -> list[Json]:
    """The object there, or those of the list there."""
    found = _at(told, path)
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def _text(told: Json, path: str) -> str:
    """The text or number there, on one line; empty when there is none."""
    found = _at(told, path)
    return " ".join(found.encode("utf-8", "replace").decode().split()) if isinstance(found, str) else ""


def _at(told: Json, path: str) -> Any:
    found: Any = told
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _day(text: str) -> str:
    """The day in UTC of a moment, with or without seconds; what is no moment as it stands."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return text
