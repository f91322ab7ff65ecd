"""Amazon's figure beside ours in words: each cause reads well, with its counts, and says what to do."""

from datetime import date

import polars as pl
import pytest

from sellerhealth import METRICS, policy
from sellerhealth.measure.reconcile.readings import Cause, readings
from sellerhealth.measure.reconcile.snapshot import Obstacle
from sellerhealth.measure.reconcile.steps import RECONCILED
from sellerhealth.show.amazons import amazons_word
from sellerhealth.show.reconciled import OBSTACLE, reads, reconciled_rows, reconciled_table, sentences
from tests.show.test_amazons import figures

DAYS = {"figure_from": date(2026, 8, 18), "figure_to": date(2026, 10, 16), "reported_on": date(2026, 10, 31)}


def steps(*changes, name="order_defect_rate", own=(6, 452), amazons=(5, 450), **more):
    """Steps of one figure: (cause, question, option, numerator, denominator) each."""
    about = {"metric": name, "account": "a", "channel": "MFN", "figure": "f", **DAYS, "unread_rows": 3, "others": 0}
    counts = dict(zip(("own_numerator", "own_denominator"), own, strict=True))
    counts |= dict(zip(("amazons_numerator", "amazons_denominator"), amazons, strict=True))
    told = [
        dict(zip(("cause", "question", "option", "numerator", "denominator"), change, strict=True))
        for change in changes or [(None,) * 5]
    ]
    rows = [{**about, **counts, "unread_days": 0, **more, "step": at, **one} for at, one in enumerate(told)]
    return pl.DataFrame(rows, schema=RECONCILED)


CANCELLED = ("CANCELLED", "cancelled_orders", "left_out", 0, -2)
REMOVED = ("FEEDBACK", "counted_feedback", "removed_since_left_out", -1, 0)


def test_the_difference_in_whole_orders_and_what_to_do():
    ours, difference, to_do = sentences(steps(CANCELLED, REMOVED))
    assert ours == "Over the same days your files give 1.33 % (6 of 452)."
    assert difference == (
        "The difference: Amazon leaves cancelled orders out (2 orders fewer); "
        "Amazon no longer counts feedback that was removed later (1 defective order fewer)."
    )
    assert to_do == "Your files lack nothing: Amazon counts by another rule."


def test_equal_counts_are_said_in_a_sentence():
    assert sentences(steps()) == ["Over the same days your files give the same counts."]
    assert sentences(steps(("WINDOW", None, None, 3, 9))) == ["Over the same days your files give the same counts."]


def test_other_explanations_are_owned_up_to():
    one, more = (sentences(steps(CANCELLED, others=others))[2] for others in (1, 4))
    assert one == "1 other reading gives the same counts, so this is the likeliest, not the only one."
    assert more == "4 other readings give the same counts, so this is the likeliest, not the only one."


WORDS = {
    "unread rows": (
        ("UNREAD", None, None, 1, 2),
        {},
        "3 rows of your files could not be read, or name orders in no file (2 orders more, 1 defective order more)",
        "Add the All Orders reports of 18 Aug 2026 to 16 Oct 2026, and correct the rows that could not be read.",
    ),
    "one unread row": (
        ("UNREAD", None, None, 0, 1),
        {"unread_rows": 1},
        "1 row of your files could not be read, or names an order in no file (1 order more)",
        "Add the All Orders reports of 18 Aug 2026 to 16 Oct 2026, and correct the rows that could not be read.",
    ),
    "uncovered days": (
        ("UNREAD", None, None, 1, 90),
        {"unread_days": 10},
        "your files hold no orders on 10 days of these (90 orders more, 1 defective order more)",
        "Add the All Orders reports of 18 Aug 2026 to 16 Oct 2026, and correct the rows that could not be read.",
    ),
    "unsure": (
        ("UNSURE", None, None, -1, 0),
        {},
        "Amazon does not count some of those that are unsure in your files (1 defective order fewer)",
        METRICS["order_defect_rate"].unknown_reason,
    ),
    "missing": (
        ("MISSING", None, None, 2, 0),
        {},
        "Amazon knows of problems that none of your files tells (2 defective orders more)",
        "Add the file that tells of them.",
    ),
    "unexplained": (
        ("UNEXPLAINED", None, None, 0, -1),
        {},
        "Not explained (1 order fewer)",
        "Compare Amazon's own list of these orders, in Account Health, with the lists on this page.",
    ),
    "in and out": (
        ("DATE", "inside", "purchase_utc", 0, 0),
        {},
        "Amazon goes by the day of purchase in UTC (some in and as many out)",
        "Your files lack nothing: Amazon counts by another rule.",
    ),
}


@pytest.mark.parametrize("case", WORDS)
def test_each_cause_reads_well(case):
    change, more, difference, to_do = WORDS[case]
    assert sentences(steps(change, **more))[1:] == [f"The difference: {difference}.", to_do]


def test_where_good_ones_are_counted_the_bad_are_told():
    change = ("CHANNEL", "channel", "every_channel", 3, 5)
    told = sentences(steps(change, name="valid_tracking_rate", own=(95, 100), amazons=(98, 105)))
    assert told[:2] == [
        "Over the same days your files give 95 % (95 of 100).",
        "The difference: Amazon also counts what it ships itself (5 packages more, 2 packages without valid tracking more).",
    ]


def test_where_nothing_of_ours_lies_in_the_days():
    assert sentences(steps(CANCELLED, own=(0, 0)))[0] == "Over the same days your files give no order."


@pytest.mark.parametrize("obstacle", Obstacle)
def test_what_cannot_be_compared_is_said_in_one_sentence(obstacle):
    assert sentences(steps(obstacle=obstacle)) == [OBSTACLE[obstacle]]


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("rules", ["handbook", "amazon-2026"])
def test_every_reading_has_words(name, rules):
    channel = METRICS[name].channels[0]
    for reading in readings(policy(rules)[name], policy("amazon-2026")[name], channel):
        if name in FIGURED:
            told = reads({"cause": reading.cause, "question": reading.question, "option": reading.option})
            assert told.startswith("Amazon ")


FIGURED = (
    "late_dispatch_rate",
    "cancellation_rate",
    "order_defect_rate",
    "valid_tracking_rate",
    "on_time_delivery_rate",
    "contact_response_time",
)


def cells(shown):
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for row in shown._tbl_data.rows()]


def test_the_way_starts_at_the_headline_and_ends_at_amazons_figure():
    shown = reconciled_table(steps(("WINDOW", None, None, 2, -8), ("SINCE", None, None, 1, 0), CANCELLED, REMOVED))
    assert cells(shown) == [
        ("The figure above, shipped by us", "460", "3"),
        ("Amazon's days: 18 Aug 2026 to 16 Oct 2026", "\u22128", "+2"),
        ("As known on 31 Oct 2026, the day of Amazon's report", "0", "+1"),
        ("Amazon leaves cancelled orders out", "\u22122", "0"),
        ("Amazon no longer counts feedback that was removed later", "0", "\u22121"),
        ("Amazon's own figure, shipped by us", "450", "5"),
    ]


def test_a_figure_without_a_difference_has_no_table():
    assert reconciled_table(steps()) is None
    assert reconciled_table(steps(obstacle=Obstacle.NO_DAYS)) is None


def rows(*told):
    names = ("account", "metric", "channel", "figure", "cause", "question", "option", "order_id")
    texts = dict.fromkeys(names, pl.String)
    schema = {**texts, "event_on": pl.Date, "numerator": pl.Int64, "denominator": pl.Int64}
    about = ("a", "order_defect_rate", "MFN", "f")
    return pl.DataFrame([(*about, *one) for one in told], schema=schema, orient="row")


def test_the_orders_behind_a_step_say_why_and_what_they_change():
    day = date(2026, 10, 1)
    card = reconciled_rows(
        rows(
            ("SINCE", None, None, "zero", day, 1, 0),
            ("CANCELLED", "cancelled_orders", "left_out", "one", day, 0, -1),
            ("UNSURE", None, None, "two", day, None, None),
        )
    )
    assert card.text.splitlines() == [
        "The orders that Amazon counts otherwise (2)",
        "Order\tDay\tWhy\tWhat it changes",
        "one\t1 Oct 2026\tAmazon leaves cancelled orders out\t1 order fewer",
        "two\t1 Oct 2026\tAmazon does not count some of those that are unsure in your files\tmay be no defective order",
    ]


def test_without_orders_to_name_there_is_no_table():
    assert reconciled_rows(rows()) is None
    assert reconciled_rows(rows(("SINCE", None, None, "zero", date(2026, 10, 1), 1, 0))) is None


def test_the_word_of_amazon_goes_on_with_the_difference():
    told = figures(("MFN", "f", date(2026, 8, 18), date(2026, 10, 16), 5, 450, 0.0111))
    told = told.with_columns(account=pl.lit("a"))
    drawn = pl.DataFrame({"value": [0.02], "window_days": [60]})
    card = amazons_word(told, drawn, steps(CANCELLED, REMOVED))
    assert card.text.startswith(
        "Amazon's own figure, shipped by us: 1.11 % (5 of 450), 18 Aug 2026 to 16 Oct 2026. "
        "Over the same days your files give 1.33 % (6 of 452). The difference: "
    )
    assert amazons_word(told, drawn, steps().clear()).text == amazons_word(told, drawn).text


def test_every_cause_is_a_rule_or_has_words():
    for cause in set(Cause) - {Cause.WINDOW, Cause.SINCE}:
        question, option = ("inside", "ship_by") if cause is Cause.DATE else ("is_pending", "counted")
        row = {"metric": "order_defect_rate", "unread_days": 1, "unread_rows": 0}
        assert reads({**row, "cause": cause, "question": question, "option": option})
