"""The steps by hand, every line of three metrics written out, and the arithmetic on its edges."""

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from sellerhealth import METRICS, policy
from sellerhealth.definition import policy as policies
from sellerhealth.definition.target import Condition, Target
from sellerhealth.learn.arithmetic import is_reached
from sellerhealth.learn.by_hand import by_hand, same_by_code, steps, twelve_rows
from sellerhealth.learn.step import Step, beside
from tests.show.markup import harmless, read, text_of

HANDBOOK = policy("handbook")
EVERY = [*(policy(name)[metric] for name in policies.names() for metric in METRICS),
         *(policy(name).states["policy_violations"] for name in policies.names())]  # fmt: skip
LATE = [
    "Which orders are in the window?",
    "The window is 30 days, 2 Mar to 31 Mar 2026, both days counted. It goes by the day it had to be shipped by.",
    "In it: A, B, C, D, E, F, G, H, I, K, L.",
    "Not in it: J. 1 Mar 2026: before the window. Due on the 1st, one day before the window: gone.",
    "Which of those can be counted?",
    "Orders shipped by us that had to be shipped in the window.",
    "Counted: A, B, C, D, E, F, G, K. That is 8 orders.",
    "Left out: H. Shipped by Amazon. Amazon ships it: left out.",
    "Left out: I. Cancelled. Cancelled before shipment: a cancellation, not a late order.",
    "Left out: L. Payment still pending. Not paid yet: left out.",
    "Which of them are late orders?",
    "Orders whose shipment was confirmed too late, or is overdue and not confirmed.",
    "Yes: D. Three days over: late.",
    "Yes: E. Posted, but never confirmed: late.",
    "Yes: K. Due on the 2nd, the window's first day: late.",
    "No: A. Confirmed on its last day: on time.",
    "No: B. One day over: late for Amazon today, not in the handbook.",
    "No: C. Two days over: late for Amazon today, not in the handbook.",
    "No: F. One day over and not confirmed: late for Amazon today.",
    "No: G. Due today: counted, not late yet.",
    "Together: 1 + 1 + 1 = 3.",
    "Divide",
    "3 of 8: 3 ÷ 8 = 0.375, which is 37.5 %.",
    "Compare with the target: below 4 %",
    "Compare whole numbers, not rounded rates: 3 × 100 = 300 is not below 4 × 8 = 32. It misses the target.",
    "On the edge: 1 of 25 is 4 %, and that is not below 4 %. 1 of 26 is.",
    "Under the other policy: Amazon 2026",
    "It is 75 % (6 of 8). It misses the target: it must be below 4 %. What is different:",
    "B: counted, a late order. One day over: late for Amazon today, not in the handbook.",
    "C: counted, a late order. Two days over: late for Amazon today, not in the handbook.",
    "F: counted, a late order. One day over and not confirmed: late for Amazon today.",
]
ENDS = {
    # from the third step on, without the remarks of each row
    "seller_rating": [
        "Together: 400 + 0 - 500 - 400 + 400 + 300 + 100 + 440 - 400 + 400 = 740.",
        "740 points over a weight of 33: 740 ÷ 33 is about 22.424, which is 22.4 of 100.",
        "Compare whole numbers, not rounded rates: 740 is not above 90 × 33 = 2,970. It misses the target.",
        "On the edge: exactly 90 of 100 is not above 90 of 100.",
    ],
    "average_response_time": [
        "Together: 2 + 63 + 24 + 48 + 1 + 27 + 4 + 23 = 192.",
        "192 hours over 8 answered messages: 192 ÷ 8 = 24, which is 24 hours.",
        "The policy sets no target: the figure is told, without a verdict.",
    ],
    "contact_response_time": [
        "4 of 9: 4 ÷ 9 is about 0.444, which is 44.4 %.",
        "Compare whole numbers, not rounded rates: 4 × 100 = 400 is less than 90 × 9 = 810. It misses the target.",
        "On the edge: 9 of 10 is 90 %, and that is at least 90 %.",
    ],
    "cancellation_rate": [
        "Compare whole numbers, not rounded rates: 2 × 1,000 = 2,000 is not below 25 × 8 = 200. It misses the target.",
        "On the edge: 1 of 40 is 2.5 %, and that is not below 2.5 %. 1 of 41 is.",
    ],
    "order_defect_rate": [
        "Left out: H. Shipped by Amazon: counted apart. One star, shipped by Amazon: counted apart.",
        "On the edge: 1 of 100 is 1 %, and that is not below 1 %. 1 of 101 is.",
        "J: not counted (17 Mar 2026: after the window). One star; too young for Amazon's window.",
        "K: counted, no defective order. Granted, but Amazon paid: counts in the handbook, not for Amazon today.",
    ],
    "valid_tracking_rate": [
        "E1, E2 and so on are the rows of E, in their order.",
        "On the edge: 19 of 20 is 95 %, and that is not above 95 %. 20 of 21 is.",
    ],
    "on_time_delivery_rate": [
        "Counted: A, C, D, E, F, G, K, L. That is 11 units.",
        "Together: 1 + 3 + 1 + 1 + 1 + 1 = 8.",
    ],
    "customer_service_rating": [
        "It does not stand: E1. Answered again a day later: the last one counts.",
        "It is 7.5 of 10 (6 answers). Too few to say: it takes 40 answers, and there were 6. What is different:",
    ],
    "feedback_rating": [
        "In it: A, B, C, D, E, G, H, J, L.",
        "It does not stand: F. Removed: no longer there.",
        "It does not stand: K. Not received yet.",
        "Counted: A, B, C, D, E, G, H, J, L. That is 9 ratings.",
"The same rows count, in the same way. It is 55.6 % (5 of 9). There is no target, so there is no verdict."],
}  # fmt: skip


def lines(metric):
    return [line for step in steps(metric) for line in (step.title, *step.lines)]


def test_late_dispatch_line_by_line():
    assert lines(HANDBOOK["late_dispatch_rate"]) == LATE


@pytest.mark.parametrize("name", ENDS)
def test_the_numbers_are_filled_in(name):
    found = lines(HANDBOOK[name])
    assert [line for line in ENDS[name] if line not in found] == []


@pytest.mark.parametrize("name", METRICS)
def test_where_an_account_s_own_window_holds_nothing_it_says_so(name):
    metric = HANDBOOK[name]
    found = lines(replace(metric, terms=replace(metric.terms, lag_days=2_000)))
    assert "Nothing is counted, so there is nothing to divide." in found
    assert ("Nothing is counted, so there is no verdict." in found) is (metric.terms.target is not None)
    assert "In it: none." in found


def test_too_few_are_told_where_there_is_a_target():
    metric = policy("amazon-2026")["customer_service_rating"]
    target = Target(value=Fraction(8), condition=Condition.AT_LEAST)
    found = lines(replace(metric, terms=replace(metric.terms, target=target)))
    assert "Compare whole numbers, not rounded rates: 45 is less than 8 × 6 = 48. It misses the target." in found
    assert "On the edge: exactly 8 of 10 is at least 8 of 10." in found
    assert "The policy asks for 40 answers and there are 6: too few to say." in found


def test_the_notifications_and_their_mark():
    assert lines(HANDBOOK.states["policy_violations"]) == [
        "Which notifications weigh?",
        "A notification weighs for 180 days from its day, until it is resolved. Today is 31 Mar 2026.",
        "It weighs: A. Unread: something to read.",
        "It weighs: B. Read, but still open.",
        "It does not: C. Resolved: weighs no more.",
        "It weighs: D. Resolved after today: still open.",
        "It weighs: E. 179 days old: its last day.",
        "It does not: F. 180 days old: gone.",
        "It does not: G. Comes tomorrow.",
        "How does each of those stand?",
        "Unread: A.",
        "Read: B, D, E.",
        "Under review: none.",
        "What mark do they make?",
        "! Yellow exclamation mark: There is something to read.",
        "Under the other policy: Amazon 2026",
        "! Yellow exclamation mark: The Account Health Rating is at risk.",
        "The rating is 184 points: 200 to begin with, points for orders shipped added, points of violations taken off.",
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("late_dispatch_rate", "By hand: 3 of 8\nBy code: 37.5 % (3 of 8)\nThey are the same."),
        (
            "average_response_time",
            (
                "By hand: 192 hours over 8 answered messages\n"
                "By code: 192 hours over 8 answered messages: 24 hours (8 answered messages)\nThey are the same."
            ),
        ),
    ],
)
def test_by_hand_and_by_code_stand_side_by_side(name, told):
    assert same_by_code(HANDBOOK[name]).text == told


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: f"{metric.name}-{metric.policy}")
def test_code_finds_the_same(metric):
    told = same_by_code(metric)
    assert told.text.endswith("They are the same.")
    assert text_of(harmless(told.html)).endswith("They are the same.")


@pytest.mark.parametrize("metric", EVERY, ids=lambda metric: f"{metric.name}-{metric.policy}")
def test_the_page_says_what_the_text_says_and_is_small(metric):
    told = by_hand(metric)
    assert len(told.html) < 12_000
    said = text_of(harmless(told.html))
    assert [line for line in lines(metric) if " ".join(line.split()) not in said] == []


@pytest.mark.parametrize("metric", EVERY[:13], ids=lambda metric: metric.name)
def test_the_rows_to_count_do_not_tell_the_answer(metric):
    example = metric.definition.example
    rules, *tables = twelve_rows(metric)
    shown = [read(one) for one in tables]
    assert "both days counted" in rules.text, "the window is told before a row is counted"
    assert len(shown) == len(example.tables)
    assert [title for title, *_ in shown] == [name.replace("_", " ").capitalize() for name in example.tables]
    remarks = set(example.rows(next(iter(example.tables)))["remark"]) - {""}
    cells = {cell for _, _, _, rows in shown for row in rows for cell in row}
    assert cells & remarks == set()
    assert all("Remark" not in headings for _, _, headings, _ in shown)


@pytest.mark.parametrize(
    ("condition", "value", "met", "missed"),
    [
        (Condition.LESS_THAN, "0.01", [(0, 1), (1, 101)], [(1, 100), (1, 99), (0, 0)]),
        (Condition.GREATER_THAN, "0.95", [(20, 21), (1, 1)], [(19, 20), (0, 5)]),
        (Condition.AT_LEAST, "0.9", [(9, 10), (10, 10)], [(8, 9), (0, 1)]),
        (Condition.EQUALS, "0.5", [(1, 2)], [(1, 3)]),
    ],
)
def test_counts_beside_a_target(condition, value, met, missed):
    target = Target(value=Fraction(value), condition=condition)
    assert [is_reached(target, *counts) for counts in (*met, *missed)] == [True] * len(met) + [False] * len(missed)
    frame = pl.DataFrame([*met, *missed], schema=["n", "d"], orient="row")
    assert frame.select(target.is_met(pl.col("n"), pl.col("d"))).to_series().sum() == len(met)


def test_hostile_text_stays_text():
    step = Step("Which <b>orders</b>?", ("<script>x</script>", "<img src=x onerror=x>"))
    assert harmless(step.html) == (
        "<strong>Which &lt;b&gt;orders&lt;/b&gt;?</strong><p>&lt;script&gt;x&lt;/script&gt;</p>"
        "<ul><li>&lt;img src=x onerror=x&gt;</li></ul>"
    )
    assert "<i>" not in harmless(beside("<i>1</i>", "1", is_same=True).html)
