"""Amazon's own figure beside ours: the sentence, and the diamonds on the trend."""

from datetime import date

import polars as pl

from sellerhealth.show.amazons import amazons_word, marks
from sellerhealth.show.card import Card

SCHEMA = {
    "channel": pl.String,
    "figure": pl.String,
    "figure_from": pl.Date,
    "figure_to": pl.Date,
    "figure_count": pl.Int64,
    "figure_out_of": pl.Int64,
    "figure_rate": pl.Float64,
}
OCTOBER, NOVEMBER = (date(2026, 10, 3), date(2026, 11, 1)), (date(2026, 10, 10), date(2026, 11, 8))
LATE = "lateShipmentRate"
DRAWN = pl.DataFrame({"value": [None, 0.02], "window_days": [30, 30]})


def figures(*rows: tuple[object, ...]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def word(found: pl.DataFrame, trends: pl.DataFrame = DRAWN) -> Card:
    told = amazons_word(found, trends)
    assert told
    return told


def test_the_latest_report_speaks():
    told = word(figures((None, LATE, *OCTOBER, 8, 388, 0.0206), (None, LATE, *NOVEMBER, 12, 388, 0.0309)))
    assert told.text == (
        "Amazon's own figure: 3.1 % (12 of 388), 10 Oct 2026 to 8 Nov 2026. "
        "The diamonds are 2 reports of Amazon since 1 Nov 2026."
    )


def test_where_no_trend_is_drawn_there_are_no_diamonds():
    found = figures((None, LATE, *OCTOBER, 8, 388, 0.0206), (None, LATE, *NOVEMBER, 12, 388, 0.0309))
    said = "Amazon's own figure: 3.1 % (12 of 388), 10 Oct 2026 to 8 Nov 2026."
    assert word(found, DRAWN.head(1)).text == said
    assert word(found, DRAWN.clear()).text == said


def test_one_report_of_two_channels():
    told = word(figures(("MFN", "a", *OCTOBER, 5, 722, 0.0069), ("AFN", "b", *OCTOBER, 1, 193, 0.0052)))
    assert told.text == (
        "Amazon's own figure, shipped by us: 0.69 % (5 of 722), 3 Oct 2026 to 1 Nov 2026. "
        "Amazon's own figure, shipped by Amazon: 0.52 % (1 of 193), 3 Oct 2026 to 1 Nov 2026."
    )


def test_the_figure_nearest_to_the_metric_goes_first():
    told = word(figures((None, "new", *OCTOBER, 9, 10, 0.9), (None, "old", *NOVEMBER, 8, 10, 0.8)))
    assert told.text == "Amazon's own figure: 90 % (9 of 10), 3 Oct 2026 to 1 Nov 2026."


def test_what_amazon_leaves_out():
    assert amazons_word(figures(), DRAWN) is None
    told = word(figures((None, LATE, None, NOVEMBER[1], None, None, 0.0309)))
    assert told.text == "Amazon's own figure: 3.1 %, up to 8 Nov 2026."
    told = word(figures((None, LATE, *NOVEMBER, 0, 0, None)))
    assert told.text == "Amazon's own figure: nothing counted, 10 Oct 2026 to 8 Nov 2026."


def test_a_diamond_for_each_report_that_gives_a_rate():
    (layer,) = marks(figures((None, LATE, *OCTOBER, 8, 388, 0.0206), (None, LATE, *NOVEMBER, 0, 0, None)), DRAWN)
    assert layer.data.rows() == [(date(2026, 11, 1), 0.0206, "2.1 % (8 of 388)")]
    assert layer.to_dict()["mark"]["shape"] == "diamond"
    assert marks(figures((None, LATE, *NOVEMBER, 0, 0, None)), DRAWN) == marks(figures(), DRAWN) == []


def test_counts_without_a_rate_and_a_rate_without_a_count():
    told = word(figures((None, LATE, *NOVEMBER, 12, 388, None)))
    assert told.text == "Amazon's own figure: 12 of 388, 10 Oct 2026 to 8 Nov 2026."
    told = word(figures((None, LATE, *NOVEMBER, None, 388, 0.0309)))
    assert told.text == "Amazon's own figure: 3.1 %, 10 Oct 2026 to 8 Nov 2026."


def test_a_figure_that_never_has_a_rate_gives_way():
    told = word(figures((None, "new", *NOVEMBER, 9, None, None), (None, "old", *NOVEMBER, 8, 10, 0.8)))
    assert told.text == "Amazon's own figure: 80 % (8 of 10), 10 Oct 2026 to 8 Nov 2026."


def test_of_several_spans_to_one_day_the_one_as_long_as_our_window_is_shown():
    week = (date(2026, 11, 2), NOVEMBER[1])
    found = figures((None, LATE, *week, 1, 10, 0.1), (None, LATE, *NOVEMBER, 12, 388, 0.0309))
    assert word(found).text == "Amazon's own figure: 3.1 % (12 of 388), 10 Oct 2026 to 8 Nov 2026."
    (layer,) = marks(found, DRAWN)
    assert layer.data.rows() == [(NOVEMBER[1], 0.0309, "3.1 % (12 of 388)")]
