"""The facts for a plan of action: every count against a count by hand, every gap marked, nothing told of nobody."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.definition.tables import COLUMNS
from sellerhealth.measure.evidence import EVIDENCE, PLANNED, Heading, Line, evidence, evidence_rows
from sellerhealth.measure.streak import Streak, worst_streak
from tests.metrics.edges import account, many

AS_OF = date(2026, 3, 31)
HANDBOOK = policy("handbook")
ORDERS = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|posted_at|carrier"


def days(first, last, row):
    """The row on each day, `@` being the day."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return ";".join(row.replace("@", str(first + timedelta(days=past))) for past in range((last - first).days + 1))


def dispatch(**more):
    """An order a day since 1 January; from 16 March on a second one by Slow, which is late; one is never confirmed."""
    orders = [
        days("2026-01-01", "2026-03-31", "plain-@|MFN|SHIPPED|@|@|@|@|Good"),
        days("2026-03-16", "2026-03-20", "slow-@|MFN|SHIPPED|@|@|2026-03-30|@|Slow"),
        "open|MFN|UNSHIPPED|2026-03-21|2026-03-21||2026-03-21|Slow",
        "amazons|AFN|SHIPPED|2026-03-21|2026-03-21|2026-03-31||",
    ]
    return account(orders=";".join([ORDERS, *orders]), **more)


def told(name, seller, *columns):
    found = evidence(HANDBOOK[name], seller, AS_OF)
    return {row["line"]: tuple(row[column] for column in columns) for row in found.iter_rows(named=True)}


LATE = {
    Line.FIGURE: (6, 36, None, None),
    Line.SPLIT: (1, 1, None, None),
    Line.POSTED: (1, 1, None, None),
    Line.STREAK: (6, 12, 0, 6),
    Line.WHY: (None, None, None, None),
    Line.WAITING: (1, None, None, None),
    Line.DONE: (None, None, None, None),
    Line.LATELY: (6, 34, 0, 28),
    Line.SPLIT_LATELY: (1, 1, 0, 0),
    Line.SINCE_LAST: (0, 10, None, None),
    Line.CHANGED: (None, None, None, None),
}


def test_late_dispatch_line_by_line():
    found = told("late_dispatch_rate", dispatch(), "count", "out_of", "count_before", "out_of_before")
    assert found == LATE


def test_the_worst_streak_has_its_days():
    assert told("late_dispatch_rate", dispatch(), "first_on", "last_on")[Line.STREAK] == (
        date(2026, 3, 16),
        date(2026, 3, 21),
    )


def test_every_line_stands_under_one_of_amazons_headings_and_ends_in_a_gap():
    found = evidence(HANDBOOK["late_dispatch_rate"], dispatch(), AS_OF)
    assert found["heading"].unique(maintain_order=True).to_list() == list(Heading)
    for heading in Heading:
        part = found.filter(heading=heading)
        assert part["is_gap"].to_list() == [False] * (part.height - 1) + [True]


def test_every_fact_leads_to_rows_that_are_there():
    rows = evidence_rows(HANDBOOK["late_dispatch_rate"], dispatch(), AS_OF)
    found = evidence(HANDBOOK["late_dispatch_rate"], dispatch(), AS_OF)
    asked = found.filter(~pl.col("is_gap"))["rows"].to_list()
    assert None not in asked
    assert all(rows[name].height for name in asked)
    assert found.filter("is_gap")["rows"].to_list() == [None] * 3


def test_the_rows_are_those_the_lines_count():
    rows = evidence_rows(HANDBOOK["late_dispatch_rate"], dispatch(), AS_OF)
    late = ["open", *(f"slow-2026-03-{day}" for day in range(16, 21))]
    assert sorted(rows["orders"]["order_id"]) == late
    assert rows["orders"]["carrier"].unique().to_list() == ["Slow"]
    assert rows["waiting"]["order_id"].to_list() == ["open"]
    assert rows["weeks"]["defects"].sum() == 6
    assert rows["weeks"]["counted"].sum() == 90 + 6
    assert rows["weeks"].height == 13
    assert rows["split"]["defects"].sum() == 6


def test_without_anything_overdue_there_is_no_link_to_it():
    seller = account(orders=f"{ORDERS};{many('late-#|MFN|SHIPPED|2026-03-10|2026-03-10|2026-03-20||Slow', 2)}")
    found = told("late_dispatch_rate", seller, "count", "rows")
    assert found[Line.WAITING] == (0, None)
    assert Line.POSTED not in found


def test_before_the_files_begin_nothing_is_compared():
    orders = [days("2026-03-20", "2026-03-31", "plain-@|MFN|SHIPPED|@|@|@||Good")]
    late = "late|MFN|SHIPPED|2026-03-22|2026-03-22|2026-03-30||Slow"
    seller = account(orders=";".join([ORDERS, *orders, late]))
    assert told("late_dispatch_rate", seller, "count", "count_before", "out_of_before")[Line.LATELY] == (1, None, None)


def test_a_single_defect_is_no_streak():
    orders = [days("2026-01-01", "2026-03-31", "plain-@|MFN|SHIPPED|@|@|@||Good")]
    late = "late|MFN|SHIPPED|2026-03-22|2026-03-22|2026-03-30||Slow"
    assert Line.STREAK not in told("late_dispatch_rate", account(orders=";".join([ORDERS, *orders, late])), "count")


def test_order_defects_by_kind_with_what_became_of_them():
    claims = (
        "plain-2026-03-01|A_TO_Z|2026-03-10|GRANTED|SELLER;plain-2026-03-02|A_TO_Z|2026-03-10|PENDING|;"
        "plain-2026-03-03|A_TO_Z|2026-03-10|DENIED|"
    )
    seller = account(
        orders=f"order_id|channel|status|purchased_at;{days('2026-02-01', '2026-03-20', 'plain-@|MFN|SHIPPED|@')}",
        claims=f"order_id|claim_type|opened_on|claim_status|funded_by;{claims}",
        feedback="order_id|rated_on|rating;plain-2026-03-04|2026-03-09|1",
        returns="order_id|sku|returned_on|refunded;plain-2026-03-01|A|2026-03-12|9.5",
    )
    found = evidence(HANDBOOK["order_defect_rate"], seller, AS_OF)
    kinds = found.filter(line=Line.KIND).select("values", "count", "out_of").rows()
    assert kinds == [(["A-to-z claim"], 2, 3), (["Negative feedback"], 1, 3)]
    rest = told("order_defect_rate", seller, "count", "out_of")
    assert rest[Line.UNDECIDED] == (1, 3)
    assert rest[Line.REFUNDED] == (1, 3)
    silent = replace(seller, provided=seller.provided - {"returns.refunded"})
    assert Line.REFUNDED not in told("order_defect_rate", silent, "count"), "no file tells of refunds"


def test_cancelled_orders_that_a_short_shelf_explains():
    seller = account(
        orders=f"order_id|channel|status|purchased_at|cancelled_by;{many('c-#|MFN|CANCELLED|2026-03-28|SELLER', 2)}",
        order_items="order_id|sku|quantity;c-1|VASE|1;c-2|VASE|1",
        stock="sku|counted_on|units_on_hand;VASE|2026-03-25|0",
    )
    mine = replace(seller, name="example")
    assert told("cancellation_rate", mine, "count", "out_of", "rows")[Line.OVERSOLD] == (2, 2, "shelf")
    rows = evidence_rows(HANDBOOK["cancellation_rate"], mine, AS_OF)["shelf"]
    assert rows.select("sku", "cancelled_orders", "explained_orders").rows() == [("VASE", 2, 2)]
    uncounted = replace(mine, provided=mine.provided - {"stock.units_on_hand"})
    assert Line.OVERSOLD not in told("cancellation_rate", uncounted, "count")


EMPTY = {
    "a metric without a plan": ("seller_rating", {}),
    "no order": ("late_dispatch_rate", {}),
    "no defect": ("late_dispatch_rate", {"orders": f"{ORDERS};A|MFN|SHIPPED|2026-03-20|2026-03-20|2026-03-20||"}),
    "not computable": ("late_dispatch_rate", {"without": ("orders.ship_by_at", "order_items.item_ship_by_at")}),
}


@pytest.mark.parametrize("case", EMPTY)
def test_where_there_is_nothing_to_plan_for_there_are_no_lines(case):
    name, given = EMPTY[case]
    found = evidence(HANDBOOK[name], account(**given), AS_OF)
    assert found.is_empty()
    assert found.schema == EVIDENCE


@pytest.mark.parametrize("name", PLANNED)
def test_the_tables_of_an_empty_account_are_empty(name):
    assert not any(frame.height for frame in evidence_rows(HANDBOOK[name], account(), AS_OF).values())


def test_each_account_and_channel_has_its_own_lines():
    one = dispatch()
    tables = {
        name: pl.concat([table, table.with_columns(account=pl.lit("second"))]) for name, table in one.tables.items()
    }
    slow_no_more = (pl.col("account") == "second") & pl.col("order_id").str.starts_with("slow-")
    tables["orders"] = tables["orders"].filter(~slow_no_more)
    found = evidence(HANDBOOK["late_dispatch_rate"], replace(one, tables=tables), AS_OF).filter(line=Line.FIGURE)
    assert found.select("account", "count", "out_of").rows() == [("example", 6, 36), ("second", 1, 31)]


def test_nobodys_name_or_address_is_told():
    tables = evidence_rows(HANDBOOK["late_dispatch_rate"], dispatch(), AS_OF).values()
    known = {*COLUMNS, "account", "event_on", "week_from"}
    texts = {name for frame in tables for name, dtype in frame.schema.items() if dtype == pl.String}
    ours = {"skus", "channel", "carrier", "weekday", "policy", "metric", "unit", "status", "basis", "marketplace"}
    assert texts <= known | ours


@pytest.mark.parametrize("seed", range(60))
def test_the_worst_streak_is_that_of_all_runs_tried(seed):
    random = Random(seed)
    first = date(2026, 1, 1)
    orders = [random.choice((0, 5, 20)) for _ in range(40)]
    defects = [min(one, random.choice((0, 0, 1, 4 if 10 < day < 20 else 0))) for day, one in enumerate(orders)]
    every = [first + timedelta(days=day) for day in range(40)]
    found = worst_streak(pl.DataFrame({"event_on": every, "counted": orders, "defects": defects}))
    usual = sum(defects) / sum(orders)
    runs = {
        (start, end): sum(defects[start : end + 1]) - usual * sum(orders[start : end + 1])
        for start in range(40)
        for end in range(start, 40)
    }
    most = max(runs.values())
    if found is None:
        assert most < 3
    else:
        start, end = every.index(found.first), every.index(found.last)
        assert runs[start, end] == pytest.approx(most)


def test_no_orders_have_no_streak():
    nothing = pl.DataFrame(schema={"event_on": pl.Date, "counted": pl.Int64, "defects": pl.Int64})
    assert worst_streak(nothing) is None


def test_a_streak_may_be_of_one_day():
    every = pl.date_range(date(2026, 3, 1), date(2026, 3, 10), eager=True)
    days_of = pl.DataFrame({"event_on": every, "counted": [10] * 10, "defects": [0] * 4 + [5] + [0] * 5})
    assert worst_streak(days_of) == Streak(first=date(2026, 3, 5), last=date(2026, 3, 5))
