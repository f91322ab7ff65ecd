from datetime import date, timedelta

import pytest
from polars.testing import assert_frame_equal

from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.measure.judge import missing
from sellerhealth.measure.outlook.what_if import EVERY, Change, what_if
from sellerhealth.metrics.choices import CONFIRMATIONS
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, UNSURE, account, counted, headline, many, sums, under

NAME = "seller_rating"
HEADER = "order_id|channel|status|cancelled_by|purchased_at|ship_by_at|confirmed_at|cancelled_at|updated_at|marketplace"
SHIPPED = "A|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-12|||"
LATE = "A|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-20|||"
GOOD = "G#|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-12|||"
BAD = "B#|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-20|||"
CLAIM = "order_id|claim_type|opened_on|claim_status|funded_by"
STARS = "order_id|rated_on|rating;A|2026-03-20|1"
MESSAGE = "thread_id|order_id|sender|sent_at|needs_no_response"
AGES = {0: 4, 89: 4, 90: 4, 91: 3, 180: 3, 181: 3, 182: 2, 271: 2, 272: 2, 273: 1, 363: 1, 364: 1, 365: 0}

ORDERS = {
    # (the order, its points and verdict by the handbook's rules, by Amazon's)
    "no problem": (SHIPPED, (100, CLEAN), (100, CLEAN)),
    "three days late": (LATE, (0, DEFECT), (0, DEFECT)),
    "a day late": ("A|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|2026-03-13|||", (100, CLEAN), (0, DEFECT)),
    "cancelled by us": ("A|MFN|CANCELLED|SELLER|2026-03-10|||2026-03-11||", (-100, DEFECT), (-100, DEFECT)),
    "cancelled by Amazon": ("A|MFN|CANCELLED|AMAZON|2026-03-10|||2026-03-11||", (-100, DEFECT), (-100, DEFECT)),
    "nobody says who cancelled": ("A|MFN|CANCELLED||2026-03-10|||2026-03-11||", (-100, UNSURE), (-100, UNSURE)),
    "cancelled by the buyer": ("A|MFN|CANCELLED|BUYER|2026-03-10|||2026-03-11||", (0, OUT), (0, OUT)),
    "cancelled by the buyer after shipment": (
        "A|MFN|CANCELLED|BUYER|2026-03-10|2026-03-12 23:59|2026-03-12|2026-03-14||",
        (100, CLEAN),
        (100, CLEAN),
    ),
    "cancelled after today": ("A|MFN|CANCELLED|SELLER|2026-03-30|||2026-04-01||", (0, OUT), (0, OUT)),
    "not shipped yet": ("A|MFN|UNSHIPPED||2026-03-30|2026-04-01 23:59||||", (0, OUT), (0, OUT)),
    "not shipped, a day over": ("A|MFN|UNSHIPPED||2026-03-28|2026-03-30 23:59||||", (0, OUT), (0, DEFECT)),
    "not shipped, three days over": ("A|MFN|UNSHIPPED||2026-03-26|2026-03-28 23:59||||", (0, DEFECT), (0, DEFECT)),
    "confirmed after today": ("A|MFN|SHIPPED||2026-03-30|2026-04-01 23:59|2026-04-01|||", (0, OUT), (0, OUT)),
    "shipped, no time told": ("A|MFN|SHIPPED||2026-03-10|2026-03-12 23:59|||2026-03-20|", (0, UNSURE), (0, UNSURE)),
    "delivered": ("A|MFN|DELIVERED||2026-03-10|2026-03-12 23:59|2026-03-12|||", (100, CLEAN), (100, CLEAN)),
    "no ship-by date": ("A|MFN|SHIPPED||2026-03-10||2026-03-20|||", (100, CLEAN), (100, CLEAN)),
    "payment pending": ("A|MFN|PENDING||2026-03-10|||||", (0, OUT), (0, OUT)),
    "shipped by Amazon": ("A|AFN|SHIPPED||2026-03-10|2026-03-12|2026-03-20|||", (100, CLEAN), (100, CLEAN)),
    "shipped by Amazon, cancelled": ("A|AFN|CANCELLED|SELLER|2026-03-10|||2026-03-11||", (0, OUT), (0, OUT)),
    "another marketplace": ("A|MFN|SHIPPED||2026-03-10|2026-03-12|2026-03-20|||CA", (0, OUT), (0, OUT)),
    "no day told": ("A|MFN|SHIPPED|||2026-03-12 23:59|2026-03-12|||", (0, OUT), (0, OUT)),
}
CLAIMS = {
    # (claims, the points by the handbook's rules, by Amazon's: at worst and at best)
    "granted at our cost": ("A|A_TO_Z|2026-03-20|GRANTED|SELLER", (-500, -500), (-500, -500)),
    "granted, Amazon paid": ("A|A_TO_Z|2026-03-20|GRANTED|AMAZON", (-500, -500), (100, 110)),
    "not decided": ("A|A_TO_Z|2026-03-20|PENDING|", (-500, -500), (-500, 110)),
    "denied": ("A|A_TO_Z|2026-03-20|DENIED|", (100, 110), (100, 110)),
    "chargeback": ("A|CHARGEBACK|2026-03-20|GRANTED|SELLER", (-100, -100), (-100, -100)),
    "chargeback and claim": (
        "A|CHARGEBACK|2026-03-20|GRANTED|SELLER;A|A_TO_Z|2026-03-20|GRANTED|SELLER",
        (-500, -500),
        (-500, -500),
    ),
    "chargeback and a claim not decided": (
        "A|CHARGEBACK|2026-03-20|GRANTED|SELLER;A|A_TO_Z|2026-03-20|PENDING|",
        (-500, -500),
        (-500, -100),
    ),
}
WAITS = {
    "answered after exactly 24 hours": ("1|A|BUYER|2026-03-20 10:00|;1|A|SELLER|2026-03-21 10:00|", 100),
    "a microsecond more": ("1|A|BUYER|2026-03-20 10:00|;1|A|SELLER|2026-03-21 10:00:00.000001|", 0),
    "the longest wait counts": (
        "1|A|BUYER|2026-03-20 10:00|;1|A|SELLER|2026-03-20 11:00|;2|A|BUYER|2026-03-22 10:00|;2|A|SELLER|2026-03-24 10:00|",
        0,
    ),
    "waiting for exactly 24 hours": ("1|A|BUYER|2026-03-31 00:00|", 100),
    "waiting for a microsecond more": ("1|A|BUYER|2026-03-30 23:59:59.999999|", 0),
    "needs no response": ("1|A|BUYER|2026-03-10 10:00|yes", 100),
    "about another order": ("1|B|BUYER|2026-03-10 10:00|", 100),
    "over the clocks going forward": ("1|A|BUYER|2026-03-07 20:00|;1|A|SELLER|2026-03-08 21:00|", 100),
}
AT_BEST = {100: 110}
"""The points of an order without a problem, if it came fast and tracked: no file of these tests tells."""
INPUTS = {
    # Each input without which problems are not seen, as it is told to be missing.
    "feedback": ("feedback",),
    "claims": ("claims",),
    "ship-by dates": ("orders.ship_by_at", "order_items.item_ship_by_at"),
    "confirmations": CONFIRMATIONS,
    "messages": ("messages",),
    "orders that messages name": ("messages.order_id",),
}
FAST = "order_id|channel|status|purchased_at|confirmed_at|deliver_by_at|delivered_at"
VALID = "order_id|package_id|has_valid_tracking"


@pytest.mark.parametrize("case", ORDERS)
def test_order(case):
    row, *expected = ORDERS[case]
    for rules, (points, verdict) in zip(("handbook", "amazon-2026"), expected, strict=True):
        assert counted(NAME, rules, orders=f"{HEADER};{row}") == verdict
        worst, best, weight = sums(NAME, rules, orders=f"{HEADER};{row}")
        assert (worst, weight) == (4 * points, 4 * verdict[2])
        assert best == (440 if verdict == UNSURE else 4 * AT_BEST.get(points, points))


@pytest.mark.parametrize("case", CLAIMS)
def test_claim(case):
    rows, *expected = CLAIMS[case]
    for rules, (worst, best) in zip(("handbook", "amazon-2026"), expected, strict=True):
        found = sums(NAME, rules, orders=f"{HEADER};{SHIPPED}", claims=f"{CLAIM};{rows}")
        assert found == (4 * worst, 4 * best, 4)


@pytest.mark.parametrize(
    ("order", "claims", "points"),
    [(SHIPPED, "", -100), (LATE, "", -100), (LATE, "A|A_TO_Z|2026-03-20|GRANTED|SELLER", -500)],
)
def test_the_worst_problem_counts(order, claims, points):
    tables = {"orders": f"{HEADER};{order}", "claims": ";".join(filter(None, [CLAIM, claims]))}
    assert sums(NAME, "handbook", feedback=STARS, **tables) == (4 * points, 4 * points, 4)


@pytest.mark.parametrize("case", WAITS)
def test_the_answer_to_a_message(case):
    rows, points = WAITS[case]
    found = sums(NAME, "handbook", orders=f"{HEADER};{SHIPPED}", messages=f"{MESSAGE};{rows}")
    assert found == (4 * points, 4 * AT_BEST.get(points, points), 4)


@pytest.mark.parametrize(("word", "points"), [("yes", 0), ("", 0), ("no", 100)])
def test_an_automatic_reply_is_no_answer(word, points):
    rows = (
        f"1|A|BUYER|2026-03-20 10:00||;1|A|SELLER|2026-03-20 10:01|{word}|7;1|A|SELLER|2026-03-22 10:00|no|"
        ";2||BUYER|2026-01-20 10:00||;2||SELLER|2026-01-20 10:00:20||7"
    )
    messages = f"thread_id|order_id|sender|sent_at|is_automatic|text_mark;{rows}"
    assert sums(NAME, "handbook", orders=f"{HEADER};{SHIPPED}", messages=messages)[0] == 4 * points


def test_an_order_not_shipped_that_has_a_problem_is_counted():
    orders = f"{HEADER};A|MFN|UNSHIPPED||2026-03-30|2026-04-01 23:59||||"
    assert sums(NAME, "handbook", orders=orders, feedback=STARS) == (-400, -400, 4)
    assert sums(NAME, "handbook", orders=orders, messages=f"{MESSAGE};1|A|BUYER|2026-03-30|") == (0, 0, 4)


@pytest.mark.parametrize("age", AGES)
def test_the_weight_of_an_age(age):
    orders = f"order_id|channel|status|purchased_at;A|AFN|SHIPPED|{AS_OF - timedelta(days=age)}"
    weight = AGES[age]
    assert sums(NAME, "handbook", orders=orders) == (100 * weight, 110 * weight, weight)
    assert counted(NAME, "handbook", orders=orders) == (0, 0, int(weight > 0)), "a row is one row, whatever it weighs"
    if weight:
        split = breakdown(under(NAME, "handbook"), account(orders=orders), AS_OF, "shipped_by")
        assert split.select("numerator", "at_best", "denominator", "counted").row(0) == (
            100 * weight,
            110 * weight,
            weight,
            1,
        )


@pytest.mark.parametrize("days", [30, 91, 182, 300, 400])
def test_another_window_of_the_seller_s_own(days):
    """The weights go by age all the same; what is older than a year weighs nothing."""
    orders = "order_id|channel|status|purchased_at;" + ";".join(
        f"{age}|AFN|SHIPPED|{AS_OF - timedelta(days=age)}" for age in AGES
    )
    metric, own = under(NAME, "handbook", windows=[days]), account(orders=orders)
    now = evaluate(metric, own, AS_OF)
    inside = [age for age in AGES if age < days]
    assert now.select("counted", "denominator").row(0) == (len(inside), sum(AGES[age] for age in inside))
    assert_frame_equal(trend(metric, own, AS_OF, days=1), now, check_exact=True)


def test_the_age_is_counted_from_the_day_looked_at():
    orders = "order_id|channel|status|purchased_at;A|AFN|SHIPPED|2026-01-01"
    found = {
        day: sums(NAME, "handbook", as_of=day, orders=orders)[2]
        for day in (date(2026, 4, 1), date(2026, 4, 2), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(found.values()) == [4, 3, 1, 0]


@pytest.mark.parametrize(
    ("good", "bad", "value", "status", "used"),
    [
        (9, 1, 90.0, "BAD", 1.0),  # exactly 90 is not above 90
        (91, 9, 91.0, "GOOD", 0.9),
        (10, 0, 100.0, "GOOD", 0.0),
        (0, 3, 0.0, "BAD", 10.0),
    ],
)
def test_above_ninety(good, bad, value, status, used):
    orders = ";".join(filter(None, [HEADER, many(GOOD, good), many(BAD, bad)]))
    untracked = ";".join(filter(None, [VALID, many("G#|1|no", good)]))
    now = headline(NAME, "handbook", orders=orders, tracking=untracked)
    assert (now["value"], now["status"], now["target"], now["headroom"]) == (value, status, 90.0, None)
    assert now["used"] == pytest.approx(used)
    assert (now["low"], now["high"], now["unit"], now["basis"]) == (None, None, "of 100", "EXACT")
    today = headline(NAME, "amazon-2026", orders=orders, tracking=untracked)
    assert (today["value"], today["status"], today["target"], today["used"]) == (value, "NONE", None, None)


@pytest.mark.parametrize(
    ("good", "bad", "value", "status"),
    [(9, 1, 90.0, "NONE"), (91, 9, 91.0, "GOOD"), (9, 2, 900 / 11, "BAD"), (9, 0, 100.0, "GOOD")],
)
def test_what_no_file_tells_of_the_bonus_gives_two_ends(good, bad, value, status):
    """100 points at worst and 110 at best: nine beside a late one have 90 or 99, beside two of them 81.8 or exactly 90."""
    orders = ";".join(filter(None, [HEADER, many(GOOD, good), many(BAD, bad)]))
    now = headline(NAME, "handbook", orders=orders)
    assert (now["numerator"], now["at_best"], now["denominator"]) == (400 * good, 440 * good, 4 * (good + bad))
    assert (now["value"], now["basis"], now["status"]) == (pytest.approx(value), "LOWER_BOUND", status)
    assert (now["defects"], now["unknown"]) == (bad, 0), "it is no problem, and so no unsure one"


@pytest.mark.parametrize(
    ("fast", "untold", "late", "status"), [(10, 0, 2, "GOOD"), (9, 1, 2, "GOOD"), (4, 1, 1, "NONE"), (3, 1, 1, "BAD")]
)
def test_orders_with_and_without_a_bonus_that_is_told(fast, untold, late, status):
    rows = [
        many("F#|MFN|DELIVERED|2026-03-13|2026-03-17|2026-03-13|2026-03-20|2026-03-16", fast),
        many("U#|MFN|DELIVERED|2026-03-13|2026-03-17|2026-03-13|2026-03-20|", untold),
        many("L#|MFN|SHIPPED|2026-03-13|2026-03-17|2026-03-25|2026-03-20|", late),
    ]
    header = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|deliver_by_at|delivered_at"
    now = headline(
        NAME, "handbook", orders=";".join(filter(None, [header, *rows])), tracking=f"{VALID};{many('F#|1|yes', fast)}"
    )
    assert (now["numerator"], now["at_best"]) == (440 * fast + 400 * untold, 440 * (fast + untold))
    assert (now["basis"], now["status"]) == ("LOWER_BOUND" if untold else "EXACT", status)


def test_the_rating_stays_within_nought_and_a_hundred():
    fast = f"{FAST};A|MFN|DELIVERED|2026-03-13|2026-03-13|2026-03-20|2026-03-16"
    now = headline(NAME, "handbook", orders=fast, tracking=f"{VALID};A|1|yes")
    assert (now["numerator"], now["denominator"], now["value"], now["used"]) == (440, 4, 100.0, 0.0)
    now = headline(NAME, "handbook", orders=f"{HEADER};{SHIPPED}", claims=f"{CLAIM};A|A_TO_Z|2026-03-20|GRANTED|SELLER")
    assert (now["numerator"], now["value"], now["status"]) == (-2000, 0.0, "BAD")


@pytest.mark.parametrize(("good", "status"), [(4, "NONE"), (59, "NONE"), (60, "GOOD")])
def test_an_unsure_problem_gives_two_ends(good, status):
    """An undecided claim: -500 points or 100. Beside 59 good orders it leaves exactly 90 at worst, which is not above."""
    tables = {
        "orders": f"{HEADER};{SHIPPED};{many(GOOD, good)}",
        "tracking": f"{VALID};A|1|no;{many('G#|1|no', good)}",
        "claims": f"{CLAIM};A|A_TO_Z|2026-03-20|PENDING|",
    }
    now = headline(NAME, "amazon-2026", override={"target": 90}, **tables)
    assert (now["numerator"], now["at_best"]) == (400 * good - 2000, 400 * good + 400)
    assert (now["basis"], now["unknown"], now["status"]) == ("LOWER_BOUND", 1, status)


@pytest.mark.parametrize("gone", INPUTS)
def test_with_one_input_missing_it_is_the_most_it_can_be(gone):
    """The bonus that no file tells is given: the figure shown is the highest there can be."""
    for bad, value, status in ((0, 100.0, "NONE"), (1, 55.0, "BAD")):
        orders = ";".join(filter(None, [HEADER, SHIPPED, many(BAD, bad)]))
        now = headline(NAME, "handbook", without=INPUTS[gone], orders=orders)
        assert (now["basis"], now["status"], now["low"], now["high"]) == ("UPPER_BOUND", status, None, None)
        assert (now["numerator"], now["at_best"], now["denominator"]) == (440, 440, 4 + 4 * bad)
        assert now["value"] == value


@pytest.mark.parametrize("kept", ["orders.ship_by_at", "order_items.item_ship_by_at"])
def test_one_file_with_ship_by_dates_is_enough(kept):
    without = tuple(name for name in INPUTS["ship-by dates"] if name != kept)
    own = account(without=without, orders=f"{HEADER};{SHIPPED}")
    assert missing(under(NAME, "handbook"), own) == []


def test_with_every_input_missing_nothing_can_be_said():
    every = tuple(name for names in INPUTS.values() for name in names)
    for without in (every, ("orders",), ("orders.status",)):
        now = headline(NAME, "handbook", without=without, orders=f"{HEADER};{SHIPPED}")
        assert (now["basis"], now["numerator"], now["value"], now["status"]) == ("NOT_COMPUTABLE", None, None, "NONE")


@pytest.mark.parametrize("without", [(), ("tracking", "deliveries"), ("orders.delivered_at", "returns")])
def test_what_tracking_and_delivery_would_add_is_no_need(without):
    """Without them the rating is at least what it is without bonus points, and no file is asked for."""
    own = account(without=without, orders=f"{HEADER};{SHIPPED}")
    now = evaluate(under(NAME, "handbook"), own, AS_OF).row(0, named=True)
    assert (now["basis"], now["value"], now["numerator"], now["at_best"]) == ("LOWER_BOUND", 100.0, 400, 440)
    assert missing(under(NAME, "handbook"), own) == []


@pytest.mark.parametrize(
    ("item", "by", "handbook", "amazon"),
    [
        ("CANCELLED", "SELLER", (400, 440), (-400, -400)),
        ("SHIPPED", "SELLER", (400, 440), (-400, -400)),
        ("SHIPPED", "", (400, 440), (400, 440)),
    ],
)
def test_one_item_cancelled_counts_by_amazon_s_rules(item, by, handbook, amazon):
    """Of an order of two products one, or a part of it, was never sent, and it is us who cancelled it."""
    orders = f"{HEADER};A|MFN|SHIPPED|{by}|2026-03-10|2026-03-12 23:59|2026-03-12|||"
    items = f"order_id|sku|quantity|item_status;A|MUG|1|SHIPPED;A|CUP|1|{item}"
    for rules, ends in (("handbook", handbook), ("amazon-2026", amazon)):
        assert sums(NAME, rules, orders=orders, order_items=items) == (*ends, 4)


def test_as_if_a_flaw_had_never_been():
    own = account(orders=f"{HEADER};{LATE}", feedback=STARS)
    metric = under(NAME, "handbook")
    found = {
        flaw: what_if(metric, own, AS_OF, Change(cured={flaw: EVERY})).select("numerator", "defects").rows()
        for flaw in ("negative_feedback", "late_shipment", "claim")
    }
    now = (-400, 1)
    assert found == {"negative_feedback": [now, (0, 1)], "late_shipment": [now, now], "claim": [now, now]}


@pytest.mark.parametrize(
    ("order", "points", "worst", "best"),
    [
        (SHIPPED, {"points_perfect": 90}, 90, 100),
        (SHIPPED, {"points_bonus": 5}, 100, 105),
        (LATE, {"points_late_shipment": 50}, 50, 50),
        ("A|MFN|CANCELLED|SELLER|2026-03-10|||2026-03-11||", {"points_cancellation": -7}, -7, -7),
    ],
)
def test_the_points_can_be_set(order, points, worst, best):
    found = sums(NAME, "handbook", override={"value": points}, orders=f"{HEADER};{order}")
    assert found == (4 * worst, 4 * best, 4)


def test_the_problems_are_named():
    own = account(orders=f"{HEADER};{LATE}", feedback=STARS)
    assert defects(under(NAME, "handbook"), own, AS_OF)["flaw"].to_list() == ["Negative feedback and late shipment"]


def test_nothing_counted_has_no_verdict():
    now = headline(NAME, "handbook", orders=HEADER)
    assert (now["denominator"], now["value"], now["used"], now["status"]) == (0, None, None, "NONE")


def test_what_became_of_every_order():
    rows = [ORDERS[case][0].replace("A|", f"{place}|", 1) for place, case in enumerate(ORDERS)]
    rows.append("OLD|MFN|SHIPPED||2025-03-31||2025-04-01|||")
    own = account(orders=";".join([HEADER, *rows]))
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [
        ("Counted", sum(verdict[2] for _, (_, verdict), _ in ORDERS.values())),
        ("Sold on another marketplace", 1),
        ("Before the window", 1),
        ("Payment still pending", 1),
        ("Cancelled, not by us", 2),
        ("Not shipped yet", 4),
        ("No date to count it by", 1),
    ]
