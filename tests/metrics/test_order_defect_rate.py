import pytest

from tests.metrics.edges import CLEAN, DEFECT, OUT, UNSURE, counted

ORDER = "order_id|channel|status|purchased_at;A|MFN|SHIPPED|"
STARS = "order_id|rated_on|rating|removed_on;A|2026-03-20|1|"
CLAIM = "order_id|claim_type|opened_on|claim_status|funded_by|counts_against_odr"

WINDOWS = {
    "first day of the handbook's": ("2026-01-31 00:00", DEFECT, DEFECT),
    "the moment before it": ("2026-01-30 23:59", OUT, DEFECT),
    "the day looked at": ("2026-03-31", DEFECT, OUT),
    "the day after": ("2026-04-01", OUT, OUT),
    # Amazon's days are cut in UTC: 17:00 in Los Angeles, in summer time, is the next day there.
    "last moment of Amazon's": ("2026-03-16 16:59", DEFECT, DEFECT),
    "the moment after it": ("2026-03-16 17:00", DEFECT, OUT),
    "first moment of Amazon's": ("2026-01-15 16:00", OUT, DEFECT),
    "the moment before that": ("2026-01-15 15:59", OUT, OUT),
}
RATINGS = {
    "one star": ("A|2026-03-20|1|", DEFECT),
    "two stars": ("A|2026-03-20|2|", DEFECT),
    "three stars": ("A|2026-03-20|3|", CLEAN),
    "removed": ("A|2026-03-20|1|2026-03-25", CLEAN),
    "removed on the day looked at": ("A|2026-03-20|1|2026-03-31", CLEAN),
    "removed later": ("A|2026-03-20|1|2026-04-01", DEFECT),
    "given later": ("A|2026-04-01|1|", CLEAN),
    "no day told": ("A||1|", DEFECT),
    "the worst of two": ("A|2026-03-20|1|;A|2026-03-22|5|", DEFECT),
    "of another order": ("B|2026-03-20|1|", CLEAN),
}
CLAIMS = {
    "granted at our cost": ("A|A_TO_Z|2026-03-20|GRANTED|SELLER|", DEFECT, DEFECT),
    "granted, Amazon paid": ("A|A_TO_Z|2026-03-20|GRANTED|AMAZON|", DEFECT, CLEAN),
    "granted, nobody says who paid": ("A|A_TO_Z|2026-03-20|GRANTED||", DEFECT, DEFECT),
    "denied": ("A|A_TO_Z|2026-03-20|DENIED||", CLEAN, CLEAN),
    "withdrawn": ("A|A_TO_Z|2026-03-20|WITHDRAWN||", DEFECT, CLEAN),
    "not decided": ("A|A_TO_Z|2026-03-20|PENDING||", DEFECT, UNSURE),
    "no state told": ("A|A_TO_Z|2026-03-20|||", DEFECT, UNSURE),
    "Amazon says it does not count": ("A|A_TO_Z|2026-03-20|GRANTED|SELLER|no", CLEAN, CLEAN),
    "Amazon says it counts": ("A|A_TO_Z|2026-03-20|DENIED||yes", DEFECT, DEFECT),
    "opened later": ("A|A_TO_Z|2026-04-01|GRANTED|SELLER|", CLEAN, CLEAN),
    "two on one order": ("A|A_TO_Z|2026-03-20|GRANTED|SELLER|;A|CHARGEBACK|2026-03-22|GRANTED|SELLER|", DEFECT, DEFECT),
    "not decided beside one granted": (
        "A|A_TO_Z|2026-03-20|PENDING||;A|A_TO_Z|2026-03-22|GRANTED|SELLER|",
        DEFECT,
        DEFECT,
    ),
    "chargeback": ("A|CHARGEBACK|2026-03-20|GRANTED|SELLER|", DEFECT, DEFECT),
    "chargeback, Amazon paid": ("A|CHARGEBACK|2026-03-20|GRANTED|AMAZON|", DEFECT, CLEAN),
    "chargeback, denied": ("A|CHARGEBACK|2026-03-20|DENIED||", CLEAN, CLEAN),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_window(case):
    bought, handbook, amazon = WINDOWS[case]
    assert counted("order_defect_rate", "handbook", orders=ORDER + bought, feedback=STARS) == handbook
    assert counted("order_defect_rate", "amazon-2026", orders=ORDER + bought, feedback=STARS) == amazon


@pytest.mark.parametrize("case", RATINGS)
def test_rating(case):
    rows, expected = RATINGS[case]
    feedback = "order_id|rated_on|rating|removed_on;" + rows
    for rules in ("handbook", "amazon-2026"):
        assert counted("order_defect_rate", rules, orders=ORDER + "2026-03-05", feedback=feedback) == expected


@pytest.mark.parametrize("case", CLAIMS)
def test_claim(case):
    rows, handbook, amazon = CLAIMS[case]
    claims, orders = f"{CLAIM};{rows}", ORDER + "2026-03-05"
    assert counted("order_defect_rate", "handbook", orders=orders, claims=claims) == handbook
    assert counted("order_defect_rate", "amazon-2026", orders=orders, claims=claims) == amazon


@pytest.mark.parametrize(("status", "expected"), [("PENDING", OUT), ("CANCELLED", DEFECT), ("", DEFECT)])
def test_status(status, expected):
    orders = f"order_id|channel|status|purchased_at;A|MFN|{status}|2026-03-05"
    assert counted("order_defect_rate", "handbook", orders=orders, feedback=STARS) == expected


def test_nothing_counted_has_no_verdict():
    assert counted("order_defect_rate", "handbook", orders="order_id|channel|status|purchased_at") == OUT


def test_an_order_shipped_by_amazon_is_not_among_ours():
    orders = "order_id|channel|status|purchased_at;A|AFN|SHIPPED|2026-03-05"
    assert counted("order_defect_rate", "handbook", orders=orders, feedback=STARS) == OUT
