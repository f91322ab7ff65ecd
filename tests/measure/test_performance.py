"""Amazon's own figures over time: which reports tell of a metric, in which order, and what they do not tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sellerhealth import METRICS, policy
from sellerhealth.definition.columns import COUNTERS, FIGURES
from sellerhealth.measure.performance import RATING, figures
from tests.metrics.edges import AS_OF, account

HANDBOOK = policy("handbook")
HEADER = "marketplace|figure|figure_from|figure_to|figure_count|figure_out_of|figure_rate|figure_target|figure_status;"
LATE = "US|lateShipmentRate|2026-02-{0}|2026-03-{0}|{1}|100|0.0{1}|0.04|{2}"


def told(name, *rows, as_of=AS_OF, **given):
    seller = replace(account(performance=HEADER + ";".join(rows)), **given)
    return figures(HANDBOOK[name], seller, as_of)


def test_every_report_has_a_row_the_oldest_first():
    rows = told("late_dispatch_rate", LATE.format(20, 5, "BAD"), LATE.format(10, 3, "GOOD"))
    about = ("example", "MFN", "lateShipmentRate")
    assert rows.rows() == [
        (*about, date(2026, 2, 10), date(2026, 3, 10), 3, 100, 0.03, 0.04, "GOOD", date(2026, 3, 10)),
        (*about, date(2026, 2, 20), date(2026, 3, 20), 5, 100, 0.05, 0.04, "BAD", date(2026, 3, 20)),
    ]
    assert rows.columns == [
        *("account", "channel", "figure", "figure_from", "figure_to"),
        *("figure_count", "figure_out_of", "figure_rate", "figure_target", "figure_status"),
        "reported_on",
    ]


def test_what_a_report_does_not_tell_is_empty_and_no_zero():
    rows = told("late_dispatch_rate", "US|lateShipmentRate||2026-03-10|||||GOOD")
    assert rows.select("figure_from", "figure_count", "figure_out_of", "figure_rate", "figure_target").row(0) == (
        *(None,) * 5,
    )
    nought = told("late_dispatch_rate", "US|lateShipmentRate||2026-03-10|0|0|0||")
    assert nought.select("figure_count", "figure_out_of", "figure_rate").row(0) == (0, 0, 0.0)


LAST = {
    "of the day looked at": ("US|lateShipmentRate||2026-03-31|1||||", 1),
    "of the day after": ("US|lateShipmentRate||2026-04-01|1||||", 0),
    "of no day": ("US|lateShipmentRate|||1||||", 0),
    "of another marketplace": ("CA|lateShipmentRate||2026-03-10|1||||", 0),
    "of no marketplace": ("|lateShipmentRate||2026-03-10|1||||", 1),
    "with its marketplace and without": (
        "|lateShipmentRate||2026-03-10|9||||;US|lateShipmentRate||2026-03-10|1||||",
        1,
    ),
    "of another metric": ("US|validTrackingRate||2026-03-10|1||||", 0),
    "a part of a figure": ("US|lateShipmentRate.claims||2026-03-10|1||||", 0),
}


REPORTED = {
    "alone it is of its last day": ("", date(2026, 3, 10)),
    "another figure tells the day of the report": ("US|accountStatus||2026-03-25|||||NORMAL", date(2026, 3, 25)),
    "of several reports the one so many days later": (
        "US|accountStatus||2026-03-18|||||NORMAL;US|accountStatus||2026-03-24|||||NORMAL",
        date(2026, 3, 24),
    ),
}


@pytest.mark.parametrize("case", REPORTED)
def test_a_figure_is_known_from_the_day_of_its_report(case):
    """The order defect rate ends fifteen days before its report."""
    more, reported_on = REPORTED[case]
    rates = ["US|orderDefectRate.mfn|2026-01-10|2026-03-10|1|100|0.01|0.01|BAD", *filter(None, [more])]
    assert told("order_defect_rate", *rates)["reported_on"].to_list() == [reported_on]
    assert told("order_defect_rate", *rates, as_of=reported_on - timedelta(days=1)).is_empty()


@pytest.mark.parametrize("case", LAST)
def test_which_figures_are_told(case):
    row, height = LAST[case]
    assert told("late_dispatch_rate", row)["figure_count"].to_list() == [1] * height


def test_seen_from_another_marketplace_what_names_none_is_not_its_own():
    assert told("late_dispatch_rate", "|lateShipmentRate||2026-03-10|1||||", is_home=False).is_empty()


def test_two_windows_that_end_on_one_day_are_two_figures():
    rows = told("late_dispatch_rate", *(f"US|lateShipmentRate|2026-03-{day}|2026-03-31|1||||" for day in ("22", "02")))
    assert rows["figure_from"].to_list() == [date(2026, 3, 2), date(2026, 3, 22)]


def test_the_order_defect_rate_is_told_by_channel():
    kinds = ("orderDefectRate", "orderDefectRate.afn", "orderDefectRate.mfn", "orderDefectRate.claims")
    rows = told("order_defect_rate", *(f"US|{kind}||2026-03-10|1||||" for kind in kinds))
    assert rows.select("channel", "figure").rows() == [
        ("MFN", "orderDefectRate.mfn"),
        ("AFN", "orderDefectRate.afn"),
        (None, "orderDefectRate"),
    ]


def test_the_nearest_figure_stands_first():
    kinds = ("onTimeDeliveryRate", "unitOnTimeDeliveryRate")
    rows = told("on_time_delivery_rate", *(f"US|{kind}||2026-03-10|1||||" for kind in kinds))
    assert rows["figure"].to_list() == ["unitOnTimeDeliveryRate", "onTimeDeliveryRate"]


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_without_a_report_has_no_rows_but_the_same_columns(name):
    rows = figures(HANDBOOK[name], account(), AS_OF)
    assert rows.is_empty()
    assert rows.columns == told("late_dispatch_rate", LATE.format(10, 3, "GOOD")).columns


def test_every_figure_is_of_one_metric_there_is():
    assert set(FIGURES) <= set(METRICS)
    named = [figure for figures_of in FIGURES.values() for figure in figures_of]
    assert len(named) == len({*named, *COUNTERS, RATING}) - len(COUNTERS) - 1
    for name, figures_of in FIGURES.items():
        assert {*figures_of.values()} <= {None, *METRICS[name].channels}
