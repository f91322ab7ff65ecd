"""The homepage: a tile for each metric and for the notifications, what to look at first, which files to add."""

from dataclasses import replace
from functools import cache

import polars as pl
import pytest

from sellerhealth.measure.compare import compare, overview
from sellerhealth.measure.evaluate import breakdown, evaluate, trend
from sellerhealth.measure.judge import missing
from sellerhealth.measure.notifications import standing
from sellerhealth.show import numbers
from sellerhealth.show import overview as home
from tests.show.figures import (
    ESCAPED,
    EVIL,
    HANDBOOK,
    NOT_COMPUTABLE,
    NOTHING,
    POLICIES,
    example,
    good_row,
    hostile,
    mean_row,
    metric,
    row,
)
from tests.show.markup import harmless, text_of

STATE = HANDBOOK.states["policy_violations"]
RATING = mean_row("seller_rating", 95.0, 10, window_days=365, status="GOOD")


@cache
def parts():
    """The overview of the account of one example, its trends, and its figures under every policy."""
    account, as_of = example(metric("order_defect_rate"))
    trends = pl.concat([trend(one, account, as_of) for one in HANDBOOK])
    each = pl.concat([compare(one.name, POLICIES, account, as_of) for one in HANDBOOK])
    return overview(HANDBOOK, account, as_of), trends, each, standing(STATE, account, as_of)


def tiled(**changes):
    now, trends, each, stands = parts()
    told = {"results": now, "trends": trends, "each": each, "standing": stands, **changes}
    return home.tiles(told["results"], told["trends"], told["each"], told["standing"], POLICIES)


def tile(told, **more):
    """The one line of the tile of this row; the rating's and the notifications' stand beside it."""
    shown = tiled(results=pl.DataFrame([RATING, told]), each=pl.DataFrame([told]), **more)
    return shown.text.splitlines()[2]


def test_there_is_a_tile_for_each_metric_and_for_the_notifications():
    shown = tiled()
    told = parts()[0].filter(pl.col("basis") != "NOT_COMPUTABLE")
    assert harmless(shown.html).count("<section") == told.height + 1 == len(shown.text.splitlines())
    assert all(f'href="{HANDBOOK[name].definition.notebook}.html"' in shown.html for name in told["metric"])
    assert f'href="{STATE.definition.notebook}.html"' in shown.html


def test_the_rating_stands_on_top_and_the_notifications_beside_it():
    first, second, *_ = tiled().text.splitlines()
    assert "Seller rating, 365 days" in first
    assert "Buy Box:" in first
    assert "Policy violations" in second
    assert tiled().html.count(" lead") == 1


def test_tiles_are_told_the_same_in_text():
    shown = tiled()
    for line in shown.text.splitlines():
        assert line.split(". ", 1)[1].strip() in text_of(shown.html)


TILES = {
    "good": (
        good_row(),
        (
            "✓ Contact Response Time, 30 days, 2 Mar to 31 Mar 2026: 95 % (95 of 100). Good: the target is at least 90 %. "
            "There is room for 5 more late answers."
        ),
    ),
    "bad": (
        row(status="BAD", headroom=-1),
        (
            "✕ Late Dispatch Rate, 30 days, 2 Mar to 31 Mar 2026: 3.1 % (12 of 388). It misses the target: it must be "
            "below 4 %. That is 1 late order too many."
        ),
    ),
    "nothing counted": (
        row(**NOTHING),
        (
            "– Late Dispatch Rate, 30 days, 2 Mar to 31 Mar 2026: nothing counted. No order fell into the window, so "
            "there is no verdict."
        ),
    ),
    "a channel of several": (
        row(metric="order_defect_rate", channel="AFN", **NOTHING),
        (
            "– Order Defect Rate, shipped by Amazon, 30 days, 2 Mar to 31 Mar 2026: nothing counted. No order shipped "
            "by Amazon fell into the window, so there is no verdict."
        ),
    ),
    "in a band": (
        mean_row("customer_service_rating", 5.9, 41, window_days=56),
        (
            "– Customer Service Rating, 56 days, 2 Mar to 31 Mar 2026: 5.9 of 10 (41 answers). There is no target, so "
            "there is no verdict. The scale calls it poor."
        ),
    ),
}


@pytest.mark.parametrize("case", TILES)
def test_a_tile_in_words(case):
    told, said = TILES[case]
    assert tile(told) == said


def test_another_policys_figure_stands_on_the_tile():
    other = good_row(policy="amazon-2026", numerator=80, value=0.8, target=None, status="NONE")
    shown = tiled(results=pl.DataFrame([RATING, good_row()]), each=pl.DataFrame([good_row(), other]))
    assert shown.text.endswith("Amazon 2026: 80 % (80 of 100), no verdict.")


def test_what_cannot_be_computed_has_no_tile_but_the_rating():
    blind = [mean_row("seller_rating", 95.0, 10) | NOT_COMPUTABLE, row(**NOT_COMPUTABLE)]
    shown = tiled(results=pl.DataFrame(blind, infer_schema_length=None))
    assert shown.text.splitlines()[0].startswith(
        "– Seller rating, 30 days, 2 Mar to 31 Mar 2026: not computable. It cannot"
    )
    assert len(shown.text.splitlines()) == 2


def test_tiles_of_nothing_hold_the_notifications_alone():
    assert tiled(results=parts()[0].clear()).text.splitlines()[1:] == []


LINES = {
    "one value": ([0.5], 0),
    "two": ([0.5, 0.25], 1),
    "no value": ([None, None, None], 0),
    "a gap": ([0.5, None, 0.25], 1),
    "all alike": ([0.5, 0.5, 0.5], 1),
    "all zero": ([0.0, 0.0], 1),
}


@pytest.mark.parametrize("name", ["late_dispatch_rate", "contact_response_time", "average_response_time"])
@pytest.mark.parametrize("case", LINES)
def test_a_line_is_drawn_within_its_frame(case, name):
    values, lines = LINES[case]
    told = (row() if name == "late_dispatch_rate" else good_row(metric=name)) | {
        "unit": metric(name).definition.unit.value
    }
    trends = pl.DataFrame([told | {"value": value} for value in values], infer_schema_length=None)
    html = tiled(results=pl.DataFrame([RATING, told]), trends=trends).html
    assert html.count("<svg") == lines
    points = [point for part in html.split('class="line" d="M')[1:] for point in part.split('"')[0].split("L")]
    assert len(points) == lines * sum(value is not None for value in values)
    assert all(
        0 <= float(x) <= home.WIDE and 0 <= float(y) <= home.HIGH for x, y in (point.split(",") for point in points)
    )


def test_a_line_says_where_it_begins_and_ends():
    now, trends, *_ = parts()
    mine = (pl.col("metric") == "order_defect_rate") & (pl.col("channel") == "MFN")
    told = trends.filter(mine).drop_nulls("value")
    assert told.height > 1
    html = tiled(results=pl.concat([now.filter(pl.col("metric") == "seller_rating"), now.filter(mine)])).html
    first, last = (
        f"{numbers.percent(told['value'][place])} on {numbers.day(told['window_end'][place])}" for place in (0, -1)
    )
    assert f'role="img" aria-label="From {first} to {last}"' in html


def test_tiles_without_a_trend_have_no_line():
    assert "<svg" not in tiled(trends=parts()[1].clear()).html


def split_of(name, **more):
    return pl.DataFrame([row(metric=name, carrier="OnTrac", defects=12, counted=40, defect_share=0.6) | more])


def test_look_first_names_each_miss_with_its_cause_and_what_to_do():
    now = pl.DataFrame([row(status="BAD"), good_row()])
    shown = home.look_first(now, {"late_dispatch_rate": split_of("late_dispatch_rate")}, HANDBOOK)
    assert shown.text == (
        "1. Late Dispatch Rate, 3.1 % (12 of 388). OnTrac: 12 late orders of 40, 60 % of all late orders. "
        f"{metric().definition.how_to_act[0]}"
    )
    assert shown.text.removeprefix("1. ") == text_of(harmless(shown.html))


def test_without_a_miss_the_first_that_has_any_defect_is_looked_at():
    now = pl.DataFrame([row(), row(metric="cancellation_rate")])
    splits = {name: split_of(name) for name in ("late_dispatch_rate", "cancellation_rate")}
    assert home.look_first(now, splits, HANDBOOK).text.startswith("1. Late Dispatch Rate, 3.1 %")
    assert home.look_first(now, splits, HANDBOOK).html.count("<li>") == 1


def test_without_a_miss_the_nearest_to_its_target_is_looked_at():
    now = pl.DataFrame(
        [
            row(metric="average_response_time", target=None, used=None, status="NONE"),
            row(used=0.2),
            row(metric="order_defect_rate", used=0.9),
            row(metric="cancellation_rate", used=0.95, defects=0),
        ],
        infer_schema_length=None,
    )
    told = home.look_first(now, {name: split_of(name) for name in now["metric"]}, HANDBOOK)
    assert told.text.startswith("1. Order Defect Rate (shipped by us), 3.1 %")
    assert told.html.count("<li>") == 1


def test_a_metric_without_a_target_is_near_none():
    """What has defects but no target is not looked at first, nor is it nothing known against the account."""
    now = pl.DataFrame([row(target=None, used=None, status="NONE")], infer_schema_length=None)
    told = home.look_first(now, {"late_dispatch_rate": split_of("late_dispatch_rate")}, HANDBOOK).text
    assert "Nothing is known against the account" not in told


def test_a_miss_of_one_channel_names_it():
    now = pl.DataFrame([row(metric="order_defect_rate", channel="AFN", status="BAD")])
    split = split_of("order_defect_rate", channel="AFN").rename({"carrier": "sku"})
    told = home.look_first(now, {"order_defect_rate": split}, HANDBOOK).text
    assert told.startswith(
        "1. Order Defect Rate (shipped by Amazon), 3.1 % (12 of 388). OnTrac: 12 defective orders of 40"
    )


def test_a_miss_of_which_nothing_is_sure_is_to_be_found_out_first():
    """Orders that left the unshipped reports may have been shipped: then it is not the stock that lacks."""
    now = pl.DataFrame([row(metric="cancellation_rate", status="BAD", defects=5, unknown=5, basis="UPPER_BOUND")])
    split = split_of("cancellation_rate", defects=5, counted=17, unknown=5).rename({"carrier": "sku"})
    told = home.look_first(now, {"cancellation_rate": split}, HANDBOOK).text
    cancelled = metric("cancellation_rate").definition
    assert "OnTrac: 5 cancelled orders of 17, 60 % of all cancelled orders; all are unsure." in told
    assert told.endswith(cancelled.unknown_reason)
    assert cancelled.how_to_act[0] not in told
    some = home.look_first(now.with_columns(unknown=pl.lit(4)), {"cancellation_rate": split}, HANDBOOK).text
    assert some.endswith(cancelled.how_to_act[0])


def test_a_list_that_may_not_be_whole_is_no_file_to_add():
    account = example(metric())[0]
    some = replace(
        account, provided=account.provided - {"tracking.every_package", "deliveries.every_unit", "orders.delivered_at"}
    )
    assert [
        need.about
        for name in ("valid_tracking_rate", "on_time_delivery_rate")
        for need in missing(HANDBOOK[name], some)
    ] == [
        ("tracking",),
        ("deliveries",),
    ]
    assert home.files_to_add(HANDBOOK, some).text == "1. No file is missing."
    none = replace(some, provided=some.provided - {"tracking"})
    assert len(missing(HANDBOOK["valid_tracking_rate"], none)) == 1


def test_a_miss_without_a_known_cause_is_told_without_one():
    now = pl.DataFrame([row(status="BAD")])
    told = home.look_first(now, {"late_dispatch_rate": split_of("late_dispatch_rate").clear()}, HANDBOOK).text
    assert told == f"1. Late Dispatch Rate, 3.1 % (12 of 388). {metric().definition.how_to_act[0]}"


def test_look_first_escapes_and_says_when_all_is_well():
    account, as_of = example(metric())
    now = evaluate(metric(), account, as_of)
    found = breakdown(metric(), account, as_of, "weekday")
    split = {metric().name: hostile(found).with_columns(found["account"])}
    shown = home.look_first(now, split, HANDBOOK)
    assert ESCAPED in harmless(shown.html)
    assert EVIL in shown.text
    calm = home.look_first(pl.DataFrame([row(numerator=0, defects=0, value=0.0)]), split, HANDBOOK)
    assert calm.text == "1. Nothing is known against the account in any window."


def test_look_first_says_when_no_file_tells_anything():
    blind = pl.DataFrame([row(**NOT_COMPUTABLE)], infer_schema_length=None)
    told = home.look_first(blind, {}, HANDBOOK).text
    assert told == "1. No figure can be computed yet: add the files named below."


def test_a_calm_month_lacks_no_file():
    quiet = pl.DataFrame([row(**NOTHING)], infer_schema_length=None)
    assert "add the files" not in home.look_first(quiet, {}, HANDBOOK).text


def test_an_account_without_files_is_told_every_file_the_most_useful_first():
    account = replace(example(metric())[0], provided=frozenset())
    shown = home.files_to_add(HANDBOOK, account)
    lines = [line.split(" ", 1)[1].removesuffix(".") for line in shown.text.splitlines()]
    needed = {remedy: labels.split(", ") for remedy, labels in (line.split(" Needed for: ") for line in lines)}
    every = [*((need, one) for one in HANDBOOK for need in one.definition.needs), (STATE.definition.needs[0], STATE)]
    wanted = [(need, one) for need, one in every if not need.about]
    assert {(need.remedy, one.label) for need, one in wanted} == {
        (remedy, label) for remedy, labels in needed.items() for label in labels
    }
    assert all(len(set(labels)) == len(labels) for labels in needed.values())
    useful = [len(labels) for labels in needed.values()]
    assert useful == sorted(useful, reverse=True)
    assert max(useful) > 2
    harmless(shown.html)


def test_one_file_is_asked_for_once():
    account = replace(example(metric())[0], provided=frozenset())
    lines = home.files_to_add(HANDBOOK, account).text.splitlines()
    assert len([line for line in lines if "a messages CSV" in line]) == 1
    remedies = [line.split(" ", 1)[1].split(" Needed for: ")[0] for line in lines]
    assert sorted(set(remedies)) == sorted(remedies)


def test_a_file_that_is_there_is_not_asked_for():
    account = replace(example(metric())[0], provided=frozenset())
    remedy = metric("customer_service_rating").definition.needs[0].remedy
    assert remedy in home.files_to_add(HANDBOOK, account).text
    assert remedy not in home.files_to_add(HANDBOOK, replace(account, provided=frozenset({"surveys.score"}))).text


def test_an_account_that_lacks_no_file_is_told_so():
    account = example(metric())[0]
    whole = {part for one in [*HANDBOOK, STATE] for need in one.definition.needs for part in need.any_of}
    assert home.files_to_add(HANDBOOK, replace(account, provided=frozenset(whole))).text == "1. No file is missing."
