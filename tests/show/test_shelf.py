"""Stock against listings, and what to confirm: every sentence, table and picture."""

from datetime import date

import polars as pl
import pytest

from sellerhealth.measure.confirmation import if_not_confirmed, to_confirm
from sellerhealth.measure.stock import NEEDS, safety_stock, stock
from sellerhealth.show import shelf
from tests.show.figures import EVIL, example, hostile, metric, row
from tests.show.markup import is_twin, read
from tests.show.pictures import drawn, says, whole

ON_HAND, SKUS, LISTED = NEEDS


def product(**more):
    """A product with units enough."""
    return {
        "account": "shop",
        "sku": "MUG",
        "units_on_hand": 10,
        "counted_on": date(2026, 3, 9),
        "listed_units": 7,
        "left_units": 0,
        "open_units": 3,
        "free_units": 7,
        "oversold_units": 0,
        "at_risk_units": 0,
        "sold_a_day": 0.5,
        "days_of_cover": 14.0,
        "cancelled_orders": 0,
        "explained_orders": 0,
        "state": "enough",
        "reserve_units": 2,
        "list_at_most": 5,
        "risk": 0.05,
        "days": 2.0,
        **more,
    }


def products(*rows):
    return pl.DataFrame(rows or [product()], infer_schema_length=None)


def oversold(units=2, sku="MUG"):
    return product(
        sku=sku, state="oversold", oversold_units=units, units_on_hand=1, free_units=-units, days_of_cover=-4.0
    )


def at_risk(sku="VASE"):
    return product(sku=sku, state="at risk", at_risk_units=3, listed_units=10)


def told(*rows, explained=(0, 3), missing=()):
    shown = shelf.stock_card(products(*rows), explained, missing)
    assert is_twin(shown)
    return shown.text.splitlines()


def unlisted(sku="BOWL"):
    return product(sku=sku, state="listing not known", listed_units=None, at_risk_units=None)


ENOUGH = "No product is listed with more units than are free."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([product()], [ENOUGH]),
        ([oversold()], ["MUG: oversold by 2 units.", ENOUGH]),
        ([oversold(1)], ["MUG: oversold by 1 unit.", ENOUGH]),
        ([oversold(1200)], ["MUG: oversold by 1,200 units.", ENOUGH]),
        ([at_risk()], ["1 product is listed with more units than are free."]),
        (
            [oversold(), at_risk(), at_risk("BOWL")],
            ["MUG: oversold by 2 units.", "2 products are listed with more units than are free."],
        ),
        ([oversold(9, sku) for sku in "ABC"], [*(f"{sku}: oversold by 9 units." for sku in "ABC"), ENOUGH]),
        (
            [oversold(9, sku) for sku in "ABCD"],
            [*(f"{sku}: oversold by 9 units." for sku in "ABC"), "And 1 more product is oversold.", ENOUGH],
        ),
        (
            [oversold(9, f"P{place}") for place in range(1203)],
            [
                *(f"P{place}: oversold by 9 units." for place in range(3)),
                "And 1,200 more products are oversold.",
                ENOUGH,
            ],
        ),
        ([product(), unlisted()], [ENOUGH, "Of 1 product no file tells how many units are listed."]),
        ([unlisted(), unlisted("VASE")], ["Of 2 products no file tells how many units are listed."]),
    ],
)
def test_stock_in_sentences(rows, said):
    assert told(*rows)[:-1] == said


@pytest.mark.parametrize(
    ("explained", "said"),
    [
        ((0, 3), "A short shelf explains 0 of 3 cancelled orders of the last 30 days."),
        ((1, 1), "A short shelf explains 1 of 1 cancelled order of the last 30 days."),
        ((3, 3), "A short shelf explains 3 of 3 cancelled orders of the last 30 days."),
    ],
)
def test_cancellations_that_a_short_shelf_explains(explained, said):
    assert told(explained=explained)[-1] == said


def test_without_cancellations_there_is_nothing_to_explain():
    assert not [line for line in told(explained=(0, 0)) if " 0 of 0 " in line]


def test_what_no_file_tells_is_named_with_its_remedy():
    assert shelf.stock_card(products().clear(), (0, 0), NEEDS).text.splitlines() == [
        f"{need.reason} {need.remedy}" for need in NEEDS
    ]
    assert told(missing=[LISTED])[-1] == f"{LISTED.reason} {LISTED.remedy}"


def test_without_orders_no_number_of_cancellations_is_told():
    assert not [line for line in told(explained=(0, 0), missing=[SKUS]) if "cancelled orders" in line]


def test_without_listings_no_number_of_listings_is_told():
    blind = product(listed_units=None, at_risk_units=None)
    assert not [line for line in told(blind, missing=[LISTED]) if "more units than are free" in line]


def test_what_is_listed_of_each_is_not_asked_where_no_file_tells_of_any():
    assert told(unlisted(), missing=[LISTED])[0] != "Of 1 product no file tells how many units are listed."


def test_an_oversold_product_of_which_the_listing_is_not_known_is_oversold():
    blind = oversold() | {"listed_units": None, "at_risk_units": None}
    assert told(blind)[:-1] == ["MUG: oversold by 2 units.", "Of 1 product no file tells how many units are listed."]


def test_a_foreign_name_is_escaped():
    assert told(oversold(sku="<b>&"))[0] == "<b>&: oversold by 2 units."


def test_the_stock_of_products_in_words():
    blind = product(sku=EVIL, state="not counted") | dict.fromkeys(
        (
            "units_on_hand",
            "counted_on",
            "left_units",
            "free_units",
            "days_of_cover",
            "reserve_units",
            "list_at_most",
            "listed_units",
        )
    )
    title, subtitle, headings, rows = read(
        shelf.stock_table(products(product(units_on_hand=1200, left_units=7), oversold(), at_risk(), unlisted(), blind))
    )
    assert title == "Stock of 5 products"
    assert subtitle == (
        "Worst first. Units that came in since the count are in no file. "
        "Hold back: with so many units kept, 2 days of orders oversell at most one time in 20."
    )
    assert headings == [
        "SKU",
        "State",
        "On hand",
        "Counted on",
        "Left since",
        "In open orders",
        "Listed",
        "Days of cover",
        "Cancelled",
        "Explained",
        "Hold back",
        "List at most",
    ]
    assert rows == [
        ("MUG", "✓ enough", "1,200", "9 Mar 2026", "7", "3", "7", "14.0", "0", "0", "2", "5"),
        ("MUG", "✕ oversold", "1", "9 Mar 2026", "0", "3", "7", "0.0", "0", "0", "2", "5"),
        ("VASE", "! at risk", "10", "9 Mar 2026", "0", "3", "10", "14.0", "0", "0", "2", "5"),
        ("BOWL", "– listing not known", "10", "9 Mar 2026", "0", "3", "–", "14.0", "0", "0", "2", "5"),
        (EVIL.strip(), "– not counted", "–", "–", "–", "3", "–", "–", "0", "0", "–", "–"),
    ]


HOLD_BACK = {
    (0.05, 2): "2 days of orders oversell at most one time in 20.",
    (0.1, 1): "1 day of orders oversells at most one time in 10.",
    (0.001, 1.5): "1.5 days of orders oversell at most one time in 1,000.",
    (1 / 3, 2): "2 days of orders oversell at most one time in 3.",
    (0.3, 2): "2 days of orders oversell at most 30 times in 100.",
    (0.055, 2): "2 days of orders oversell at most 5.5 times in 100.",
    (0.0, 2): "2 days of orders oversell in no case.",
    (1.0, 2): "2 days of orders oversell at most every time.",
}


@pytest.mark.parametrize("case", HOLD_BACK)
def test_for_which_risk_and_days_units_are_held_back(case):
    risk, days = case
    subtitle = read(shelf.stock_table(safety_stock(products().drop("risk", "days"), risk, days)))[1]
    assert subtitle.endswith(f"Hold back: with so many units kept, {HOLD_BACK[case]}")


def test_a_count_without_a_day_says_so():
    assert "A count without a day is taken as of now." in read(shelf.stock_table(products(product(counted_on=None))))[1]
    assert "without a day" not in read(shelf.stock_table(products()))[1]
    uncounted = product(counted_on=None, units_on_hand=None, state="not counted")
    assert "without a day" not in read(shelf.stock_table(products(product(), uncounted)))[1]


@pytest.mark.parametrize(("rows", "title", "shown"), [(1, "Stock of 1 product", 1), (30, "Stock of 30 products", 25)])
def test_the_stock_counts_all_products(rows, title, shown):
    found = read(shelf.stock_table(products(*[product()] * rows)))
    assert (found[0], len(found[3])) == (title, shown)


def test_a_long_list_of_products_says_that_it_is_cut():
    assert "The first 25 are shown." in read(shelf.stock_table(products(*[product()] * 26)))[1]


def test_the_stock_of_an_account_without_a_file():
    account, as_of = example(metric())
    _, subtitle, _, rows = read(shelf.stock_table(safety_stock(stock(account, as_of), risk=0.05, days=2)))
    assert (subtitle, rows) == ("Worst first.", [])


def order(**more):
    return {
        "order_id": "A",
        "skus": "MUG, VASE",
        "ship_by_on": date(2026, 3, 31),
        "hours_left": 3.5,
        "is_posted": False,
        "days_overdue": -1,
        **more,
    }


CONFIRM = {
    "one, posted": ([order(is_posted=True)], "1 order to confirm", "1 is posted already: confirm it first."),
    "two, posted": ([order(is_posted=True)] * 2, "2 orders to confirm", "2 are posted already: confirm those first."),
    "one of two, posted": (
        [order(is_posted=True), order()],
        "2 orders to confirm",
        "1 is posted already: confirm it first.",
    ),
    "none posted": ([order()], "1 order to confirm", "By the time left."),
    "many": ([order()] * 26, "26 orders to confirm", "By the time left. The first 25 are shown."),
}


@pytest.mark.parametrize("case", CONFIRM)
def test_what_to_confirm_says_how_many_are_posted(case):
    rows, title, subtitle = CONFIRM[case]
    found = read(shelf.confirm_table(pl.DataFrame(rows)))
    assert found[0] == title
    assert found[1].replace("confirm that first", "confirm it first") == subtitle
    assert len(found[3]) == min(len(rows), 25)


def test_what_to_confirm_in_words():
    rows = [order(is_posted=True), order(order_id=EVIL, skus=None, hours_left=-100.0, days_overdue=4)]
    _, _, headings, found = read(shelf.confirm_table(pl.DataFrame(rows, infer_schema_length=None)))
    assert headings == ["Order", "SKU", "Ship by", "Time left", "Parcel"]
    assert found == [
        ("A", "MUG, VASE", "31 Mar 2026", "3.5 hours left", "posted, not confirmed"),
        (EVIL.strip(), "–", "31 Mar 2026", "4 days overdue", "not posted"),
    ]


@pytest.mark.parametrize(
    ("hours", "days", "said"),
    [
        (100.0, -5, "4 days left"),
        (0.5, -1, "30 minutes left"),
        (0.0, -1, "due now"),
        (-0.5, 0, "due today"),
        (-24.0, 0, "due today"),
        (-24.5, 1, "1 day overdue"),
        (-30.0, 2, "2 days overdue"),
        (-30_000.0, 1250, "1,250 days overdue"),
    ],
)
def test_an_order_is_overdue_from_the_day_after_its_ship_by_day(hours, days, said):
    table = shelf.confirm_table(pl.DataFrame([order(hours_left=hours, days_overdue=days)]))
    assert read(table)[3][0][3] == said


def test_what_to_confirm_of_the_example_and_of_nothing():
    account, as_of = example(metric())
    found = to_confirm(account, as_of)
    assert len(read(shelf.confirm_table(hostile(found)))[3]) == found.height == 3
    assert read(shelf.confirm_table(found.clear()))[0] == "0 orders to confirm"


def days(*values):
    told = [
        row(on=date(2026, 12, 30 + place), numerator=n, denominator=of, value=n / of if of else None)
        for place, (n, of) in enumerate(values)
    ]
    return pl.DataFrame(told, infer_schema_length=None)


def test_the_outlook_in_words():
    spec = whole(shelf.outlook_chart(days((12, 388), (40, 380)), metric()))
    assert spec["title"]["text"] == "What becomes of the Late Dispatch Rate if nothing more is confirmed?"
    assert says(spec) == "From 3.1 % (12 of 388) today to 10.5 % (40 of 380) on 31 Dec 2026."
    assert [(one["day"], one["counts"]) for one in drawn(spec)] == [
        ("30 Dec", "12 of 388"),
        ("31 Dec", "40 of 380"),
    ]


def test_the_outlook_with_a_day_without_orders():
    told = says(whole(shelf.outlook_chart(days((1, 4), (0, 0)), metric())))
    assert told == "From 25 % (1 of 4) today to nothing counted on 31 Dec 2026."


def test_the_outlook_of_the_example_and_of_nothing():
    account, as_of = example(metric())
    found = if_not_confirmed(metric(), account, as_of)
    assert len(drawn(whole(shelf.outlook_chart(found, metric())))) == 8
    assert shelf.outlook_chart(found.clear(), metric()) is None
