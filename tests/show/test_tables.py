"""Tables: headings in words, a dash for what is not there, foreign text escaped, and nothing to show."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from sellerhealth.measure.compare import compare
from sellerhealth.measure.defects import defects, exclusions
from sellerhealth.show import table, words
from tests.show.figures import (
    EVIL,
    HANDBOOK,
    NAMES,
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
from tests.show.markup import read

every_metric = pytest.mark.parametrize("name", NAMES)
KINDS = ("defects", "exclusions", "policies")
every_kind = pytest.mark.parametrize("kind", KINDS)
STATE = HANDBOOK.states["policy_violations"]


def tables(one, account, as_of):
    """Every table of a metric, on what it is made of."""
    return {
        "defects": (table.defects_table, lambda: defects(one, account, as_of), [one]),
        "exclusions": (table.exclusions_table, lambda: exclusions(one, account, as_of), []),
        "policies": (table.policies_table, lambda: compare(one.name, POLICIES, account, as_of), [POLICIES]),
    }


def is_in_words(heading):
    """Not the name of a column."""
    return heading[0].isupper() and not re.search("_|=", heading)


@every_metric
@every_kind
def test_tables_have_headings_in_words(name, kind):
    make, frame, rest = tables(metric(name), *example(metric(name)))[kind]
    title, subtitle, headings, rows = read(make(frame(), *rest))
    assert title
    assert subtitle.endswith(".")
    assert all(is_in_words(heading) for heading in headings), headings
    assert rows
    assert not {"None", "null", "nan", ""} & {cell for cells in rows for cell in cells}


@every_metric
@every_kind
def test_tables_of_nothing(name, kind):
    make, frame, rest = tables(metric(name), *example(metric(name)))[kind]
    assert read(make(frame().clear(), *rest))[3] == []


def test_tables_escape():
    account, as_of = example(metric())
    rows = read(table.defects_table(hostile(defects(metric(), account, as_of)), metric()))[3]
    assert rows[0][0] == EVIL.strip()


def counted_against(rows, **more):
    """Late orders, so many, each like this."""
    told = {"account": "shop", "order_id": "A", "event_on": date(2026, 3, 9), "is_unknown": False, **more}
    return pl.DataFrame([told | {"leaves_on": date(2026, 4, 8)}] * rows)


@pytest.mark.parametrize(
    ("rows", "title", "subtitle", "shown"),
    [
        (1, "1 late order in the window", "Newest first.", 1),
        (25, "25 late orders in the window", "Newest first.", 25),
        (26, "26 late orders in the window", "The newest 25 are shown.", 25),
        (1200, "1,200 late orders in the window", "The newest 25 are shown.", 25),
    ],
)
def test_the_title_counts_all_and_the_newest_are_shown(rows, title, subtitle, shown):
    found = read(table.defects_table(counted_against(rows), metric()))
    assert (found[0], found[1], len(found[3])) == (title, subtitle, shown)


def test_units_are_counted_not_rows():
    found = counted_against(2, units=3, sku="MUG")
    assert read(table.defects_table(found, metric("on_time_delivery_rate")))[0] == "6 late units in the window"


def test_what_no_row_tells_has_no_column():
    found = counted_against(2, carrier=None, days_overdue=3)
    assert read(table.defects_table(found, metric()))[2] == ["Order", "Days overdue", "Leaves the window on"]


def test_words_in_capitals_are_read_as_words():
    late = counted_against(1, thread_id="A", topic="RETURN")
    assert read(table.defects_table(late, metric("contact_response_time")))[3][0][2] == "Return"
    cancelled = pl.concat([counted_against(1, cancelled_by=party) for party in ("AMAZON", "SELLER")])
    party = cancelled.with_columns(pl.col("cancelled_by").cast(pl.Enum(["SELLER", "BUYER", "AMAZON"])))
    rows = read(table.defects_table(party, metric("cancellation_rate")))[3]
    assert [cells[1] for cells in rows] == ["Amazon", "us"]


def test_channels_are_told_only_where_there_are_several():
    found = counted_against(1, channel="AFN", defect_kind="A-to-z claim")
    _, _, headings, rows = read(table.defects_table(found, metric("order_defect_rate")))
    assert dict(zip(headings, rows[0], strict=True))["Shipped"] == "shipped by Amazon"
    assert "Shipped" not in read(table.defects_table(found, metric()))[2]


def test_cells():
    frame = pl.DataFrame(
        {
            "order_id": ["A", None],
            "units": [1200, None],
            "promised_on": [date(2026, 3, 9), None],
            "received_at": [datetime(2026, 3, 9, 7, 5, tzinfo=UTC), None],
            "nothing": pl.Series([None, None], dtype=pl.Null),
        }
    ).rename({"nothing": "Nothing"})
    title, subtitle, headings, rows = read(table.table(frame, "Title", "Subtitle."))
    assert (title, subtitle) == ("Title", "Subtitle.")
    assert headings == ["Order", "Units", "Promised", "Received", "Nothing"]
    assert rows == [("A", "1,200", "9 Mar 2026", "Mon 9 Mar, 07:05", "–"), ("–", "–", "–", "–", "–")]


def test_every_heading_is_in_words():
    assert all(is_in_words(heading) for heading in table.HEADINGS.values())


@pytest.mark.parametrize(("rows", "said"), [(25, ""), (26, " The first 25 are shown.")])
def test_a_table_that_is_cut_says_so(rows, said):
    assert table.first_shown(rows) == said


def test_exclusions_add_up():
    left = pl.DataFrame({"reason": ["Counted", "Cancelled"], "rows": [1200, 34]})
    found = read(table.exclusions_table(left))
    assert found == (
        "Counted, and left out",
        "Together 1,234.",
        ["What became of it", "Number"],
        [("Counted", "1,200"), ("Cancelled", "34")],
    )


def test_one_metric_under_each_policy_shows_every_window():
    rows = [good_row(), good_row(window_days=7), good_row(policy="amazon-2026", target=None, status="NONE")]
    _, _, headings, found = read(table.policies_table(pl.DataFrame(rows), POLICIES))
    assert headings == ["Policy", "Window", "Rate", "Target", "Verdict"]
    assert found == [
        ("Handbook", "30 days, 2 Mar to 31 Mar 2026", "95 % (95 of 100)", "at least 90 %", "✓ Good"),
        ("Handbook", "7 days, 2 Mar to 31 Mar 2026", "95 % (95 of 100)", "at least 90 %", "✓ Good"),
        ("Amazon 2026", "30 days, 2 Mar to 31 Mar 2026", "95 % (95 of 100)", "no target", "– No verdict"),
    ]


def test_several_metrics_under_each_policy_show_their_headlines():
    rating = mean_row("customer_service_rating", 7.8, 39, window_days=56, status="TOO_FEW")
    short = rating | {"policy": "amazon-2026", "window_days": 28}
    rows = [good_row(), good_row(window_days=7), row(), row(window_days=10), rating, short]
    _, _, headings, found = read(table.policies_table(pl.DataFrame(rows, infer_schema_length=None), POLICIES))
    assert headings == ["Metric", "Policy", "Orders", "Window", "Rate", "Target", "Verdict"]
    assert [(cells[0], cells[1], cells[2], cells[3].split(",")[0], cells[-1]) for cells in found] == [
        ("Contact Response Time", "Handbook", "all together", "30 days", "✓ Good"),
        ("Late Dispatch Rate", "Handbook", "shipped by us", "30 days", "✓ Good"),
        ("Customer Service Rating", "Handbook", "all together", "56 days", "– Too few to say"),
        ("Customer Service Rating", "Amazon 2026", "all together", "28 days", "– Too few to say"),
    ]


def test_a_policy_that_tells_nothing_is_left_out_where_another_tells_something():
    rows = [row(**NOTHING), row(policy="amazon-2026")]
    found = read(table.policies_table(pl.DataFrame(rows, infer_schema_length=None), POLICIES))[3]
    assert [cells[0] for cells in found] == ["Amazon 2026"]


@pytest.mark.parametrize(
    ("more", "rate", "verdict"),
    [
        (NOTHING, "nothing counted", "– No verdict"),
        (NOT_COMPUTABLE, "not computable", "– No verdict"),
        ({"status": "BAD", "basis": "UPPER_BOUND"}, "at most 3.1 % (12 of 388)", "✕ Misses the target"),
    ],
)
def test_each_policys_verdict_in_words(more, rate, verdict):
    cells = read(table.policies_table(pl.DataFrame([row(**more)]), POLICIES))[3][0]
    assert (cells[3], cells[5]) == (rate, verdict)


def test_a_split_gives_each_value_its_own_verdict_the_furthest_from_the_target_first():
    shares = [("Home", 0.5, "GOOD"), ("TOYS", 3.0, "BAD"), (None, None, "NONE")]
    rows = [good_row(category=name or "Not known", used=used, status=status) for name, used, status in shares]
    shown = table.split_table(pl.DataFrame(rows), metric("contact_response_time"), "category")
    assert read(shown) == (
        "Contact Response Time by category",
        "The target is at least 90 %, for each by itself.",
        ["Category", "Rate", "Verdict"],
        [
            ("TOYS", "95 % (95 of 100)", "✕ Misses the target"),
            ("Home", "95 % (95 of 100)", "✓ Good"),
            ("Not known", "95 % (95 of 100)", "– No verdict"),
        ],
    )


def test_a_split_without_a_target_says_so():
    shown = table.split_table(pl.DataFrame([good_row(topic="RETURN")]), metric("average_response_time"), "topic")
    assert read(shown)[1] == "There is no target."


def test_a_split_of_nothing():
    split = pl.DataFrame([good_row(category=EVIL)])
    assert read(table.split_table(split, metric("valid_tracking_rate"), "category"))[3][0][0] == EVIL.strip()
    assert table.split_table(split.clear(), metric("valid_tracking_rate"), "category") is None


def test_the_ledger_and_the_rejects_of_an_account_without_files():
    account, _ = example(metric())
    title, subtitle, headings, rows = read(table.ledger_table(account))
    assert (title, subtitle, rows) == ("Files", words.ledger(account.ledger), [])
    assert headings == ["File", "Read as", "Read", "Used", "Duplicate", "Superseded", "Rejected", "Note"]
    assert read(table.rejects_table(account))[:2] == ("Rejected rows", "0 rows in all.")


def test_rejected_rows_are_counted_by_what_is_wrong_and_escaped():
    account, _ = example(metric())
    told = {"file": EVIL, "row": 7, "column": "sku", "reason": "is empty"}
    lost = pl.DataFrame([told, {**told, "row": 5}, {**told, "column": ""}], schema=account.rejects.schema)
    title, subtitle, headings, rows = read(
        table.rejects_table(replace(account, rejects=lost, rejects_in="shop/rejects"))
    )
    assert (title, subtitle) == ("Rejected rows", "3 rows in all. Each is listed in shop/rejects.")
    assert headings == ["File", "Rows", "Column", "Reason", "First row"]
    assert rows == [(EVIL.strip(), "2", "sku", "is empty", "5"), (EVIL.strip(), "1", "–", "is empty", "7")]


def test_a_long_table_of_rejected_rows_is_cut_with_a_count_of_the_rest():
    account, _ = example(metric())
    told = [{"file": f"{number}", "row": 7, "column": "sku", "reason": "is empty"} for number in range(27)]
    found = read(
        table.rejects_table(replace(account, rejects=pl.DataFrame([*told, *told], schema=account.rejects.schema)))
    )
    assert (len(found[3]), found[1]) == (25, "54 rows in all. Not shown: 4 rows of 2 more kinds.")


@every_metric
def test_the_example_shows_every_row_with_its_remark(name):
    definition = metric(name).definition
    for part in definition.example.tables:
        title, subtitle, headings, rows = read(table.example_table(metric(name), part))
        assert title == part.replace("_", " ").capitalize()
        assert subtitle == "Worked by hand, as of 31 Mar 2026."
        assert all(is_in_words(heading) for heading in headings), headings
        assert len(rows) == definition.example.rows(part).height


def test_the_example_of_a_state():
    rows = read(table.example_table(STATE, "notifications"))[3]
    assert [cells[0] for cells in rows] == ["A", "B", "C", "D", "E", "F", "G"]
