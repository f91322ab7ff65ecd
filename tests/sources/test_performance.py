"""Amazon's own performance report, a JSON document."""

import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from tests.sources.folder import LENIENT, alone, filled, ledger, read, real, refusal, rejects, rows

SPAN = {"reportingDateFrom": "2026-02-01T00:00Z", "reportingDateTo": "2026-03-02T23:59Z"}
COLUMNS = (
    "figure",
    "figure_from",
    "figure_to",
    "figure_count",
    "figure_out_of",
    "figure_rate",
    "figure_target",
    "figure_status",
)
US_ID = "ATVPDKIKX0DER"


def report(statuses: object = (), place: object = US_ID, **metrics: object) -> str:
    return json.dumps({"accountStatuses": statuses, "performanceMetrics": [{"marketplaceId": place, **metrics}]})


def rate(**more: object) -> dict[str, object]:
    told = {"reportingDateRange": SPAN, "status": "GOOD", "rate": 0.03, "targetValue": 0.04}
    return {**told, "targetCondition": "LESS_THAN", **more}


def figures(tmp_path: Path, content: str | bytes) -> list[tuple[object, ...]]:
    return rows(alone(tmp_path, {"performance.json": content}), "performance", *COLUMNS)


def one(tmp_path: Path, **metrics: object) -> tuple[object, ...]:
    (found,) = figures(tmp_path, report(**metrics))
    return found


DAYS = ("2026-02-01", "2026-03-02")


@pytest.mark.parametrize(
    ("key", "counts", "name", "counted"),
    [
        ("lateShipmentRate", {"orderCount": 100, "lateShipmentCount": 3}, "lateShipmentRate", (3, 100)),
        (
            "preFulfillmentCancellationRate",
            {"orderCount": 40, "cancellationCount": 1},
            "preFulfillmentCancellationRate",
            (1, 40),
        ),
        (
            "prefulfillmentCancelRate",
            {"orderCount": 40, "cancellationCount": 1},
            "preFulfillmentCancellationRate",
            (1, 40),
        ),
        ("validTrackingRate", {"shipmentCount": 50, "validTrackingCount": 49}, "validTrackingRate", (49, 50)),
        (
            "onTimeDeliveryRate",
            {"shipmentCountWithValidTracking": 30, "onTimeDeliveryCount": 29},
            "onTimeDeliveryRate",
            (29, 30),
        ),
        (
            "unitOnTimeDeliveryRate",
            {"totalUnitCount": 60, "unitOnTimeDeliveryCount": 55},
            "unitOnTimeDeliveryRate",
            (55, 60),
        ),
        ("invoiceDefectRate", {"orderCount": 9, "invoiceDefect": {"count": 2}}, "invoiceDefectRate", (2, 9)),
        ("listingPolicyViolations", {"defectsCount": 5}, "listingPolicyViolations", (5, None)),
        ("restrictedProductPolicyViolations", {"defectsCount": 0}, "restrictedProductPolicyViolations", (0, None)),
        (
            "customerProductReviewsPolicyViolations",
            {"defectsCount": 1},
            "customerProductReviewsPolicyViolations",
            (1, None),
        ),
        ("documentRequests", {"defectsCount": 8}, "documentRequests", (8, None)),
        ("documentRequest", {"defectsCount": 8}, "documentRequests", (8, None)),
        ("policyViolationWarnings", {"warningsCount": 2}, "policyViolationWarnings", (2, None)),
    ],
)
def test_a_figure(tmp_path: Path, key: str, counts: dict[str, object], name: str, counted: tuple[int, int | None]):
    assert one(tmp_path, **{key: rate(**counts)}) == (name, *DAYS, *counted, 0.03, 0.04, "GOOD")


def test_the_parts_of_an_order_defect_rate(tmp_path: Path):
    parts = {
        "orderWithDefects": {"count": 6, "status": "BAD"},
        "claims": {"count": 1, "status": "NONE"},
        "chargebacks": {"count": 0, "status": "NONE"},
        "negativeFeedback": {"count": 5, "status": "NONE"},
    }
    told = {"mfn": rate(orderCount=500, rate=0.012, targetValue=0.01, status="BAD", **parts), "afn": None}
    assert figures(tmp_path, report(orderDefectRate=told)) == [
        ("orderDefectRate.mfn", *DAYS, 6, 500, 0.012, 0.01, "BAD"),
        ("orderDefectRate.mfn.chargebacks", *DAYS, 0, 500, None, None, "NONE"),
        ("orderDefectRate.mfn.claims", *DAYS, 1, 500, None, None, "NONE"),
        ("orderDefectRate.mfn.negativeFeedback", *DAYS, 5, 500, None, None, "NONE"),
    ]


@pytest.mark.parametrize("key", ["accountHealthRatingStatus", "ahrStatus"])
def test_the_account_health_rating_and_its_score(tmp_path: Path, key: str):
    found = one(tmp_path, accountHealthRating={"reportingDateRange": SPAN, key: "GREAT", "ahrScore": 268})
    assert found == ("accountHealthRating", *DAYS, None, None, 268.0, None, "GREAT")


@pytest.mark.parametrize("key", ["warningStates", "warningState"])
def test_what_has_no_range_is_of_the_last_day_the_report_covers(tmp_path: Path, key: str):
    content = report(
        [{"marketplaceId": US_ID, "status": "NORMAL"}],
        **{key: [{"warningType": "spammingSellerMessaging", "status": "BAD"}]},
        listingPolicyViolations=rate(defectsCount=0),
    )
    assert figures(tmp_path, content) == [
        ("accountStatus", None, "2026-03-02", None, None, None, None, "NORMAL"),
        ("listingPolicyViolations", *DAYS, 0, None, 0.03, 0.04, "GOOD"),
        ("warningState.spammingSellerMessaging", None, "2026-03-02", None, None, None, None, "BAD"),
    ]


def test_a_list_of_late_shipment_rates_is_a_row_each(tmp_path: Path):
    longer = rate(orderCount=900, lateShipmentCount=9)
    week = rate(
        orderCount=90,
        lateShipmentCount=1,
        reportingDateRange={**SPAN, "reportingDateFrom": "2026-02-21T00:00Z"},
    )
    account = alone(tmp_path, {"a.json": report(lateShipmentRate=longer, lateShipmentRateList=[longer, week])})
    assert rows(account, "performance", "figure", "figure_from", "figure_count") == [
        ("lateShipmentRate", "2026-02-01", 9),
        ("lateShipmentRate", "2026-02-21", 1),
    ]
    assert ledger(account)["a.json"] == (3, 2, 1, 0, 0)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-02-01T00:00:00Z", "2026-03-02T23:59:59Z", DAYS),
        ("2026-02-01T00:00:00.000Z", "2026-03-02T23:59:59.999Z", DAYS),
        ("2026-02-01", "2026-03-02", DAYS),
        ("2026-01-31T23:00:00-01:00", "2026-03-03T00:59+01:00", DAYS),
        # A range that runs backwards is kept as Amazon wrote it.
        ("2026-03-02T00:00Z", "2026-02-01T23:59Z", DAYS[::-1]),
    ],
)
def test_a_range_is_of_days_in_utc(tmp_path: Path, start: str, end: str, days: tuple[str, str]):
    span = {"reportingDateFrom": start, "reportingDateTo": end}
    assert one(tmp_path, listingPolicyViolations=rate(defectsCount=1, reportingDateRange=span))[1:3] == days


@pytest.mark.parametrize(
    ("written", "value"),
    [("0.03203973037", 0.03203973037), ("9.0E-4", 0.0009), ("1e-7", 1e-7), ("0", 0.0), ("1", 1.0), ('"0.5"', 0.5)],
)
def test_a_rate_however_it_is_written(tmp_path: Path, written: str, value: float):
    content = report(lateShipmentRate={"rate": "RATE"}).replace('"RATE"', written)
    assert figures(tmp_path, content)[0][5] == value


@pytest.mark.parametrize(
    "metrics",
    [
        {},
        {"lateShipmentRate": None},
        {"lateShipmentRate": {}},
        {"lateShipmentRate": {"reportingDateRange": SPAN}},
        {"lateShipmentRate": {"reportingDateRange": SPAN, "rate": None, "orderCount": None, "status": None}},
        {"lateShipmentRate": []},
        {"lateShipmentRate": "0.03"},
        {"lateShipmentRateList": [None, 1, "x", []]},
        {"orderDefectRate": {"sfp": {"rate": 1}}},
        {"orderDefectRate": [1]},
        {"somethingNew": {"rate": 1, "status": "BAD"}},
        {"warningStates": [{"status": "BAD"}, {"warningType": None, "status": "BAD"}]},
        {"warningStates": {"a": {"b": {}}}},
    ],
)
def test_what_says_nothing_or_is_not_known_is_left_out(tmp_path: Path, metrics: dict[str, object]):
    account = alone(tmp_path, {"a.json": report(**metrics)})
    assert rows(account, "performance") == []
    assert ledger(account)["a.json"] == (0, 0, 0, 0, 0)
    assert account.provided == frozenset()


def test_a_figure_without_a_range(tmp_path: Path):
    assert one(tmp_path, lateShipmentRate={"rate": 0.01}) == ("lateShipmentRate", *[None] * 4, 0.01, None, None)


@pytest.mark.parametrize(
    ("place", "code"), [("A1F83G8C2ARO7P", "GB"), ("NEWMARKETPLACE", "OTHER"), (None, None), (7, "OTHER")]
)
def test_the_marketplace_of_a_figure(tmp_path: Path, place: object, code: str | None):
    account = alone(tmp_path, {"a.json": report(place=place, lateShipmentRate=rate())})
    assert rows(account, "performance", "marketplace") == [(code,)]


def test_two_reports_are_two_days(tmp_path: Path):
    files = {
        f"{end}.json": report(
            [{"marketplaceId": US_ID, "status": status}],
            accountHealthRating={"ahrStatus": "GREAT", "reportingDateRange": {"reportingDateTo": end}},
        )
        for end, status in (("2026-03-01T23:59Z", "NORMAL"), ("2026-03-02T23:59Z", "AT_RISK"))
    }
    account = alone(tmp_path, {name.replace(":", ""): content for name, content in files.items()})
    assert [
        row for row in rows(account, "performance", "figure", "figure_to", "figure_status") if "Status" in row[0]
    ] == [
        ("accountStatus", "2026-03-01", "NORMAL"),
        ("accountStatus", "2026-03-02", "AT_RISK"),
    ]
    assert account.last_day.isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("metric", "column", "reason"),
    [
        ({"rate": "high"}, "rate", "is not a plain number such as 12.50"),
        ({"lateShipmentCount": -1}, "count", "is not a whole number"),
        ({"orderCount": 1.5}, "orderCount", "is not a whole number"),
        (
            {"reportingDateRange": {"reportingDateTo": "yesterday"}},
            "reportingDateTo",
            "is not a date as this report writes it on this marketplace",
        ),
        ({"status": "x" * 300}, "status", "is longer than 200 bytes"),
    ],
)
def test_a_value_that_cannot_be_read(tmp_path: Path, metric: dict[str, object], column: str, reason: str):
    account = alone(tmp_path, {"a.json": report(lateShipmentRate=rate(**metric))}, LENIENT)
    assert rejects(account) == [(2, column, reason)]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\r\n  " + text.replace(", ", ",\r\n\t").encode(),
    ],
    ids=["with a mark", "UTF-16", "gzip", "in lines"],
)
def test_the_report_in_other_bytes(tmp_path: Path, encode):
    content = encode(report(lateShipmentRate=rate(orderCount=10, lateShipmentCount=1)))
    assert figures(tmp_path, content) == [("lateShipmentRate", *DAYS, 1, 10, 0.03, 0.04, "GOOD")]


def test_a_text_with_tabs_line_ends_and_half_letters_stays_in_its_cell(tmp_path: Path):
    content = report([{"marketplaceId": US_ID, "status": "A\tB\nC\ud800"}])
    assert [row[-1] for row in figures(tmp_path, content)] == ["A B C?"]


WHOLE = report(lateShipmentRate=rate())
MESSAGES = [
    '{"errors": [{"code": "QuotaExceeded"}]}',
    "{}",
    '{"performanceMetrics": {}}',
    '{"performanceMetrics": null, "accountStatuses": "NORMAL"}',
    "{order-id}\tpurchase-date\n",
]


@pytest.mark.parametrize("content", MESSAGES, ids=range(len(MESSAGES)))
def test_any_other_json_is_refused(tmp_path: Path, content: str):
    error = refusal(tmp_path, {"bad.json": content})
    assert (error.where, error.row, error.column) == ("shop/bad.json", None, None)
    assert error.what_to_do == "This is a JSON message, often an error: download it again."


DAMAGED = [
    WHOLE[:-1],
    WHOLE + "}",
    '{"performanceMetrics": [], "x": ' + "[" * 100_000,
    '{"performanceMetrics": [], "x": ' + "9" * 5_000 + "e}",
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_report_that_is_damaged_is_no_error_message(tmp_path: Path, content: str):
    error = refusal(tmp_path, {"bad.json": content})
    assert str(error) == "shop/bad.json: expected whole JSON. It is damaged or cut off: download it again."


def test_a_report_without_figures_is_no_error(tmp_path: Path):
    account = alone(tmp_path, {"a.json": '{"accountStatuses": [], "performanceMetrics": []}'})
    assert account.ledger.select("layout", "read", "note").row(0) == (
        "the seller performance report (JSON)",
        0,
        "no rows below the header",
    )
    assert account.last_day is None


def test_the_published_example(tmp_path: Path):
    account = read(tmp_path, {"a.json": real("GET_V2_SELLER_PERFORMANCE_REPORT.example.json")})
    assert ledger(account)["a.json"] == (29, 29, 0, 0, 0)
    told = {(row.get("marketplace"), row["figure"]): row for row in filled(account, "performance")}
    assert told["MX", "accountStatus"]["figure_status"] == "SUSPENDED"
    assert told["US", "accountHealthRating"]["figure_status"] == "WARNED"
    assert told["US", "warningState.spammingSellerMessaging"]["figure_status"] == "BAD"
    assert told["US", "validTrackingRate"] == {
        "account": "shop",
        "marketplace": "US",
        "figure": "validTrackingRate",
        "figure_from": "2020-10-11",
        "figure_to": "2020-11-09",
        "figure_count": 896462,
        "figure_out_of": 878443,
        "figure_rate": 0.9529,
        "figure_target": 0.95,
        "figure_status": "GOOD",
    }
    documents = told["US", "documentRequests"]
    assert (documents["figure_from"], documents["figure_to"]) == ("2020-11-21", "2020-11-19")
    notes = account.ledger.filter(pl.col("file") == "shop/a.json")["note"].item()
    rates = (
        "onTimeDeliveryRate and orderDefectRate.afn and orderDefectRate.mfn and preFulfillmentCancellationRate"
        " and validTrackingRate"
    )
    for note in (
        "more are counted than there were in onTimeDeliveryRate and validTrackingRate, kept as Amazon wrote it",
        f"the rate does not follow from the counts in {rates}, kept as Amazon wrote it",
        "the last day is before the first in documentRequests, kept as Amazon wrote it",
        "another channel is named in orderDefectRate.afn, kept under its heading",
        "Amazon's word for the account in MX is new to this program",
    ):
        assert note in notes


def note(tmp_path: Path, content: str) -> str:
    return alone(tmp_path, {"a.json": content}).ledger["note"].item()


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        ({"lateShipmentRate": rate(orderCount=9, lateShipmentCount=9, rate=1)}, ""),
        (
            {"lateShipmentRate": rate(orderCount=9, lateShipmentCount=10, rate=1.1111)},
            "more are counted than there were in lateShipmentRate, kept as Amazon wrote it",
        ),
        # Rounded up, rounded down, cut off; zeros at the end are not written.
        ({"lateShipmentRate": rate(orderCount=3, lateShipmentCount=2, rate=0.6667)}, ""),
        ({"lateShipmentRate": rate(orderCount=3, lateShipmentCount=2, rate=0.6666)}, ""),
        ({"lateShipmentRate": rate(orderCount=1000, lateShipmentCount=32, rate=0.03)}, ""),
        ({"lateShipmentRate": rate(orderCount=0, lateShipmentCount=0, rate=0)}, ""),
        ({"lateShipmentRate": rate(orderCount=None, lateShipmentCount=2, rate=0.5)}, ""),
        (
            {"lateShipmentRate": rate(orderCount=3, lateShipmentCount=2, rate=0.6669)},
            "the rate does not follow from the counts in lateShipmentRate, kept as Amazon wrote it",
        ),
        (
            {"lateShipmentRate": rate(orderCount=4, lateShipmentCount=2, rate=0)},
            "the rate does not follow from the counts in lateShipmentRate, kept as Amazon wrote it",
        ),
        (
            {
                "listingPolicyViolations": {
                    "defectsCount": 1,
                    "reportingDateRange": dict(zip(SPAN, [*SPAN.values()][::-1], strict=True)),
                }
            },
            "the last day is before the first in listingPolicyViolations, kept as Amazon wrote it",
        ),
        ({"orderDefectRate": {"mfn": rate(fulfillmentType="MFN"), "afn": rate(fulfillmentType="afn")}}, ""),
        (
            {"orderDefectRate": {"mfn": rate(fulfillmentType="afn")}},
            "another channel is named in orderDefectRate.mfn, kept under its heading",
        ),
    ],
)
def test_what_contradicts_itself_is_kept_and_said(tmp_path: Path, metrics: dict[str, object], expected: str):
    assert note(tmp_path, report(**metrics)) == expected


@pytest.mark.parametrize(
    ("status", "place", "expected"),
    [
        ("NORMAL", US_ID, ""),
        ("AT_RISK", US_ID, ""),
        ("DEACTIVATED", US_ID, ""),
        ("SUSPENDED", US_ID, "Amazon's word for the account in US is new to this program"),
        ("SUSPENDED", None, "Amazon's word for the account is new to this program"),
    ],
)
def test_a_new_word_for_the_account(tmp_path: Path, status: str, place: str | None, expected: str):
    assert note(tmp_path, report([{"marketplaceId": place, "status": status}], rate=1)) == expected


def test_several_reports_in_one_file(tmp_path: Path):
    told = [report([{"marketplaceId": US_ID, "status": status}]) for status in ("NORMAL", "AT_RISK")]
    ends = ["2026-03-01T23:59Z", "2026-03-02T23:59Z"]
    contents = [
        text.replace(
            '"performanceMetrics": [{"',
            '"performanceMetrics": [{"lateShipmentRate": {"rate": 0, '
            f'"reportingDateRange": {{"reportingDateTo": "{end}"}}}}, "',
        )
        for text, end in zip(told, ends, strict=True)
    ]
    for number, content in enumerate(("\n".join(contents), f"[{','.join(contents)}]", "".join(contents))):
        account = alone(tmp_path / str(number), {"a.json": content})
        found = rows(account, "performance", "figure", "figure_to", "figure_status")
        assert [row for row in found if row[0] == "accountStatus"] == [
            ("accountStatus", "2026-03-01", "NORMAL"),
            ("accountStatus", "2026-03-02", "AT_RISK"),
        ]


def twice(second: str) -> str:
    return report(lateShipmentRate={"rate": "RATE"}).replace('"RATE"', f'0.01, "rate": {second}')


@pytest.mark.parametrize("second", ["0.02", "null", "{}"])
def test_a_name_that_says_two_things_is_refused(tmp_path: Path, second: str):
    assert str(refusal(tmp_path, {"a.json": twice(second)})) == (
        "shop/a.json: expected each name once in an object. It says two things under one: download it again."
    )


def test_a_name_that_says_one_thing_twice_is_fine(tmp_path: Path):
    assert figures(tmp_path, twice("0.010"))[0][5] == 0.01
