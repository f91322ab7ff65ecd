"""What stands out, in words and as a picture: on much, little, nothing and evil names."""

import json

import polars as pl
import pytest

from sellerhealth.measure.causes.funnel import OUTCOMES, funnel, ranking
from sellerhealth.show.funnel import funnel_chart, stands_out
from tests.measure.test_funnel import split
from tests.show.figures import EVIL, NAMES, example, metric
from tests.show.markup import harmless, is_twin
from tests.show.pictures import drawn, says, whole


def told(*given, **more):
    return stands_out(ranking(split(*given, **more), "carrier"), metric(), "carrier").text


BAD, FINE = (
    "C0, 15 % (9 of 60) where the others have 1 % (3 of 300)",
    "None of the others is worse than luck alone makes it.",
)
SAID = {
    "one": (([9, 2, 1, 0], [60, 100, 80, 120]), f"Of 4 carriers compared, one stands out: {BAD}. {FINE}"),
    "one that can be compared": (([9, 3], [60, 300]), f"Of 2 carriers 1 can be compared, and one stands out: {BAD}."),
    "some that can be compared": (
        ([9, 2, 1, 0, 0], [60, 100, 80, 120, 1]),
        f"Of 5 carriers 4 can be compared, and one stands out: {BAD.replace('300', '301').replace('1 %', '0.997 %')}. {FINE}",
    ),
    "none": (
        ([3, 3, 2], [60, 60, 60]),
        "Of 3 carriers compared, none stands out: none is worse than luck alone makes it.",
    ),
    "one defect": (([1, 0], [60, 60]), "1 late order is too few to compare carriers: nothing can be told from luck."),
    "two": (([2, 0], [60, 60]), "2 late orders are too few to compare carriers: nothing can be told from luck."),
    "no defect": (
        ([0, 0], [60, 60]),
        "No late order is known for sure in the window, so there is nothing to compare carriers by.",
    ),
    "nothing": (([], []), "There is no carrier to compare in the window."),
}


@pytest.mark.parametrize("case", SAID)
def test_what_stands_out(case):
    given, said = SAID[case]
    assert told(*given) == said


def test_many_that_stand_out_are_cut():
    said = told([30] * 5 + [0] * 20, [60] * 25)
    assert said.startswith("Of 25 carriers compared, 5 stand out: C0, 50 % (30 of 60)")
    assert said.endswith(f", and 2 more. {FINE}")
    assert said.count("(30 of 60)") == 3


def test_each_channel_is_told_apart():
    both = pl.concat([split([9, 3], [60, 300]), split([0, 0], [20, 20], channel="AFN")])
    said = stands_out(ranking(both, "carrier"), metric("order_defect_rate"), "carrier").text.split("\n")
    assert [line.split(",")[0] for line in said] == [
        "Shipped by us: Of 2 carriers 1 can be compared",
        "Shipped by Amazon: No defective order is known for sure in the window",
    ]


def test_the_picture_has_every_value_and_names_those_outside():
    found = ranking(split([9, 2, 1, 0], [60, 100, 80, 120]), "carrier")
    spec = whole(funnel_chart(found, metric(), "carrier"))
    rows = [row for row in drawn(spec) if "stands_out" in row]
    outside = {row["name"]: row["stands_out"] for row in rows}
    assert outside == {"C0": "yes", "C1": "no", "C2": "no", "C3": "no"}
    assert says(spec) == told([9, 2, 1, 0], [60, 100, 80, 120])


def test_the_lines_close_in_on_the_rate_of_all():
    found = ranking(split([9, 2, 1, 0], [20, 100, 80, 1200]), "carrier")
    lines = [row for row in drawn(funnel_chart(found, metric(), "carrier").to_dict()) if "high_95" in row]
    widths = [row["high_95"] - row["low_95"] for row in lines]
    assert len(lines) == 20
    assert widths[-1] < widths[0] / 5
    assert all(row["low_998"] <= row["low_95"] <= row["rate"] <= row["high_95"] <= row["high_998"] for row in lines)


def test_of_many_values_those_outside_and_the_largest_are_drawn():
    found = ranking(split([9, *[1] * 60], [30, *range(100, 160)]), "carrier")
    spec = whole(funnel_chart(found, metric(), "carrier"))
    rows = [row for row in drawn(spec) if "stands_out" in row]
    assert [row["counted"] for row in rows] == [30, *range(159, 140, -1)]
    assert spec["title"]["subtitle"].endswith("; the 20 largest are shown")
    assert len(json.dumps({key: part for key, part in spec.items() if key != "config"})) < 12_000


@pytest.mark.parametrize("given", [([], []), ([1, 0], [60, 60]), ([0, 0], [60, 60])])
def test_without_a_comparison_there_is_no_picture(given):
    assert funnel_chart(ranking(split(*given), "carrier"), metric(), "carrier") is None


def test_of_several_channels_the_first_that_is_compared_is_drawn():
    both = pl.concat([split([0, 0], [20, 20]), split([9, 3], [60, 300], channel="AFN")])
    spec = whole(funnel_chart(ranking(both, "carrier"), metric("order_defect_rate"), "carrier"))
    assert {row["counted"] for row in drawn(spec) if "stands_out" in row} == {60, 300}
    assert says(spec).startswith("Shipped by Amazon: Of 2 carriers 1 can be compared, and one stands out: C0")


def test_an_evil_name_does_nothing():
    found = ranking(split([9, 3], [60, 300], names=[EVIL, "Hare"]), "carrier")
    card = stands_out(found, metric(), "carrier")
    assert is_twin(card)
    assert "<script>" not in harmless(card.html)
    whole(funnel_chart(found, metric(), "carrier"))


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_by_every_dimension_on_its_example(name):
    one = metric(name)
    for by in set(one.definition.dimensions) - OUTCOMES:
        found = funnel(one, *example(one), by)
        assert is_twin(stands_out(found, one, by))
        picture = funnel_chart(found, one, by)
        assert (picture is None) == (found.filter(pl.col("compared") > 0).is_empty())
