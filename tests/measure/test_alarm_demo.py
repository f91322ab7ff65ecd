"""What rings in the demo accounts, each planted trouble soon after it began and nothing else; and in its quiet twins."""

from datetime import date

import polars as pl
import pytest

from sellerhealth import open_account, policy
from sellerhealth.demo import returns
from sellerhealth.demo.correspondence import Traffic, ordinary
from sellerhealth.demo.desk import Desk
from sellerhealth.demo.harbor_and_pine import NO_MONDAY_ROUND_SINCE, NO_VASE_SINCE
from sellerhealth.demo.history import orders
from sellerhealth.measure.alarm import DAYS_A_MONTH, Watched, alarms, watch
from sellerhealth.measure.evaluate import trend
from tests.ground.imports import ROOT
from tests.truth import world
from tests.truth.size import accounts

HANDBOOK = policy("handbook")
DAYS, A_DAY = 400, 12
MONDAYS, VASES = date(2026, 9, 22), date(2026, 11, 12)
"""The day after the first Monday without a round; a week after the last vase was sold."""
RANG = {
    "handbook": {"unconfirmed": MONDAYS, "late": date(2026, 9, 24), "cancellations": VASES},
    "amazon-2026": {"late": MONDAYS, "cancellations": VASES},
}


@pytest.mark.parametrize(("rules", "expected"), RANG.items())
def test_the_troubles_of_harbor_and_pine_ring_once_each_and_nothing_else_does(rules, expected):
    account = open_account(ROOT / "data", "demo-us")
    found = alarms(policy(rules), account, account.last_day, days=DAYS)
    assert dict(found.select("signal", "rang_on").rows()) == expected
    assert found.height == len(expected)
    assert found["still_rings"].all()
    assert (MONDAYS - NO_MONDAY_ROUND_SINCE).days == 1
    assert (VASES - NO_VASE_SINCE).days == 7


def test_it_rings_weeks_before_the_rate_of_thirty_days_misses_its_target():
    account, metric = open_account(ROOT / "data", "demo-us"), HANDBOOK["late_dispatch_rate"]
    missed = trend(metric, account, account.last_day, days=90).filter(status="BAD")["window_end"].min()
    rang = alarms(HANDBOOK, account, account.last_day).filter(signal="late")["rang_on"].item()
    assert (missed - rang).days == 22


def test_a_small_shop_in_order_is_silent():
    account = open_account(ROOT / "data", "demo-uk")
    assert alarms(HANDBOOK, account, account.last_day, days=DAYS).is_empty()
    states = dict(watch(HANDBOOK, account, account.last_day).select("signal", "state").rows())
    not_told = {"returns": Watched.NOT_TOLD, "deliveries": Watched.NOT_TOLD}
    assert states == {**dict.fromkeys(states, Watched.SILENT), **not_told}


def quiet(seed):
    """A shop as Harbor & Pine was before anything went wrong."""
    shop = world.shop(seed, a_day=A_DAY, days=DAYS)
    book, desk = orders(shop), Desk(shop=shop, weekday=(9, 17), weekend=(9, 13))
    traffic = Traffic(
        seed=seed, first_day=shop.first_day, until=shop.end_of(shop.last_day), most_a_day=4, busy=(0.4,) * 7
    )
    matters = ordinary(desk, book, traffic)
    sent_back = returns.ordinary(shop, list(book.values()), matters, {}, 0.01)
    return world.account(shop, book.values(), matters=matters, returns=sent_back)


def test_shops_in_which_nothing_happens_ring_no_more_than_the_policy_says():
    many = accounts(3)
    shops = [quiet(seed) for seed in range(many)]
    found = pl.concat([alarms(HANDBOOK, shop, shop.last_day, days=DAYS) for shop in shops])
    seen = set(watch(HANDBOOK, shops[0], shops[0].last_day).filter(state=Watched.SILENT.value)["signal"])
    months = many * (DAYS - 2 * HANDBOOK.warning.long_days) / DAYS_A_MONTH
    print(f"{found.height} alarms in {months:.0f} months of {sorted(seen)}; allowed {months / HANDBOOK.warning.months}")
    assert {"contacts", "unconfirmed", "late", "cancellations"} <= seen | set(found["signal"])
    assert found.height <= months / HANDBOOK.warning.months
