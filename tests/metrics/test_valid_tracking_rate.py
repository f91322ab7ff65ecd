from datetime import date

import pytest
from scipy.stats import binomtest

from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import breakdown
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, POLICIES, account, counted, figures, headline, many, under

NAME = "valid_tracking_rate"
HEADER = "order_id|package_id|tracking_promised_on|has_valid_tracking"
ORDERS = "order_id|channel|marketplace;MFN|MFN|US;AFN|AFN|US;NONE||;CA|MFN|CA;OTHER|MFN|OTHER"
OF_ORDER = {"MFN": DEFECT, "NONE": DEFECT, "UNKNOWN": DEFECT, "AFN": OUT, "CA": OUT, "OTHER": OUT}
EDGES = {
    "the first day of the window": ("A|1|2026-02-20|no", DEFECT),
    "the day before": ("A|1|2026-02-19|no", OUT),
    "the last day of the window": ("A|1|2026-03-21|no", DEFECT),
    "the day after": ("A|1|2026-03-22|no", OUT),
    "valid": ("A|1|2026-03-10|yes", CLEAN),
    "not judged": ("A|1|2026-03-10|", OUT),
    "no day told": ("A|1||no", OUT),
    "no package told": ("A||2026-03-10|no", DEFECT),
    "two packages of one order": ("A|1|2026-03-10|yes;A|2|2026-03-10|no", (1, 0, 2)),
    "two orders in packages of one number": ("A|1|2026-03-10|yes;B|1|2026-03-10|no", (1, 0, 2)),
    "one told, one without a number": ("A|1|2026-03-10|yes;A||2026-03-10|no", (1, 0, 2)),
    "one package listed twice": ("A|1|2026-03-10|no;A|1|2026-03-10|no", DEFECT),
    "listed twice, one listing valid": ("A|1|2026-03-10|no;A|1|2026-03-11|yes", CLEAN),
    "listed twice, one listing not judged": ("A|1|2026-03-10|no;A|1|2026-03-11|", DEFECT),
    "listed twice, the later promise counts": ("A|1|2026-03-21|no;A|1|2026-03-22|no", OUT),
    "listed twice, the later promise is in the window": ("A|1|2026-02-19|no;A|1|2026-02-20|no", DEFECT),
    "promised again for after today": ("A|1|2026-03-21|no;A|1|2026-04-01|yes", DEFECT),
    "promised again for today": ("A|1|2026-03-21|no;A|1|2026-03-31|yes", OUT),
    "promised once, once without a day": ("A|1|2026-03-10|no;A|1||yes", CLEAN),
}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_edge(case, rules):
    rows, expected = EDGES[case]
    assert counted(NAME, rules, tracking=f"{HEADER};{rows}") == expected


@pytest.mark.parametrize("order", OF_ORDER)
def test_whose_order_it_is(order):
    tracking = f"{HEADER};{order}|1|2026-03-10|no"
    assert counted(NAME, "handbook", tracking=tracking, orders=ORDERS) == OF_ORDER[order]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 3, 19), OUT),
        (date(2026, 3, 20), DEFECT),  # ten days after the promise it comes in
        (date(2026, 4, 18), DEFECT),
        (date(2026, 4, 19), OUT),  # thirty days later it goes
    ],
)
def test_it_comes_late_and_leaves_late(as_of, expected):
    assert counted(NAME, "handbook", as_of=as_of, tracking=f"{HEADER};A|1|2026-03-10|no") == expected


def test_when_it_leaves():
    found = defects(under(NAME, "handbook"), account(tracking=f"{HEADER};A|1|2026-03-10|no"), AS_OF)
    assert found.select("order_id", "package_id", "leaves_on").rows() == [("A", "1", date(2026, 4, 19))]


def test_each_window_has_its_own_packages():
    days = ("2026-03-22", "2026-03-21", "2026-03-15", "2026-03-14", "2026-02-20", "2026-02-19")
    found = figures(NAME, "handbook", tracking=";".join([HEADER, *(f"A|{day}|{day}|yes" for day in days)]))
    assert {row["window_days"]: row["counted"] for row in found} == {30: 4, 7: 2}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize(
    ("bad", "status", "headroom"), [(5, "BAD", -1), (4, "GOOD", 0), (3, "GOOD", 1), (0, "GOOD", 4), (100, "BAD", -96)]
)
def test_above_95_of_a_hundred(bad, status, headroom, rules):
    rows = [many("G#|1|2026-03-10|yes", 100 - bad), many("B#|1|2026-03-10|no", bad)]
    now = headline(NAME, rules, tracking=";".join([HEADER, *filter(None, rows)]))
    assert (now["numerator"], now["at_best"], now["denominator"], now["defects"]) == (100 - bad, 100 - bad, 100, bad)
    assert (now["status"], now["headroom"], now["target"], now["basis"]) == (status, headroom, 0.95, "EXACT")
    assert now["used"] == pytest.approx(bad / 5)
    interval = binomtest(100 - bad, 100).proportion_ci(method="wilson")
    assert (now["low"], now["high"]) == pytest.approx((interval.low, interval.high))


def test_the_split_by_category_and_carrier():
    header = f"{HEADER}|product_category|tracking_carrier"
    rows = "A|1|2026-03-10|no|Home|UPS;B|1|2026-03-10|yes|Home|;C|1|2026-03-10|no|Books|UPS;D|1|2026-03-10|no||DHL"
    metric, own = under(NAME, "handbook"), account(tracking=f"{header};{rows}")
    found = {
        by: breakdown(metric, own, AS_OF, by).select(by, "numerator", "denominator", "defects").rows()
        for by in ("category", "carrier")
    }
    assert found == {
        "category": [("Home", 1, 2, 1), ("Books", 0, 1, 1), ("No category known", 0, 1, 1)],
        "carrier": [("UPS", 0, 2, 2), ("DHL", 0, 1, 1), ("No carrier known", 1, 1, 0)],
    }


def test_nothing_counted_has_no_verdict():
    now = headline(NAME, "handbook", tracking=HEADER)
    assert (now["channel"], now["denominator"], now["value"], now["status"]) == ("MFN", 0, None, "NONE")


def test_without_the_download_nothing_can_be_said():
    now = headline(NAME, "handbook", without=("tracking",))
    assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")


def test_what_became_of_every_package():
    rows = "A|1|2026-03-10|no;B|1|2026-02-10|no;C|1|2026-03-30|no;D|1|2026-03-10|;AFN|1|2026-03-10|no;CA|1|2026-03-10|no;E|1||no;F|1|2026-04-01|no"
    own = account(tracking=f"{HEADER};{rows}", orders=ORDERS)
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [
        ("Counted", 1),
        ("Sold on another marketplace", 1),
        ("Before the window", 1),
        ("After the window", 1),
        ("Shipped by Amazon", 1),
        ("Not judged by Amazon", 1),
        ("No date to count it by", 1),
    ]
