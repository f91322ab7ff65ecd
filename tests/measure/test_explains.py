"""A cause that was planted is named, and where nothing but luck moved the figure nothing is."""

from datetime import date
from math import comb

import pytest

from sellerhealth import policy
from sellerhealth.measure.causes.explains import EXPLAINS, explains
from tests.metrics.edges import account, many
from tests.truth import causes, size

WORLDS = size.accounts(32) // 4
PLANTED = {
    causes.late_carrier: ("carrier", causes.CARRIER),
    causes.late_weekday: ("weekday", "Tuesday"),
    causes.bad_product: ("product", causes.PRODUCT),
    causes.more_of_a_bad_carrier: ("carrier", causes.CARRIER),
}
BY_LUCK = (causes.nothing, causes.nothing_but_complaints, causes.everything)
FOUND, NAMED = 0.95, 0.05


@pytest.mark.parametrize("world", PLANTED, ids=lambda world: world.__name__)
def test_a_planted_cause_is_named(world):
    named = [world(seed) for seed in range(WORLDS)]
    assert named.count(PLANTED[world]) >= FOUND * WORLDS, named


def test_luck_is_named_no_more_often_than_stated():
    """The chance of a false name is 5 % at most, so of all these worlds more than `most` are not to be expected."""
    named = [world(seed) for world in BY_LUCK for seed in range(WORLDS)]
    assert sum(found != (None, None) for found in named) <= most(len(named), NAMED), named


def test_what_was_bad_all_along_is_seldom_called_the_cause():
    """Its own rate rises by luck in 5 % of the cases and falls in 5 %."""
    named = [causes.always_bad(seed) for seed in range(WORLDS)]
    assert sum(found != (None, None) for found in named) <= most(len(named), 3 * NAMED), named


def most(worlds: int, chance: float) -> int:
    """How many names luck exceeds once in a thousand times."""
    chances = [comb(worlds, k) * chance**k * (1 - chance) ** (worlds - k) for k in range(worlds + 1)]
    return next(k for k in range(worlds + 1) if sum(chances[: k + 1]) > 0.999)


def test_what_luck_may_do():
    assert (most(20, NAMED), most(100, NAMED)) == (5, 13)


HEAD = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at|carrier"
THEN, NOW = "2026-02-06|2026-02-10 23:59", "2026-03-20|2026-03-24 23:59"
ON_TIME, LATE = {"then": "2026-02-10", "now": "2026-03-24"}, {"then": "2026-02-18", "now": "2026-03-30"}


def some(number: int, name: str, side: str, *, late: bool) -> str:
    days = THEN if side == "then" else NOW
    return many(f"{name}{side}{late}#|MFN|SHIPPED|{days}|{(LATE if late else ON_TIME)[side]}|{name}", number)


def rows_of(counts: dict[tuple[str, str], tuple[int, int]]) -> str:
    """By carrier and side: how many are on time, and how many late."""
    told = [
        some(number, name, side, late=late)
        for (name, side), pair in counts.items()
        for number, late in zip(pair, (False, True), strict=True)
        if number
    ]
    return ";".join([HEAD, *told])


def explained(counts: dict[tuple[str, str], tuple[int, int]], metric: str = "late_dispatch_rate") -> dict[str, object]:
    found = explains(policy("handbook")[metric], account(orders=rows_of(counts)), date(2026, 3, 31), date(2026, 2, 28))
    assert found.columns == EXPLAINS
    return found.row(0, named=True)


def test_worked_by_hand():
    """50 of each carrier on both days: A goes from 1 late to 11, B stays at 1; nothing else tells them apart."""
    counts = {("A", "then"): (49, 1), ("A", "now"): (39, 11), ("B", "then"): (49, 1), ("B", "now"): (49, 1)}
    row = explained(counts)
    assert (row["dimension"], row["name"], row["defects_then"], row["defects_now"]) == ("carrier", "A", 1, 11)
    assert (row["change"], row["effect"]) == (pytest.approx(0.1), pytest.approx(0.1))
    # A and B are compared; the only weekday, product and handling time is all there is, and the warehouse has no name.
    assert row["compared"] == 2
    # 11 or 12 of the 12 late ones among A's 50 of 100: Fisher's exact test, doubled for two values compared.
    exact = sum(comb(12, k) * comb(88, 50 - k) for k in (11, 12)) / comb(100, 50)
    assert row["luck"] == pytest.approx(2 * exact)


@pytest.mark.parametrize(
    ("what", "counts"),
    {
        "nothing moved": {(name, side): (45, 5) for name in "AB" for side in ("then", "now")},
        "both got worse": {
            ("A", "then"): (49, 1),
            ("A", "now"): (40, 10),
            ("B", "then"): (49, 1),
            ("B", "now"): (40, 10),
        },
        "one defect": {("A", "then"): (50, 0), ("A", "now"): (49, 1), ("B", "then"): (50, 0), ("B", "now"): (50, 0)},
        "always so": {("A", "then"): (40, 10), ("A", "now"): (39, 11), ("B", "then"): (50, 0), ("B", "now"): (50, 0)},
        "of one only": {("A", "then"): (49, 1), ("A", "now"): (30, 20)},
    }.items(),
)
def test_nothing_is_named_where(what: str, counts: dict[tuple[str, str], tuple[int, int]]):
    assert explained(counts)["name"] is None, what


def test_what_got_better_is_named_too():
    counts = {("A", "then"): (38, 12), ("A", "now"): (50, 0), ("B", "then"): (49, 1), ("B", "now"): (49, 1)}
    row = explained(counts)
    assert (row["name"], row["effect"]) == ("A", pytest.approx(-0.12))


def test_what_no_file_names_explains_nothing():
    counts = {("", "then"): (49, 1), ("", "now"): (39, 11), ("B", "then"): (49, 1), ("B", "now"): (49, 1)}
    assert explained(counts)["name"] is None


def test_nothing_to_compare_is_no_row():
    metric = policy("handbook")["late_dispatch_rate"]
    as_of, before = date(2026, 3, 31), date(2026, 2, 28)
    one_side = account(orders=rows_of({("A", "now"): (5, 5)}))
    untold = account(
        orders=rows_of({("A", "now"): (5, 5), ("A", "then"): (5, 5)}), without=("orders.ship_by_at", "order_items")
    )
    for told in (one_side, untold, account()):
        found = explains(metric, told, as_of, before)
        assert found.is_empty()
        assert found.columns == EXPLAINS
    assert explains(policy("handbook")["average_response_time"], account(), as_of, before).is_empty()
