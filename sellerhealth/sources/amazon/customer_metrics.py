"""The customer metrics report, the older form of the seller performance report: XML, the same rows.

Report type GET_V1_SELLER_PERFORMANCE_REPORT. Its schema was never published: the names are those that public
readers of it look for, and whatever else has the same shape is read too. A figure has its newer name where it is
the same figure; the others keep their own, with the block they stand in. The older report does not say whose orders
its order defect rate is of, so that one names no channel.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from sellerhealth.definition.columns import FIGURES
from sellerhealth.definition.errors import InputError
from sellerhealth.sources.amazon import contradictions, performance
from sellerhealth.sources.amazon.document import Document, country, table

ROOT, REPORT = "sellerPerformanceReports", "sellerPerformanceReport"
CHECKLIST, SPAN, TOTAL = "performanceChecklist", "timeFrame", "orderCount"
PASSED = {SPAN, TOTAL, "requiredCategories"}
OURS = {
    "orderWithDefects": "orderDefectRate",
    "negativeFeedbacks": "orderDefectRate.negativeFeedback",
    "a_z_claims": "orderDefectRate.claims",
    "chargebacks": "orderDefectRate.chargebacks",
    "lateShipment": "lateShipmentRate",
    "preFulfillmentCancellation": "preFulfillmentCancellationRate",
    "validTracking": "validTrackingRate",
    "onTimeDelivery": "onTimeDeliveryRate",
}
"""What the newer report calls the same figure."""
HOURS = "averageResponseTimeInHours"
KNOWN = {*OURS.values(), *(figure for figures in FIGURES.values() for figure in figures)}
WHOLE, SCORE = re.compile(r"[0-9]{1,9}"), re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
SHARE = re.compile(r"([0-9]{1,4})(\.[0-9]{1,12})? ?%")
SEARCHED = 1 << 16
_FIGURE, *_OTHERS = performance.LAYOUT.fields

LAYOUT = replace(
    performance.LAYOUT,
    name="customer_metrics",
    label="the customer metrics report (XML)",
    fields=(replace(_FIGURE, theirs=(REPORT,)), *_OTHERS),
)
SAYS = ("count", "rate", "status")
Row = dict[str, str]


def told(text: str, shown: str) -> Document | None:
    r"""The report's figures, a line each; None for XML, or a web page, that is no such report.

    Raises InputError for one that is damaged, or that would unfold or fetch something. `shown` is the name used in
    errors.

    Example:
        >>> told("<html></html>", "a.xml") is None
        True
    """
    if REPORT not in text[:SEARCHED]:
        return None
    try:
        root = fromstring(text, forbid_dtd=True)
    except DefusedXmlException:
        way_out = "Download it again, from Amazon."
        raise InputError(shown, "XML that neither unfolds itself nor fetches another file", way_out) from None
    except ParseError:
        way_out = "It is damaged or cut off: download it again, or the newer report GET_V2_SELLER_PERFORMANCE_REPORT."
        raise InputError(shown, "whole XML", way_out) from None
    reports = [one for one in (root, *root) if _name(one) == REPORT]
    if not reports:
        return None
    rows = [row for one in reports for row in performance.dated(list(_rows(one)))]
    says = [row for row in rows if any(row.get(name) for name in SAYS)]
    lines = table(LAYOUT, [{REPORT: row["performanceMetrics"], **row} for row in says])
    named = [{**row, "performanceMetrics": _shown(row["performanceMetrics"])} for row in rows]
    return Document(lines=lines, notes=(*contradictions.notes(named), *_unread(named)))


def _rows(report: Any) -> Iterator[Row]:
    place = country(_text(report, "marketplaceId"))
    for section in report:
        if _name(section) == CHECKLIST:
            for one in section:
                if status := _text(one, "status"):
                    yield {"marketplaceId": place, "performanceMetrics": f"{CHECKLIST}.{_name(one)}", "status": status}
            continue
        for block in [part for part in section if _child(part, SPAN) is not None] or [section]:
            yield from _block(block, place)


def _block(block: Any, place: str) -> Iterator[Row]:
    """The figures of one window."""
    shared = {"marketplaceId": place, **_span(_child(block, SPAN))}
    total = _text(block, TOTAL)
    for one in block:
        name = _name(one)
        if name not in PASSED and (figure := _figure(one, name)):
            ours = OURS.get(name, f"{_name(block)}.{name}")
            yield {**shared, "performanceMetrics": ours, **figure, TOTAL: total if figure.get("count") else ""}


def _span(frame: Any) -> Row:
    return {
        "reportingDateFrom": performance.day(_text(frame, "start")),
        "reportingDateTo": performance.day(_text(frame, "end")),
    }


def _figure(one: Any, name: str) -> Row:
    """Its count and its rate; `unread` where something stands there that is no number."""
    count, rate = _text(one, "count"), _text(one, "rate")
    alone = "" if len(one) else " ".join((one.text or "").split())
    if name == HOURS:
        rate, alone = alone, ""
        score = rate if SCORE.fullmatch(rate) else ""
    else:
        count, rate = (count, rate or alone) if "%" in alone else (count or alone, rate)
        score = _share(rate)
    whole = count if WHOLE.fullmatch(count) else ""
    lost = (count and not whole) or (rate and not score)
    told = {"count": whole, "rate": score, "unread": "yes" if lost else ""}
    return told if any(told.values()) else {}


def _share(rate: str) -> str:
    """A percentage as a share, digit by digit: 0.5% is 0.005. Without its sign nobody can tell which it is."""
    found = SHARE.fullmatch(rate)
    if not found:
        return ""
    whole, decimals = found[1].zfill(3), (found[2] or ".")[1:]
    return f"{int(whole[:-2])}.{whole[-2:]}{decimals}"


def _unread(rows: list[Row]) -> list[str]:
    names = sorted({row["performanceMetrics"] for row in rows if row.get("unread")})
    return [f"what stands in {' and '.join(names)} is no plain number, and is left out"] if names else []


def _shown(figure: str) -> str:
    """What a figure is called in a note: a name that the file made up is not told."""
    return figure if figure in KNOWN else "another figure"


def _name(one: Any) -> str:
    """The element's name without its namespace."""
    return str(one.tag).rpartition("}")[2]


def _child(one: Any, name: str) -> Any:
    return next((child for child in one if _name(child) == name), None)


def _text(one: Any, name: str) -> str:
    """The text of the only child of that name; empty where there is none, or several that contradict each other."""
    found = {" ".join((child.text or "").split()) for child in (one if one is not None else ()) if _name(child) == name}
    return found.pop() if len(found) == 1 else ""
