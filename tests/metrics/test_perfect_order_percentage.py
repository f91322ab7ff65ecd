import pytest

from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.outlook.what_if import EVERY, Change, what_if
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, UNSURE, account, counted, figures, headline, under

NAME = "perfect_order_percentage"
HEADER = "order_id|channel|status|cancelled_by|purchased_at|ship_by_at|confirmed_at|cancelled_at|updated_at|marketplace"
SHIPPED = "A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-12|||"
CLAIM = "order_id|claim_type|opened_on|claim_status|funded_by|counts_against_odr"
LATE = "L#|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-20|||"
UNTOLD = "U#|MFN|CANCELLED||2026-02-10|||2026-02-11||"

ORDERS = {
    # (the order, the handbook's rules, Amazon's)
    "nothing wrong": (SHIPPED, CLEAN, CLEAN),
    "the first moment of the window": ("A|MFN|SHIPPED||2026-01-01 00:00|2026-01-05|2026-01-03|||", CLEAN, CLEAN),
    "the moment before it": ("A|MFN|SHIPPED||2025-12-31 23:59:59.999999|2026-01-05|2026-01-03|||", OUT, OUT),
    "the last moment of today": ("A|MFN|UNSHIPPED||2026-03-31 23:59:59.999999|||||", CLEAN, CLEAN),
    "bought tomorrow": ("A|MFN|UNSHIPPED||2026-04-01 00:00|||||", OUT, OUT),
    "no day told": ("A|MFN|SHIPPED|||2026-02-12 23:59|2026-02-12|||", OUT, OUT),
    "payment pending": ("A|MFN|PENDING||2026-02-10|||||", OUT, OUT),
    "no status": ("A|MFN|||2026-02-10|||||", CLEAN, CLEAN),
    "another marketplace": ("A|MFN|SHIPPED||2026-02-10|2026-02-12|2026-02-20|||CA", OUT, OUT),
    "not sold on Amazon": ("A|MFN|SHIPPED||2026-02-10|2026-02-12|2026-02-20|||OTHER", OUT, OUT),
    "shipped by Amazon": ("A|AFN|SHIPPED||2026-02-10|||||", CLEAN, CLEAN),
    "shipped by Amazon, late": ("A|AFN|SHIPPED||2026-02-10|2026-02-12|2026-02-20|||", CLEAN, CLEAN),
    "shipped by Amazon, cancelled": ("A|AFN|CANCELLED|SELLER|2026-02-10|||2026-02-11||", CLEAN, CLEAN),
    "cancelled by us": ("A|MFN|CANCELLED|SELLER|2026-02-10|||2026-02-11||", DEFECT, DEFECT),
    "cancelled by the buyer": ("A|MFN|CANCELLED|BUYER|2026-02-10|||2026-02-11||", CLEAN, CLEAN),
    "cancelled by Amazon": ("A|MFN|CANCELLED|AMAZON|2026-02-10|||2026-02-11||", DEFECT, DEFECT),
    "nobody says who cancelled": ("A|MFN|CANCELLED||2026-02-10|||2026-02-11||", UNSURE, UNSURE),
    "cancelled after today": ("A|MFN|CANCELLED|SELLER|2026-03-30|||2026-04-01||", CLEAN, CLEAN),
    "cancelled after shipment": (
        "A|MFN|CANCELLED|SELLER|2026-02-10|2026-02-12 23:59|2026-02-12|2026-02-14||",
        CLEAN,
        CLEAN,
    ),
    "late, then cancelled": (
        "A|MFN|CANCELLED|SELLER|2026-02-10|2026-02-12 23:59|2026-02-20|2026-02-21||",
        DEFECT,
        DEFECT,
    ),
    "overdue, cancelled by the buyer before shipment": (
        "A|MFN|CANCELLED|BUYER|2026-02-10|2026-02-12 23:59||2026-03-20||",
        CLEAN,
        CLEAN,
    ),
    "on the last moment": ("A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-12 23:59|||", CLEAN, CLEAN),
    "a minute late": ("A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-13 00:00|||", CLEAN, DEFECT),
    "two days late": ("A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-14 23:59|||", CLEAN, DEFECT),
    "three days late": ("A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-15 00:00|||", DEFECT, DEFECT),
    "no ship-by date": ("A|MFN|SHIPPED||2026-02-10||2026-02-20|||", CLEAN, CLEAN),
    "open, due today": ("A|MFN|UNSHIPPED||2026-03-29|2026-03-31 23:59||||", CLEAN, CLEAN),
    "open, a day over": ("A|MFN|UNSHIPPED||2026-03-28|2026-03-30 23:59||||", CLEAN, DEFECT),
    "open, three days over": ("A|MFN|UNSHIPPED||2026-03-26|2026-03-28 23:59||||", DEFECT, DEFECT),
    "shipped, no time told, changed in time": (
        "A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|||2026-02-12|",
        CLEAN,
        CLEAN,
    ),
    "shipped, no time told, changed late": (
        "A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|||2026-02-20|",
        UNSURE,
        UNSURE,
    ),
    "no channel told": ("A||SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-20|||", DEFECT, DEFECT),
}
ITEMS = {
    # (an order that was not cancelled as a whole, its items, by Amazon's rules)
    "one of two, by us": (
        "A|MFN|SHIPPED|SELLER|2026-02-10|2026-02-12 23:59|2026-02-12|||",
        "A|MUG|SHIPPED;A|CUP|CANCELLED",
        DEFECT,
    ),
    "one of two, by the buyer": (
        "A|MFN|SHIPPED|BUYER|2026-02-10|2026-02-12 23:59|2026-02-12|||",
        "A|MUG|SHIPPED;A|CUP|CANCELLED",
        CLEAN,
    ),
    "one of two, nobody says by whom": (SHIPPED, "A|MUG|SHIPPED;A|CUP|CANCELLED", UNSURE),
    "one of two, shipped by Amazon": (
        "A|AFN|SHIPPED|SELLER|2026-02-10|||||",
        "A|MUG|SHIPPED;A|CUP|CANCELLED",
        CLEAN,
    ),
    "none": (SHIPPED, "A|MUG|SHIPPED;A|CUP|SHIPPED", CLEAN),
    "of another order": (SHIPPED, "A|MUG|SHIPPED;B|CUP|CANCELLED", CLEAN),
}
FEEDBACK = {
    "one star": ("A|2026-02-20|1|", DEFECT),
    "two stars": ("A|2026-02-20|2|", DEFECT),
    "three stars": ("A|2026-02-20|3|", CLEAN),
    "removed": ("A|2026-02-20|1|2026-03-31", CLEAN),
    "removed tomorrow": ("A|2026-02-20|1|2026-04-01", DEFECT),
    "given tomorrow": ("A|2026-04-01|1|", CLEAN),
    "no day told": ("A||1|", DEFECT),
    "of another order": ("B|2026-02-20|1|", CLEAN),
}
CLAIMS = {
    "granted at our cost": ("A|A_TO_Z|2026-02-20|GRANTED|SELLER|", DEFECT, DEFECT),
    "granted, Amazon paid": ("A|A_TO_Z|2026-02-20|GRANTED|AMAZON|", DEFECT, CLEAN),
    "denied": ("A|A_TO_Z|2026-02-20|DENIED||", CLEAN, CLEAN),
    "withdrawn": ("A|A_TO_Z|2026-02-20|WITHDRAWN||", DEFECT, CLEAN),
    "not decided": ("A|A_TO_Z|2026-02-20|PENDING||", DEFECT, UNSURE),
    "opened tomorrow": ("A|A_TO_Z|2026-04-01|GRANTED|SELLER|", CLEAN, CLEAN),
    "Amazon says it does not count": ("A|A_TO_Z|2026-02-20|GRANTED|SELLER|no", CLEAN, CLEAN),
    "chargeback": ("A|CHARGEBACK|2026-02-20|GRANTED|SELLER|", DEFECT, DEFECT),
    "chargeback, Amazon paid": ("A|CHARGEBACK|2026-02-20|GRANTED|AMAZON|", DEFECT, CLEAN),
    "chargeback, denied": ("A|CHARGEBACK|2026-02-20|DENIED||", CLEAN, CLEAN),
    "chargeback, not decided": ("A|CHARGEBACK|2026-02-20|PENDING||", DEFECT, DEFECT),
    "not decided beside one granted": (
        "A|A_TO_Z|2026-02-20|PENDING||;A|A_TO_Z|2026-02-22|GRANTED|SELLER|",
        DEFECT,
        DEFECT,
    ),
}
REFUNDS = {
    "money back": ("A|MUG|2026-02-20|0.01", DEFECT),
    "no money back": ("A|MUG|2026-02-20|0", CLEAN),
    "not told": ("A|MUG|2026-02-20|", CLEAN),
    "today": ("A|MUG|2026-03-31|5", DEFECT),
    "tomorrow": ("A|MUG|2026-04-01|5", CLEAN),
    "no day told": ("A|MUG||5", DEFECT),
    "one of two": ("A|MUG|2026-02-20|0;A|CUP|2026-02-20|5", DEFECT),
    "of another order": ("B|MUG|2026-02-20|5", CLEAN),
}
MESSAGES = {
    "of the buyer, answered at once": ("1|A|BUYER|2026-02-20 10:00|;1|A|SELLER|2026-02-20 10:01|", DEFECT),
    "that needs no response": ("1|A|BUYER|2026-02-20 10:00|yes", CLEAN),
    "of the seller": ("1|A|SELLER|2026-02-20 10:00|", CLEAN),
    "of Amazon": ("1|A|AMAZON|2026-02-20 10:00|", CLEAN),
    "in the last moment of today": ("1|A|BUYER|2026-03-31 23:59:59.999999|", DEFECT),
    "tomorrow": ("1|A|BUYER|2026-04-01 00:00|", CLEAN),
    "about another order": ("1|B|BUYER|2026-02-20 10:00|", CLEAN),
    "about no order": ("1||BUYER|2026-02-20 10:00|", CLEAN),
}


@pytest.mark.parametrize("case", ORDERS)
def test_order(case):
    row, handbook, amazon = ORDERS[case]
    assert counted(NAME, "handbook", orders=f"{HEADER};{row}") == handbook
    assert counted(NAME, "amazon-2026", orders=f"{HEADER};{row}") == amazon


@pytest.mark.parametrize("case", ITEMS)
def test_one_item_cancelled_is_a_flaw_by_amazon_s_rules(case):
    order, items, amazon = ITEMS[case]
    tables = {"orders": f"{HEADER};{order}", "order_items": f"order_id|sku|item_status;{items}"}
    assert counted(NAME, "handbook", **tables) == CLEAN
    assert counted(NAME, "amazon-2026", **tables) == amazon
    for scope, expected in (("whole_order", CLEAN), ("any_item", amazon)):
        assert counted(NAME, "handbook", override={"choice": {"cancelled_scope": scope}}, **tables) == expected


@pytest.mark.parametrize("case", FEEDBACK)
def test_feedback(case):
    rows, expected = FEEDBACK[case]
    for rules in ("handbook", "amazon-2026"):
        tables = {"orders": f"{HEADER};{SHIPPED}", "feedback": f"order_id|rated_on|rating|removed_on;{rows}"}
        assert counted(NAME, rules, **tables) == expected


@pytest.mark.parametrize("case", CLAIMS)
def test_claim(case):
    rows, handbook, amazon = CLAIMS[case]
    tables = {"orders": f"{HEADER};{SHIPPED}", "claims": f"{CLAIM};{rows}"}
    assert counted(NAME, "handbook", **tables) == handbook
    assert counted(NAME, "amazon-2026", **tables) == amazon


@pytest.mark.parametrize("case", REFUNDS)
def test_refund(case):
    rows, expected = REFUNDS[case]
    tables = {"orders": f"{HEADER};{SHIPPED}", "returns": f"order_id|sku|returned_on|refunded;{rows}"}
    assert counted(NAME, "handbook", **tables) == expected


@pytest.mark.parametrize("case", MESSAGES)
def test_message(case):
    rows, expected = MESSAGES[case]
    tables = {
        "orders": f"{HEADER};{SHIPPED}",
        "messages": f"thread_id|order_id|sender|sent_at|needs_no_response;{rows}",
    }
    assert counted(NAME, "handbook", **tables) == expected


@pytest.mark.parametrize(
    ("impacts", "handbook", "amazon"), [("yes", CLEAN, DEFECT), ("no", CLEAN, CLEAN), ("", CLEAN, DEFECT)]
)
def test_amazons_list_of_late_orders_decides_under_amazons_rules_only(impacts, handbook, amazon):
    orders = f"{HEADER};A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-13|||"
    listed = f"order_id|metric|impacts_account_health;A|late_dispatch_rate|{impacts}"
    assert counted(NAME, "handbook", orders=orders, amazon_defects=listed) == handbook
    assert counted(NAME, "amazon-2026", orders=orders, amazon_defects=listed) == amazon


@pytest.mark.parametrize(("impacts", "amazon"), [("yes", DEFECT), ("no", CLEAN)])
def test_what_amazons_list_decides_is_certain(impacts, amazon):
    orders = f"{HEADER};A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|||2026-02-20|"
    listed = f"order_id|metric|impacts_account_health;A|late_dispatch_rate|{impacts}"
    assert counted(NAME, "amazon-2026", orders=orders, amazon_defects=listed) == amazon
    assert counted(NAME, "handbook", orders=orders, amazon_defects=listed) == UNSURE


def test_amazons_list_says_who_cancelled():
    orders = f"{HEADER};A|MFN|CANCELLED||2026-02-10|||2026-02-11||"
    for impacts, expected in {"yes": DEFECT, "no": CLEAN}.items():
        listed = f"order_id|metric|impacts_account_health;A|cancellation_rate|{impacts}"
        assert counted(NAME, "handbook", orders=orders, amazon_defects=listed) == expected


@pytest.mark.parametrize(
    ("unsure", "rules"),
    [
        ("A|MFN|CANCELLED||2026-02-10|||2026-02-11||", "handbook"),
        ("A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|||2026-02-20|", "amazon-2026"),
        (SHIPPED, "amazon-2026"),
    ],
)
def test_an_unsure_flaw_beside_a_certain_one_is_certain(unsure, rules):
    tables = {"orders": f"{HEADER};{unsure}", "claims": f"{CLAIM};A|A_TO_Z|2026-02-20|PENDING||"}
    stars = "order_id|rated_on|rating;A|2026-02-20|1"
    assert counted(NAME, "amazon-2026", **tables) == UNSURE
    assert counted(NAME, rules, feedback=stars, **tables) == DEFECT


def test_an_order_with_every_flaw_is_one_flawed_order():
    orders = f"{HEADER};A|MFN|SHIPPED||2026-02-10|2026-02-12 23:59|2026-02-20|||"
    own = account(
        orders=orders,
        feedback="order_id|rated_on|rating;A|2026-02-20|1",
        claims=f"{CLAIM};A|A_TO_Z|2026-02-20|GRANTED|SELLER|;A|CHARGEBACK|2026-02-20|GRANTED|SELLER|",
        returns="order_id|sku|returned_on|refunded;A|MUG|2026-02-20|5",
        messages="thread_id|order_id|sender|sent_at;1|A|BUYER|2026-02-20",
    )
    metric = under(NAME, "handbook")
    now = evaluate(metric, own, AS_OF).row(0, named=True)
    assert (now["defects"], now["counted"], now["numerator"]) == (1, 1, 0)
    kinds = ["Negative feedback", "Claim", "Chargeback", "Late shipment", "Refund", "Buyer message"]
    assert defects(metric, own, AS_OF)["flaw"].to_list() == [" and ".join(kinds).capitalize()]
    for flaw in metric.definition.flaws:
        then = what_if(metric, own, AS_OF, Change(cured={flaw: EVERY})).filter(window_days=90)
        assert then["defects"].to_list() == [1, 1], "one flaw less is not perfect"


@pytest.mark.parametrize("flaw", ["late_shipment", "cancellation", "refund"])
def test_as_if_a_flaw_had_never_been(flaw):
    rows = f"{LATE};{UNTOLD};R|MFN|SHIPPED||2026-02-10|2026-02-12|2026-02-11|||".replace("#", "1")
    own = account(orders=f"{HEADER};{rows}", returns="order_id|sku|returned_on|refunded;R|MUG|2026-02-20|5")
    found = what_if(under(NAME, "handbook"), own, AS_OF, Change(cured={flaw: EVERY}))
    now, then = (found.filter(case=case).row(0, named=True) for case in ("now", "then"))
    assert (now["defects"], now["unknown"], now["counted"]) == (3, 1, 3)
    assert (then["defects"], then["unknown"], then["counted"]) == (2, int(flaw != "cancellation"), 3)


def test_each_window_has_its_own_orders():
    days = ("2026-03-25", "2026-03-24", "2026-03-02", "2026-03-01", "2026-01-01", "2025-12-31")
    orders = ";".join([HEADER, *(f"{day}|AFN|SHIPPED||{day} 10:00|||||" for day in days)])
    found = figures(NAME, "handbook", orders=orders)
    assert [(row["window_days"], row["counted"], row["channel"]) for row in found] == [
        (90, 5, "ALL"),
        (30, 3, "ALL"),
        (7, 1, "ALL"),
    ]


def test_nothing_counted_has_no_verdict():
    now = headline(NAME, "handbook", orders=HEADER)
    assert (now["counted"], now["value"], now["low"], now["status"], now["basis"]) == (0, None, None, "NONE", "EXACT")


def test_what_became_of_every_order():
    rows = [ORDERS[case][0].replace("A|", f"{place}|", 1) for place, case in enumerate(ORDERS)]
    own = account(orders=";".join([HEADER, *rows]))
    assert exclusions(under(NAME, "handbook"), own, AS_OF).rows() == [
        ("Counted", sum(handbook[2] for _, handbook, _ in ORDERS.values())),
        ("Sold on another marketplace", 2),
        ("Before the window", 1),
        ("After the window", 1),
        ("Payment still pending", 1),
        ("No date to count it by", 1),
    ]
