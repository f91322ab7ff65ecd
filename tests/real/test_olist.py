"""A real marketplace, 29,355 orders of 2,403 sellers: every figure counted independently that ours reach."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sellerhealth import METRICS, evaluate, facts, open_account
from sellerhealth.definition import policy as policies
from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import LONGEST
from sellerhealth.definition.tables import EVERY_STAR
from sellerhealth.measure.lift import lift
from sellerhealth.measure.ratings import stars
from sellerhealth.measure.tally import tally
from sellerhealth.metrics import STATES
from sellerhealth.report.batch import Batch
from sellerhealth.report.plan import Asked, notebooks_in
from sellerhealth.report.run.running import Limits
from tests.real import olist

# One group: the files are read once, by one worker.
pytestmark = pytest.mark.xdist_group("olist")
AS_OF = date(2020, 12, 31)
"""After the last ship-by day there is, so that all is known."""
EXPECTED = olist.expected() if olist.REAL.exists() else {"three_largest_sellers": {}}
SELLERS = EXPECTED["three_largest_sellers"]
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
Counts = tuple[int, int]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("real")
    olist.folder(made)
    return made


@pytest.fixture(scope="module")
def whole(data: Path) -> Account:
    return open_account(data, "olist")


@pytest.fixture(scope="module")
def each(data: Path) -> Account:
    return open_account(data, "olist/*")


@pytest.fixture(scope="module")
def orders(whole: Account) -> pl.DataFrame:
    return facts.orders(whole, AS_OF).collect()


def test_every_row_is_accounted_for(whole: Account):
    ledger = {row["file"]: row for row in whole.ledger.to_dicts()}
    read = {name.partition("/")[2]: row["read"] for name, row in ledger.items()}
    assert read == dict(zip(olist.FILES, (EXPECTED[name] for name in ("orders", "items", "reviews")), strict=True))
    for row in ledger.values():
        assert row["read"] == row["used"] + row["duplicate"] + row["superseded"] + row["rejected"]
        assert row["rejected"] == 0
    assert ledger["olist/order_items.csv.gz"]["used"] == EXPECTED["items"]


def test_orders_and_their_status(orders: pl.DataFrame):
    told = EXPECTED["status"]
    assert orders.height == EXPECTED["orders"]
    assert dict(orders.group_by(pl.col("status").cast(pl.String)).len().iter_rows()) == {
        "DELIVERED": told["delivered"],
        "SHIPPED": told["shipped"],
        "CANCELLED": told["canceled"],
        "UNFULFILLABLE": told["unavailable"],
        "UNSHIPPED": told["invoiced"] + told["processing"] + told["approved"],
        "PENDING": told["created"],
    }


def test_late_dispatch(each: Account):
    assert _sum(_late(each), each) == _counts(EXPECTED["late_dispatch"]["overall"])


def test_late_dispatch_without_cancelled_orders(tmp_path: Path):
    olist.folder(tmp_path, settings=olist.SETTINGS + 'cancelled_orders = "all"\n')
    account = open_account(tmp_path, "olist/*")
    assert _late(account).option("cancelled_orders").meaning == "all that were cancelled"
    assert _sum(_late(account), account) == _counts(EXPECTED["late_dispatch"]["overall_not_canceled"])


@pytest.mark.parametrize("month", EXPECTED.get("late_dispatch_by_deadline_month_2018", []))
def test_late_dispatch_by_month(each: Account, month: str):
    inside = tally(_late(each), each, AS_OF).filter(pl.col("event_on").dt.to_string("%Y-%m") == month)
    counted = inside["numerator"].sum(), inside["denominator"].sum()
    assert counted == _counts(EXPECTED["late_dispatch_by_deadline_month_2018"][month])


def test_cancelled(orders: pl.DataFrame):
    told = EXPECTED["cancelled"]
    assert (orders["is_cancelled"].sum(), orders.height) == _counts(told["overall"])
    assert (orders["cancelled_before_shipment"].sum(), orders.height) == _counts(told["before_carrier"])


def test_on_time_delivery(orders: pl.DataFrame):
    told = EXPECTED["on_time_delivery"]
    assert _on_time(orders) == _counts(told["calendar_day_rule"])
    to_the_second = (orders["delivered_at"] <= orders["deliver_by_at"]).sum()
    assert (to_the_second, orders["delivered_at"].count()) == _counts(told["timestamp_rule"])


def test_low_reviews(orders: pl.DataFrame):
    told = EXPECTED["low_review"]
    assert _low(orders) == _counts(told["worst_score"])
    assert _low(orders, "last_feedback_is_negative") == _counts(told["last_score"])


def test_every_review_is_there_where_its_moment_tells_it_apart(tmp_path: Path):
    """By day, order and stars alone, 21 second reviews of one day would be taken for the first, told again."""
    olist.folder(tmp_path, settings=olist.SETTINGS.replace('rated_on = "review_creation_date"\n', ""))
    account, told = open_account(tmp_path, "olist"), EXPECTED["low_review"]
    scores = account.tables["feedback"].group_by(pl.col("rating").cast(pl.String)).len().collect()
    assert dict(scores.iter_rows()) == told["score_counts"]
    orders = facts.orders(account, AS_OF).collect()
    assert _low(orders) == _counts(told["worst_score"])
    assert _low(orders, "last_feedback_is_negative") == _counts(told["last_score"])


def test_on_time_delivery_by_unit(whole: Account):
    """Counted independently are orders, and ours counts a unit for each product of an order.

    So two things are compared: that of the orders behind the units as many came in time, and that the figure is
    what the raw rows of orders and items give.
    """
    told = facts.units(whole, AS_OF).filter(pl.col("is_on_time").is_not_null()).collect()
    by_order = told.group_by("order_id").agg(pl.col("is_on_time").all())
    assert (by_order["is_on_time"].sum(), by_order.height) == _counts(EXPECTED["on_time_delivery"]["calendar_day_rule"])
    assert _now(whole, "on_time_delivery_rate") == _products_in_time()


def _products_in_time() -> Counts:
    """Of the products of every delivered order, how many came by the promised day, and how many there are."""
    products: dict[str, set[str]] = {}
    for item in olist.rows("order_items.csv.gz"):
        products.setdefault(item["order_id"], set()).add(item["product_id"])
    in_time = out_of = 0
    for order in olist.rows("orders.csv.gz"):
        came, promised = order["order_delivered_customer_date"][:10], order["order_estimated_delivery_date"][:10]
        if came:
            units = len(products.get(order["order_id"], {""}))
            in_time, out_of = in_time + units * (came <= promised), out_of + units
    return in_time, out_of


def test_feedback_rating(tmp_path: Path):
    """Of all reviews ever, four and five stars; the mapped file holds every star, and its moments tell reviews apart."""
    olist.folder(tmp_path, settings=olist.SETTINGS.replace('rated_on = "review_creation_date"\n', ""))
    account, told = open_account(tmp_path, "olist"), EXPECTED["low_review"]["score_counts"]
    assert EVERY_STAR in account.provided
    assert _now(account, "feedback_rating", LONGEST) == (told["4"] + told["5"], sum(told.values()))
    counted = stars(_metric(account, "feedback_rating"), account, AS_OF).filter(pl.col("window_days") == LONGEST)
    assert {str(number): count for number, count in counted.select("stars", "ratings").iter_rows()} == told


def test_the_flaws_of_perfect_orders(whole: Account):
    """The figure itself is not compared: counted independently are reviewed orders only, and ours counts every one.

    Compared are the two flaws counted alike: low reviews by the worst score, without those of orders not paid yet, and
    cancellations before the carrier had it. There are neither claims, messages nor returns, so the figure is a bound
    and there is no verdict.
    """
    metric = _metric(whole, "perfect_order_percentage")
    found = dict(lift(metric, whole, AS_OF).select("flaw", "defects").iter_rows())
    pending = {order["order_id"] for order in olist.rows("orders.csv.gz") if order["order_status"] == "created"}
    low = {review["order_id"] for review in olist.rows("order_reviews.csv.gz") if review["review_score"] in "12"}
    assert (len(low), len(low & pending)) == (EXPECTED["low_review"]["worst_score"]["k"], 4)
    assert found["negative_feedback"] == len(low - pending)
    assert found["cancellation"] == EXPECTED["cancelled"]["before_carrier"]["k"]
    row = evaluate(metric, whole, AS_OF).row(0, named=True)
    assert row["denominator"] == EXPECTED["orders"] - EXPECTED["status"]["created"]
    assert (row["basis"], row["status"]) == ("UPPER_BOUND", "NONE")


def test_perfect_orders(each: Account, orders: pl.DataFrame):
    """The parts of a perfect order as it was counted independently: delivered and sent on time by all, no low review."""
    sent_late = facts.orders(each, AS_OF).filter(pl.col("is_confirmed") & pl.col("confirmed_after_ship_by")).collect()
    ended = orders.filter(
        pl.col("status").is_in(["DELIVERED", "CANCELLED", "UNFULFILLABLE"]), pl.col("worst_rating") > 0
    )
    perfect = ended.filter(pl.col("status") == "DELIVERED", "delivered_on_time", ~pl.col("has_negative_feedback"))
    in_time = perfect.join(sent_late, on="order_id", how="anti")
    assert (in_time.height, ended.height) == _counts(EXPECTED["perfect_order"])


@pytest.mark.parametrize("seller", SELLERS)
def test_a_seller(data: Path, seller: str):
    account, told = open_account(data, f"olist/{seller}"), SELLERS[seller]
    orders = facts.orders(account, AS_OF).collect()
    assert orders.height == told["orders"]
    assert (orders["is_cancelled"].sum(), orders.height) == _counts(told["cancelled"])
    assert _on_time(orders) == _counts(told["on_time_day_rule"])
    assert _low(orders) == _counts(told["low_review"])
    assert _sum(_late(account), account) == _counts(told["late_dispatch"])


def test_a_seller_is_the_same_alone_and_among_all(data: Path, each: Account):
    among = evaluate(_late(each), each, AS_OF)
    for seller in SELLERS:
        account = open_account(data, f"olist/{seller}")
        alone = evaluate(_late(account), account, AS_OF)
        assert alone.equals(among.filter(pl.col("account") == f"olist/{seller}"))


@pytest.mark.skipif(not SELLERS, reason="the real marketplace is not here: no shared/real/olist beside the repository")
def test_reports(data: Path, tmp_path: Path):
    accounts = [f"olist/{seller}" for seller in SELLERS]
    site = Batch(
        data=str(data),
        accounts=accounts,
        asked=Asked(as_of="2018-08-31"),
        out=tmp_path,
        notebooks=NOTEBOOKS,
        limits=Limits(workers=2),
    ).run()
    assert [(failed.job.notebook.stem, failed.told) for failed in site.failed] == []
    assert site.refused == []
    pages = [path.stem for path in notebooks_in(NOTEBOOKS)]
    assert len(pages) == 11
    for account in accounts:
        folder = tmp_path / "2018-08-31" / account / "BR"
        assert sorted(path.stem for path in folder.glob("*.html")) == pages
        assert (folder / "result.json").is_file()
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(seller in index for seller in SELLERS)


def _metric(account: Account, name: str) -> Metric:
    return policies.load(account.policy, METRICS, STATES, account.overrides)[name]


def _late(account: Account) -> Metric:
    return _metric(account, "late_dispatch_rate")


def _now(account: Account, name: str, days: int = 0) -> Counts:
    """Numerator and denominator of a metric, over its headline's window or one of so many days."""
    now = evaluate(_metric(account, name), account, AS_OF)
    row = now.filter(pl.col("window_days") == (days or now["window_days"][0])).row(0, named=True)
    return row["numerator"], row["denominator"]


def _sum(metric: Metric, account: Account) -> Counts:
    now = evaluate(metric, account, AS_OF)
    return now["numerator"].sum(), now["denominator"].sum()


def _counts(told: dict[str, Any]) -> Counts:
    return told["k"], told["n"]


def _on_time(orders: pl.DataFrame) -> Counts:
    return orders["delivered_on_time"].sum(), orders["delivered_on"].count()


def _low(orders: pl.DataFrame, which: str = "has_negative_feedback") -> Counts:
    return orders[which].sum(), orders["worst_rating"].count()
