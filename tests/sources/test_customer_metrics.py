"""The customer metrics report, XML, by the names public readers of it look for; no real one could be had."""

from pathlib import Path

import pytest

from tests.sources.folder import alone, filled, ledger, refusal, rows

COLUMNS = ("figure", "figure_from", "figure_to", "figure_count", "figure_out_of", "figure_rate", "figure_status")
SPAN = "<timeFrame><start>2026-01-02T00:00:00Z</start><end>2026-03-02T23:59:59Z</end></timeFrame>"
DAYS = ("2026-01-02", "2026-03-02")
SHORTER = SPAN.replace("2026-01-02", "2026-02-01")


def xml(*sections: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sellerPerformanceReports><sellerPerformanceReport>'
        f"{''.join(sections)}</sellerPerformanceReport></sellerPerformanceReports>\n"
    )


def rate(name: str, count: object, share: str) -> str:
    return f"<{name}><count>{count}</count><rate>{share}</rate></{name}>"


def orders(*figures: str, span: str = SPAN) -> str:
    block = f"<orderDefectMetrics>{span}<orderCount>1200</orderCount>{''.join(figures)}</orderDefectMetrics>"
    return f"<orderDefects>{block}</orderDefects>"


def figures(tmp_path: Path, *sections: str) -> list[tuple[object, ...]]:
    return rows(alone(tmp_path, {"metrics.xml": xml(*sections)}), "performance", *COLUMNS)


def test_every_part_of_a_report(tmp_path: Path):
    content = xml(
        "<performanceChecklist><orderDefectRate><status>Good</status></orderDefectRate>"
        "<policyViolation><status>Fair</status></policyViolation><validTrackingRate/></performanceChecklist>",
        orders(
            rate("orderWithDefects", 6, "0.5%"),
            rate("negativeFeedbacks", 4, "0.33%"),
            rate("a_z_claims", 1, "0.08%"),
            rate("chargebacks", 1, "0.08%"),
        ),
        "<customerExperience>"
        + "".join(
            f"<customerExperienceMetrics>{span}<orderCount>{total}</orderCount>"
            + rate("lateShipment", late, share)
            + rate("preFulfillmentCancellation", 0, "0%")
            + rate("refunds", 12, refunded)
            + "</customerExperienceMetrics>"
            for span, total, late, share, refunded in (
                (SPAN, 1200, 24, "2%", "1.00%"),
                (SHORTER, 600, 6, "1 %", "2%"),
            )
        )
        + "</customerExperience>",
        f"<trackingInformation><trackingMetrics>{SPAN}"
        + rate("validTracking", 1188, "99.0%")
        + rate("onTimeDelivery", 1176, "98%")
        + "<requiredCategories><category><rate>1%</rate></category></requiredCategories>"
        "</trackingMetrics></trackingInformation>",
        f"<buyerSellerContactResponseTimeMetrics><responseTimeMetrics>{SPAN}"
        "<averageResponseTimeInHours>7.5</averageResponseTimeInHours>"
        "<responseUnder24Hours>93.1%</responseUnder24Hours>"
        "<noResponseForContactsOlderThan24Hours>3</noResponseForContactsOlderThan24Hours>"
        "</responseTimeMetrics></buyerSellerContactResponseTimeMetrics>",
        f"<productSafetyData>{SPAN}<defectCount>2</defectCount></productSafetyData>",
    )
    account = alone(tmp_path, {"metrics.xml": content})
    assert rows(account, "performance", *COLUMNS) == [
        ("customerExperienceMetrics.refunds", *DAYS, 12, 1200, 0.01, None),
        ("customerExperienceMetrics.refunds", "2026-02-01", "2026-03-02", 12, 600, 0.02, None),
        ("lateShipmentRate", *DAYS, 24, 1200, 0.02, None),
        ("lateShipmentRate", "2026-02-01", "2026-03-02", 6, 600, 0.01, None),
        ("onTimeDeliveryRate", *DAYS, 1176, None, 0.98, None),
        ("orderDefectRate", *DAYS, 6, 1200, 0.005, None),
        ("orderDefectRate.chargebacks", *DAYS, 1, 1200, 0.0008, None),
        ("orderDefectRate.claims", *DAYS, 1, 1200, 0.0008, None),
        ("orderDefectRate.negativeFeedback", *DAYS, 4, 1200, 0.0033, None),
        ("performanceChecklist.orderDefectRate", None, "2026-03-02", None, None, None, "Good"),
        ("performanceChecklist.policyViolation", None, "2026-03-02", None, None, None, "Fair"),
        ("preFulfillmentCancellationRate", *DAYS, 0, 1200, 0.0, None),
        ("preFulfillmentCancellationRate", "2026-02-01", "2026-03-02", 0, 600, 0.0, None),
        ("productSafetyData.defectCount", *DAYS, 2, None, None, None),
        ("responseTimeMetrics.averageResponseTimeInHours", *DAYS, None, None, 7.5, None),
        ("responseTimeMetrics.noResponseForContactsOlderThan24Hours", *DAYS, 3, None, None, None),
        ("responseTimeMetrics.responseUnder24Hours", *DAYS, None, None, 0.931, None),
        ("validTrackingRate", *DAYS, 1188, None, 0.99, None),
    ]
    assert ledger(account) == {"metrics.xml": (18, 18, 0, 0, 0)}
    assert account.ledger.select("layout", "note").row(0) == ("the customer metrics report (XML)", "")
    assert account.last_day.isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("0.5%", 0.005),
        ("0.05%", 0.0005),
        ("7%", 0.07),
        ("12.34%", 0.1234),
        ("100%", 1.0),
        ("100.0 %", 1.0),
        ("0%", 0.0),
    ],
)
def test_a_percentage_is_a_share_digit_by_digit(tmp_path: Path, written: str, share: float):
    ((found,),) = [
        rows(
            alone(tmp_path, {"a.xml": xml(orders(f"<refunds><rate>{written}</rate></refunds>"))}),
            "performance",
            "figure_rate",
        )
    ]
    assert found == (share,)


@pytest.mark.parametrize("written", ["0.5", "0,5%", "N/A", "NaN%", "-1%", "1e3%", "99999%"])
def test_a_rate_that_could_mean_two_things_is_left_out_and_said(tmp_path: Path, written: str):
    account = alone(tmp_path, {"a.xml": xml(orders(rate("refunds", 5, written)))})
    assert rows(account, "performance", *COLUMNS) == [("orderDefectMetrics.refunds", *DAYS, 5, 1200, None, None)]
    assert account.ledger["note"].item() == ("what stands in another figure is no plain number, and is left out")


def test_what_contradicts_itself_is_kept_and_said(tmp_path: Path):
    account = alone(tmp_path, {"a.xml": xml(orders(rate("lateShipment", 1201, "3%")))})
    assert account.ledger["note"].item() == (
        "more are counted than there were in lateShipmentRate, kept as Amazon wrote it; "
        "the rate does not follow from the counts in lateShipmentRate, kept as Amazon wrote it"
    )


def test_reports_of_two_marketplaces(tmp_path: Path):
    one = f"<sellerPerformanceReport><marketplaceId>PLACE</marketplaceId>{orders(rate('lateShipment', 12, '1%'))}</sellerPerformanceReport>"
    places = "".join(one.replace("PLACE", place) for place in ("A1F83G8C2ARO7P", "NEW"))
    content = f'<r:sellerPerformanceReports xmlns:r="urn:x">{places}</r:sellerPerformanceReports>'
    account = alone(tmp_path, {"a.xml": content})
    assert [(row["marketplace"], row["figure"]) for row in filled(account, "performance")] == [
        ("GB", "lateShipmentRate"),
        ("OTHER", "lateShipmentRate"),
    ]


@pytest.mark.parametrize(
    "section",
    ["", "<orderDefects/>", orders(), orders("<refunds/>"), "<a><b/></a>"],
)
def test_what_says_nothing_is_left_out(tmp_path: Path, section: str):
    account = alone(tmp_path, {"a.xml": xml(section)})
    assert rows(account, "performance") == []
    assert ledger(account) == {"a.xml": (0, 0, 0, 0, 0)}


def test_a_text_among_the_figures_is_left_out_and_said(tmp_path: Path):
    account = alone(tmp_path, {"a.xml": xml(orders("<name>Ann Example</name>"))})
    assert rows(account, "performance") == []
    assert account.ledger["note"].item() == (
        "no rows below the header; what stands in another figure is no plain number, and is left out"
    )


WHOLE = xml(orders(rate("lateShipment", 12, "1%")))
UNFOLDING = (
    '<!DOCTYPE a [<!ENTITY b0 "x">'
    + "".join(f'<!ENTITY b{number} "{f"&b{number - 1};" * 10}">' for number in range(1, 9))
    + "]>"
)
DAMAGED = "It is damaged or cut off: download it again, or the newer report GET_V2_SELLER_PERFORMANCE_REPORT."
UNSAFE = "Download it again, from Amazon."


@pytest.mark.parametrize(
    ("content", "expected", "way_out"),
    [
        (WHOLE[: len(WHOLE) // 2], "whole XML", DAMAGED),
        (WHOLE.replace("</rate>", "/rate>"), "whole XML", DAMAGED),
        (WHOLE.replace("<count>", "&b;<count>"), "whole XML", DAMAGED),
        (
            UNFOLDING + xml("<a>&b8;</a>").partition("\n")[2],
            "XML that neither unfolds itself nor fetches another file",
            UNSAFE,
        ),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + xml("<a>&b;</a>").partition("\n")[2],
            "XML that neither unfolds itself nor fetches another file",
            UNSAFE,
        ),
    ],
)
def test_xml_that_is_damaged_or_not_safe_is_refused(tmp_path: Path, content: str, expected: str, way_out: str):
    error = refusal(tmp_path, {"bad.xml": content})
    assert (error.where, error.expected, error.what_to_do) == ("shop/bad.xml", expected, way_out)


def test_xml_as_deep_as_a_well_is_read(tmp_path: Path):
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert figures(tmp_path, deep, orders(rate("lateShipment", 12, "1%"))) == [
        ("lateShipmentRate", *DAYS, 12, 1200, 0.01, None)
    ]


@pytest.mark.parametrize("content", ["<orders><order/></orders>", "<sellerPerformanceReportList/>", "<"])
def test_any_other_xml_is_refused(tmp_path: Path, content: str):
    assert refusal(tmp_path, {"bad.xml": content}).what_to_do == (
        "This is XML, often an error message or a web page: sign in and download it again."
    )
