"""Every number a reader sees, in words: right in the singular, true at the edges, plain on dates."""

from datetime import date

import polars as pl
import pytest

from sellerhealth.definition.account import LEDGER_SCHEMA
from sellerhealth.definition.metric import Status
from sellerhealth.show import numbers, words
from tests.show.figures import NAMES, NOT_COMPUTABLE, NOTHING, metric, row, without_target

LATE = ("late order", "late orders")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (1 / 3, "33.3 %"),
        (0.0083, "0.83 %"),
        (0.00004, "0.004 %"),
        (0.01, "1 %"),
        (0.00999, "0.999 %"),
        (0.009999, "0.9999 %"),
        (0.0399, "3.99 %"),
        (0.0401, "4.01 %"),
        (0.07, "7 %"),
        (0.29, "29 %"),
        (0.999, "99.9 %"),
        (0.9999, "99.99 %"),
        (1 / 713, "0.14 %"),
    ],
)
def test_percent(share, said):
    assert numbers.percent(share) == said


@pytest.mark.parametrize("target", [0.01, 0.025, 0.04, 0.9, 0.95])
def test_a_rate_beside_its_target_never_reads_as_the_target(target):
    orders = [7, 99, 101, 388, 713, 4001, 99_999]
    shares = [(round(target * of) + more) / of for of in orders for more in (-1, 0, 1)]
    assert [
        share for share in shares if share != target and numbers.percent(share, target) == numbers.percent(target)
    ] == []


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 late orders"), (1, "1 late order"), (2, "2 late orders"), (1_234_567, "1,234,567 late orders")],
)
def test_count(number, said):
    assert numbers.count(number, LATE) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 3, 9), "9 Mar 2026"), (date(2026, 12, 31), "31 Dec 2026"), (date(2024, 2, 29), "29 Feb 2024")],
)
def test_a_day_cannot_be_taken_for_a_month(day, said):
    assert numbers.day(day) == said


def test_days_do_not_depend_on_the_locale(monkeypatch):
    import locale

    before = locale.setlocale(locale.LC_TIME)
    for name in ("de_DE.UTF-8", "C.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        assert numbers.day(date(2026, 10, 3)) == "3 Oct 2026"
    locale.setlocale(locale.LC_TIME, before)


@pytest.mark.parametrize(
    ("first", "last", "days", "said"),
    [
        (date(2026, 3, 2), date(2026, 3, 31), 30, "30 days, 2 Mar to 31 Mar 2026"),
        (date(2025, 12, 20), date(2026, 1, 8), 20, "20 days, 20 Dec 2025 to 8 Jan 2026"),
        (date(2026, 3, 2), date(2026, 3, 2), 1, "1 day, 2 Mar to 2 Mar 2026"),
    ],
)
def test_window(first, last, days, said):
    assert numbers.window({"window_start": first, "window_end": last, "window_days": days}) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "3.1 % (12 of 388)"),
        ({"basis": "UPPER_BOUND"}, "at most 3.1 % (12 of 388)"),
        ({"basis": "LOWER_BOUND"}, "at least 3.1 % (12 of 388)"),
        ({"numerator": 0, "value": 0.0}, "0 % (0 of 388)"),
        ({"numerator": 1200, "denominator": 38_800, "value": 1200 / 38_800}, "3.1 % (1,200 of 38,800)"),
        (NOTHING, "nothing counted"),
        (NOT_COMPUTABLE, "not computable"),
    ],
)
def test_rate(more, said):
    assert words.rate(row(**more)) == said


def test_target():
    assert words.target(metric()) == "below 4 %"
    assert words.target(metric("cancellation_rate")) == "below 2.5 %"
    assert words.target(without_target(metric())) == "no target"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Good: the target is below 4 %."),
        ({"status": "BAD"}, "It misses the target: it must be below 4 %."),
        ({"status": "NONE"}, "No verdict: the files do not say enough to tell whether it is below 4 %."),
        (NOTHING, "No orders shipped by us fell into the window, so there is no verdict."),
        (NOT_COMPUTABLE, "It cannot be computed from these files."),
    ],
)
def test_verdict(more, said):
    assert words.verdict(row(**more), metric()) == said


def test_verdict_without_a_target():
    assert words.verdict(row(status="NONE"), without_target(metric())) == "There is no target, so there is no verdict."


@pytest.mark.parametrize(
    ("spare", "said"),
    [
        (3, "There is room for 3 more late orders."),
        (1, "There is room for 1 more late order."),
        (1234, "There is room for 1,234 more late orders."),
        (0, "The next late order breaks it."),
        (-1, "That is 1 late order too many."),
        (-5, "That is 5 late orders too many."),
        (None, ""),
    ],
)
def test_headroom(spare, said):
    assert words.headroom(row(headroom=spare), metric()) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "With 388 orders, the lasting rate may lie anywhere from 1.78 % to 5.3 %."),
        (
            {"denominator": 1, "low": 0.0, "high": 0.79},
            "With 1 order, the lasting rate may lie anywhere from 0 % to 79 %.",
        ),
        ({"basis": "LOWER_BOUND"}, ""),
        (NOTHING, ""),
        (NOT_COMPUTABLE, ""),
    ],
)
def test_certainty(more, said):
    assert words.certainty(row(**more)) == said


def test_a_bound_says_why_and_how_many():
    rate = metric("cancellation_rate")
    said = words.basis(row(basis="UPPER_BOUND", unknown=1, numerator=4), rate, [])
    assert said == f"{rate.definition.unknown_reason} Unsure: 1 of 4 cancelled orders."
    assert words.basis(row(), rate, []) == ""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_told_with_its_remedy(name):
    needs = metric(name).definition.needs
    said = words.basis(row(**NOT_COMPUTABLE), metric(name), list(needs))
    assert all(need.reason in said and need.remedy in said for need in needs)


def test_another_policy_stands_beside_only_where_it_differs():
    labels = {"handbook": "Handbook", "amazon-2026": "Amazon 2026"}
    same, other = row(policy="amazon-2026"), row(policy="amazon-2026", numerator=24, value=24 / 388, status="BAD")
    assert words.beside(row(), pl.DataFrame([row(), same]), labels) == ""
    assert (
        words.beside(row(), pl.DataFrame([row(), other]), labels)
        == "Amazon 2026: 6.2 % (24 of 388), misses the target."
    )
    assert words.beside(row(), pl.DataFrame([row(), {**other, "channel": "AFN"}]), labels) == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "OnTrac: 18 late orders of 40, 60 % of all late orders."),
        ({"numerator": 1, "defect_share": 1 / 30}, "OnTrac: 1 late order of 40, 3.3 % of all late orders."),
        ({"numerator": 0, "defect_share": None}, "OnTrac: 0 late orders of 40."),
    ],
)
def test_cause(more, said):
    told = row(carrier="OnTrac", numerator=18, denominator=40, value=0.45, defect_share=0.6) | more
    assert words.cause(told, metric(), ["carrier"]) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "No late order is known in the window."),
        ([5], "1 late order leaves the window on 5 Apr 2026."),
        ([5, 5], "2 late orders leave the window on 5 Apr 2026."),
        ([9, 5], "1 late order leaves the window on 5 Apr 2026, the last on 9 Apr 2026."),
    ],
)
def test_leaving(days, said):
    frame = pl.DataFrame({"leaves_on": [date(2026, 4, day) for day in days]}, schema={"leaves_on": pl.Date})
    assert words.leaving(frame, metric()) == said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ([], "0 files, 0 rows read: 0 used, 0 duplicate, 0 superseded, 0 rejected."),
        ([1], "1 file, 1 row read: 1 used, 0 duplicate, 0 superseded, 0 rejected."),
        ([1000, 2], "2 files, 1,002 rows read: 1,002 used, 0 duplicate, 0 superseded, 0 rejected."),
    ],
)
def test_ledger(read, said):
    rows = [{"file": "", "read": one, "used": one, "duplicate": 0, "superseded": 0, "rejected": 0} for one in read]
    assert words.ledger(pl.DataFrame(rows, schema=LEDGER_SCHEMA)) == said


def test_every_status_has_a_word_and_a_mark_of_its_own():
    assert set(words.STATUS) == set(words.MARK) == set(Status)
    assert len(set(words.STATUS.values())) == len(set(words.MARK.values())) == len(Status)
