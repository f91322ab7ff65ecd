"""What moved a figure, in words, as a picture and as a table."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from sellerhealth.measure.causes.bridge import BRIDGE, STEPS, bridge, moved
from sellerhealth.show import chart  # noqa: F401 - it sets the look of pictures
from sellerhealth.show.moved import moved_card, moved_chart, moved_table, points
from tests.show.figures import ESCAPED, NAMES, example, hostile, metric
from tests.show.markup import harmless, is_twin, read
from tests.show.pictures import drawn, says, whole

every_metric = pytest.mark.parametrize("name", NAMES)


def made(
    then: tuple[int, int], changes: dict[str, tuple[int, int]], *, name: str = "late_dispatch_rate", **more: Any
) -> pl.DataFrame:
    """A bridge from so many defects of so many, and what each step adds: defects and orders."""
    bad, out_of = (
        pair[0] + sum(change[place] for change in changes.values()) for place, pair in ((0, then[:1]), (1, then[1:]))
    )
    rows = [("then", *then), *((step, *changes.get(step, (0, 0))) for step in STEPS), ("now", bad, out_of)]
    is_share = metric(name).definition.figure is not None
    assert is_share
    rate = [one / of if of else None for one, of in (then, (bad, out_of))]
    mean, size = (sum(rate) / 2, (then[1] + out_of) / 2) if None not in rate else (None, None)
    told = [
        {
            "before": date(2026, 3, 3),
            "as_of": date(2026, 3, 31),
            "account": "shop",
            "marketplace": "US",
            "channel": "MFN",
            "step": step,
            "counted": orders,
            "defects": defects,
            "numerator": defects,
            "denominator": orders,
            "value": rate[0] if step == "then" else rate[1],
            "effect": None if mean is None or step in ("then", "now") else (defects - mean * orders) / size,
            "basis": "EXACT" if step in ("then", "now") else None,
            **more,
        }
        for step, defects, orders in rows
    ]
    return pl.DataFrame(told, infer_schema_length=None).select(BRIDGE)


@pytest.mark.parametrize(
    ("then", "changes", "told"),
    [
        (
            (3, 388),
            {"entered_defects": (4, 4), "left_defects": (-2, -2)},
            (
                "From 0.77 % (3 of 388), as known on 3 Mar 2026, to 1.28 % (5 of 390) now. "
                "4 late orders entered the window and 2 left it."
            ),
        ),
        (
            (1, 43),
            {"left_clean": (0, -25), "entered_clean": (0, 12)},
            (
                "From 2.3 % (1 of 43), as known on 3 Mar 2026, to 3.3 % (1 of 30) now. "
                "No new late order: it rose because 13 more clean orders left the window than entered it."
            ),
        ),
        (
            (1, 4),
            {"left_clean": (0, -1)},
            (
                "From 25 % (1 of 4), as known on 3 Mar 2026, to 33.3 % (1 of 3) now. "
                "No new late order: it rose because 1 more clean order left the window than entered it."
            ),
        ),
        (
            (2, 100),
            {"entered_defects": (1, 1), "left_defects": (-1, -1), "entered_clean": (0, 60), "left_clean": (0, -10)},
            (
                "From 2 % (2 of 100), as known on 3 Mar 2026, to 1.33 % (2 of 150) now. "
                "1 late order entered the window and 1 left it. "
                "As many late orders as then: it fell because 50 more clean orders entered the window than left it."
            ),
        ),
        (
            (0, 10),
            {"became_defects": (1, 0)},
            (
                "From 0 % (0 of 10), as known on 3 Mar 2026, to 10 % (1 of 10) now. "
                "1 late order was found since among orders counted before."
            ),
        ),
        (
            (4, 10),
            {"left_defects": (-1, -1), "no_defects_any_more": (-1, 0), "newly_counted": (1, 2)},
            (
                "From 40 % (4 of 10), as known on 3 Mar 2026, to 27.3 % (3 of 11) now. "
                "1 late order left the window, 1 was found since among orders counted before and 1 is none any more."
            ),
        ),
        (
            (0, 0),
            {"entered_clean": (0, 3)},
            "From nothing counted, as known on 3 Mar 2026, to 0 % (0 of 3) now.",
        ),
    ],
)
def test_in_words(then: tuple[int, int], changes: dict[str, tuple[int, int]], told: str):
    card = moved_card(made(then, changes), metric())
    assert card.text == told
    assert is_twin(card)


def test_several_channels_are_named():
    both = pl.concat([made((1, 4), {}), made((0, 4), {}, channel="AFN")])
    first, second = moved_card(both, metric()).text.splitlines()
    assert first.startswith("Shipped by us: from 25 % (1 of 4)")
    assert second.startswith("Shipped by Amazon: from 0 % (0 of 4)")


def test_several_accounts_are_named():
    both = pl.concat([made((1, 4), {}), made((0, 4), {}, account="else")])
    first, second = moved_card(both, metric()).text.splitlines()
    assert first.startswith("shop: from 25 % (1 of 4)")
    assert second.startswith("else: from 0 % (0 of 4)")
    rows = pl.concat([both, made((1, 4), {}, account="else", channel="AFN")])
    assert moved_card(rows, metric()).text.splitlines()[2].startswith("else, shipped by Amazon: from 25 %")


def test_a_mean_tells_what_entered_and_left():
    found = bridge(metric("average_response_time"), *_looked_at("average_response_time", days=3))
    told = moved_card(found, metric("average_response_time")).text
    assert "entered the window and moved it by" in told
    assert "hours" in told


def test_what_cannot_be_computed_says_so():
    empty = made((1, 4), {}).clear()
    assert moved_card(empty, metric()).text == (
        "What moved it cannot be told: the figure cannot be computed from these files."
    )
    assert moved_chart(empty, metric()) is None


def test_the_picture_adds_up():
    """Each bar begins where the one before it ends, from then to now."""
    found = made((3, 388), {"entered_defects": (4, 4), "left_defects": (-2, -2), "left_clean": (0, -20)})
    spec = whole(moved_chart(found, metric()))
    rows = drawn(spec)
    assert [row["name"] for row in rows] == ["Then", "Defects entered", "Defects left", "Clean orders", "Now"]
    then, entered, left, clean, now = rows
    assert (then["high"], now["high"]) == (3 / 388, pytest.approx(5 / 370))
    assert entered["low"] == then["high"]
    assert left["high"] == entered["high"]
    assert left["low"] == clean["low"]
    assert clean["high"] == pytest.approx(now["high"])
    assert [row["style"] for row in rows] == ["main", "bad", "good", "bad", "main"]
    assert [row["label"].rpartition(" ")[2] for row in rows[1:4]] == ["(4)", "(2)", "(-20)"]
    assert says(spec) == moved_card(found, metric()).text


def test_where_more_is_good_what_lowers_is_bad():
    one = metric("valid_tracking_rate")
    found = made((300, 350), {"left_clean": (-10, -10)}, name="valid_tracking_rate")
    rows = drawn(whole(moved_chart(found.with_columns(defects=pl.col("counted") - pl.col("numerator")), one)))
    assert [(row["name"], row["style"]) for row in rows[1:-1]] == [("Clean packages", "bad")]
    assert min(row["low"] for row in rows) > 0, "the scale begins a little below"


def test_no_picture_where_nothing_moved_or_one_day_has_no_figure():
    assert moved_chart(made((0, 5), {"entered_clean": (0, 2)}), metric()) is None
    assert moved_chart(made((0, 0), {"entered_defects": (1, 2)}), metric()) is None


@every_metric
def test_every_metric_has_its_words_picture_and_table(name: str):
    one, (account, as_of) = metric(name), example(metric(name))
    found = bridge(one, account, as_of, date(2026, 3, 20))
    assert is_twin(moved_card(found, one))
    drawing = moved_chart(found, one)
    assert drawing is None or len(drawn(whole(drawing))) > 2
    harmless(moved_table(moved(one, account, as_of, date(2026, 3, 20)), one).as_raw_html())


def test_the_table_names_what_became_of_each():
    one, (account, as_of) = metric(), example(metric())
    found = moved(one, account, as_of, date(2026, 3, 20))
    title, subtitle, headings, rows = read(moved_table(found, one))
    assert (title, subtitle) == ("2 late orders moved it", "The newest first.")
    assert headings[:2] == ["What became of it", "Order"]
    assert [row[:2] for row in rows] == [("Entered the window", "E"), ("Left the window", "J")]
    assert read(moved_table(found, one, most=1))[1] == "The newest first. The first 1 are shown."


def test_a_value_from_a_file_is_only_text():
    one, (account, as_of) = metric(), example(metric())
    found = hostile(moved(one, account, as_of, date(2026, 3, 20)))
    assert ESCAPED in harmless(moved_table(found, one).as_raw_html())


@pytest.mark.parametrize(
    ("effect", "name", "told"),
    [
        (0.0123, "late_dispatch_rate", "+1.23 points"),
        (-0.0123, "late_dispatch_rate", "-1.23 points"),
        (0.01, "late_dispatch_rate", "+1 point"),
        (0.0, "late_dispatch_rate", "0 points"),
        (1.0, "average_response_time", "+1 hour"),
        (-0.25, "average_response_time", "-0.3 hours"),
        (-1.5, "seller_rating", "-1.5 points"),
    ],
)
def test_a_change_in_its_unit(effect: float, name: str, told: str):
    assert points(effect, metric(name), signed=True) == told


def _looked_at(name: str, days: int) -> tuple[Any, date, date]:
    account, as_of = example(metric(name))
    return account, as_of, date.fromordinal(as_of.toordinal() - days)
