from datetime import date

import pytest

from sellerhealth.measure.defects import exclusions
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, POLICIES, account, counted, figures, headline, many, under

NAME = "contact_response_time"
HEADER = "thread_id|sender|sent_at"
MARKED = "thread_id|sender|sent_at|needs_no_response|is_automatic|text_mark"
ORDERED = "thread_id|sender|sent_at|order_id"
AUTUMN = date(2026, 11, 15)

EDGES = {
    "the first moment of the window": ("1|BUYER|2026-03-02 00:00;1|SELLER|2026-03-02 09:00", CLEAN),
    "the moment before it": ("1|BUYER|2026-03-01 23:59:59.999999;1|SELLER|2026-03-02 09:00", OUT),
    "the last day of the window": ("1|BUYER|2026-03-31 09:00;1|SELLER|2026-03-31 10:00", CLEAN),
    "a microsecond after it came": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 10:00:00.000001", CLEAN),
    "at the same moment is no answer": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 10:00", DEFECT),
    "after exactly 24 hours": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-11 10:00", CLEAN),
    "a microsecond more": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-11 10:00:00.000001", DEFECT),
    "Friday evening to Saturday": ("1|BUYER|2026-03-13 18:00;1|SELLER|2026-03-14 18:00", CLEAN),
    "Friday evening to Monday": ("1|BUYER|2026-03-13 18:00;1|SELLER|2026-03-16 08:00", DEFECT),
    "Saturday to Sunday": ("1|BUYER|2026-03-14 12:00;1|SELLER|2026-03-15 11:00", CLEAN),
    "Sunday to Monday evening": ("1|BUYER|2026-03-15 12:00;1|SELLER|2026-03-16 19:00", DEFECT),
    "24 hours over the clocks going forward": ("1|BUYER|2026-03-07 20:00;1|SELLER|2026-03-08 21:00", CLEAN),
    "a microsecond more then": ("1|BUYER|2026-03-07 20:00;1|SELLER|2026-03-08 21:00:00.000001", DEFECT),
    "a reply that came before": ("1|SELLER|2026-03-10 09:00;1|BUYER|2026-03-10 10:00", DEFECT),
    "a reply in another thread": ("1|BUYER|2026-03-10 10:00;2|SELLER|2026-03-10 11:00", DEFECT),
    "Amazon's message is no answer": ("1|BUYER|2026-03-10 10:00;1|AMAZON|2026-03-10 11:00", DEFECT),
    "Amazon's message asks nothing": ("1|AMAZON|2026-03-10 10:00", OUT),
    "the seller wrote first": ("1|SELLER|2026-03-10 10:00", OUT),
    "no moment told": ("1|BUYER|;1|SELLER|2026-03-10 10:00", OUT),
    "a reply without a moment": ("1|BUYER|2026-03-10 10:00;1|SELLER|", DEFECT),
    "told twice": ("1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00", CLEAN),
    "a second reply changes nothing": (
        "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00;1|SELLER|2026-03-20 10:00",
        CLEAN,
    ),
    "open for 24 hours": ("1|BUYER|2026-03-31 00:00", OUT),
    "open for a microsecond more": ("1|BUYER|2026-03-30 23:59:59.999999", DEFECT),
    "open, the answer comes tomorrow": ("1|BUYER|2026-03-31 12:00;1|SELLER|2026-04-01 00:00", OUT),
    "over, the answer comes tomorrow": ("1|BUYER|2026-03-30 12:00;1|SELLER|2026-04-01 00:00", DEFECT),
    "answered in the last moment of the day": (
        "1|BUYER|2026-03-31 12:00;1|SELLER|2026-03-31 23:59:59.999999",
        CLEAN,
    ),
    "not here yet": ("1|BUYER|2026-04-01 00:00;1|SELLER|2026-04-01 01:00", OUT),
    "one reply for three": (
        "1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-10 11:00;1|BUYER|2026-03-10 12:00;1|SELLER|2026-03-11 09:00",
        (0, 0, 3),
    ),
    "one reply, late for the first only": (
        "1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-11 09:00;1|SELLER|2026-03-11 11:00",
        (1, 0, 2),
    ),
    "a follow-up has a clock of its own": (
        "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00;1|BUYER|2026-03-10 12:00;1|SELLER|2026-03-12 12:00",
        (1, 0, 2),
    ),
    "a follow-up nobody answered": (
        "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00;1|BUYER|2026-03-10 12:00",
        (1, 0, 2),
    ),
    "a follow-up that is open": (
        "1|BUYER|2026-03-30 10:00;1|SELLER|2026-03-30 11:00;1|BUYER|2026-03-31 12:00",
        CLEAN,
    ),
    "the first late, the follow-up open": ("1|BUYER|2026-03-29 10:00;1|BUYER|2026-03-31 12:00", DEFECT),
}
PROMPT = "1|BUYER|2026-03-10 10:00|||;1|SELLER|2026-03-10 10:01||{word}|7"
OTHER = "2|BUYER|2026-03-11 10:00|||;2|SELLER|2026-03-11 10:00:20|||{mark};2|SELLER|2026-03-11 12:00||no|"
MACHINES = {
    # (the first thread, the second, and what both count as: by the policy, and believing the file only)
    "told": (PROMPT.format(word="yes"), OTHER.format(mark=9), (1, 0, 2), (1, 0, 2)),
    "told not": (PROMPT.format(word="no"), OTHER.format(mark=7), (0, 0, 2), (0, 0, 2)),
    "looks it": (PROMPT.format(word=""), OTHER.format(mark=7), (1, 0, 2), (0, 0, 2)),
    "another text": (PROMPT.format(word=""), OTHER.format(mark=9), (0, 0, 2), (0, 0, 2)),
    "no text told": (PROMPT.format(word="").replace("|7", "|"), OTHER.format(mark=""), (0, 0, 2), (0, 0, 2)),
    "the same text within its own thread only": (
        PROMPT.format(word="") + ";1|BUYER|2026-03-10 12:00|||;1|SELLER|2026-03-10 12:00:30|||7",
        OTHER.format(mark=9),
        (0, 0, 3),
        (0, 0, 3),
    ),
    "a microsecond slower": (
        PROMPT.format(word="").replace("10:01", "10:01:00.000001"),
        OTHER.format(mark=7),
        (0, 0, 2),
        (0, 0, 2),
    ),
    "then a person, in time": (
        PROMPT.format(word="yes") + ";1|SELLER|2026-03-11 10:00||no|",
        OTHER.format(mark=9),
        (0, 0, 2),
        (0, 0, 2),
    ),
    "then a person, late": (
        PROMPT.format(word="") + ";1|SELLER|2026-03-11 10:01|||",
        OTHER.format(mark=7),
        (1, 0, 2),
        (0, 0, 2),
    ),
}
NO_RESPONSE = {"yes": OUT, "no": DEFECT, "": DEFECT}
ORDERS = "order_id|marketplace|channel;CA|CA|MFN;US|US|MFN;FBA|US|AFN;NOWHERE||MFN;ELSEWHERE|OTHER|MFN"
OF_ORDER = {"CA": OUT, "ELSEWHERE": OUT, "US": DEFECT, "FBA": DEFECT, "NOWHERE": DEFECT, "UNKNOWN": DEFECT, "": DEFECT}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_edge(case, rules):
    rows, expected = EDGES[case]
    assert counted(NAME, rules, messages=f"{HEADER};{rows}") == expected


@pytest.mark.parametrize(
    ("replied", "expected"),
    [("2026-11-01 19:00", CLEAN), ("2026-11-01 19:00:00.000001", DEFECT), ("2026-11-01 19:30", DEFECT)],
)
def test_the_day_of_25_hours(replied, expected):
    messages = f"{HEADER};1|BUYER|2026-10-31 20:00;1|SELLER|{replied}"
    assert counted(NAME, "handbook", as_of=AUTUMN, messages=messages) == expected


@pytest.mark.parametrize("case", MACHINES)
def test_automatic_replies(case):
    first, second, expected, told = MACHINES[case]
    messages = f"{MARKED};{first};{second}"
    assert counted(NAME, "handbook", messages=messages) == expected
    override = {"choice": {"automatic_replies": "told"}}
    assert counted(NAME, "handbook", override=override, messages=messages) == told


@pytest.mark.parametrize("marked", NO_RESPONSE)
def test_what_needs_no_response(marked):
    assert counted(NAME, "handbook", messages=f"{MARKED};1|BUYER|2026-03-10 10:00|{marked}||") == NO_RESPONSE[marked]


def test_told_twice_one_mark_is_enough():
    rows = "1|BUYER|2026-03-10 10:00|yes||;1|BUYER|2026-03-10 10:00|||"
    assert counted(NAME, "handbook", messages=f"{MARKED};{rows}") == OUT


@pytest.mark.parametrize("order", OF_ORDER)
def test_the_marketplace_is_that_of_the_order(order):
    messages = f"{ORDERED};1|BUYER|2026-03-10 10:00|{order}"
    assert counted(NAME, "handbook", messages=messages, orders=ORDERS) == OF_ORDER[order]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2026, 3, 30), OUT), (date(2026, 3, 31), OUT), (date(2026, 4, 1), CLEAN), (date(2026, 4, 29), CLEAN)],
)
def test_what_is_known_depends_on_the_day(as_of, expected):
    messages = f"{HEADER};1|BUYER|2026-03-31 12:00;1|SELLER|2026-04-01 11:00"
    assert counted(NAME, "handbook", as_of=as_of, messages=messages) == expected


def test_what_was_open_is_late_a_day_later():
    messages = f"{HEADER};1|BUYER|2026-03-31 12:00"
    assert counted(NAME, "handbook", as_of=AS_OF, messages=messages) == OUT
    assert counted(NAME, "handbook", as_of=date(2026, 4, 1), messages=messages) == DEFECT


@pytest.mark.parametrize(("place", "expected"), [("US", OUT), ("JP", CLEAN), ("GB", CLEAN)])
def test_the_day_is_the_marketplaces(place, expected):
    """Half past midnight there, and yesterday in Los Angeles when it is told in its time."""
    told = {"US": "2026-03-01 23:30", "JP": "2026-03-02 00:30", "GB": "2026-03-02 00:30"}[place]
    messages = f"{HEADER};1|BUYER|{told};1|SELLER|2026-03-02 09:00"
    assert counted(NAME, "handbook", place, messages=messages) == expected


def test_each_window_has_its_own_messages():
    days = ("2026-03-25", "2026-03-24", "2026-03-02", "2026-03-01", "2026-01-01", "2025-12-31")
    rows = ";".join(f"{day}|BUYER|{day} 10:00" for day in days)
    found = figures(NAME, "handbook", messages=f"{HEADER};{rows}")
    assert {row["window_days"]: row["counted"] for row in found} == {30: 3, 7: 1, 90: 5}


@pytest.mark.parametrize(
    ("late", "status", "headroom"),
    [(10, "GOOD", 0), (11, "BAD", -1), (9, "GOOD", 1), (0, "GOOD", 10), (100, "BAD", -90)],
)
def test_at_least_ninety_of_a_hundred(late, status, headroom):
    rows = [
        many("in#|BUYER|2026-03-10 10:00;in#|SELLER|2026-03-10 11:00", 100 - late),
        many("late#|BUYER|2026-03-10 10:00", late),
    ]
    messages = ";".join([HEADER, *filter(None, rows)])
    now = headline(NAME, "handbook", messages=messages)
    assert (now["numerator"], now["denominator"], now["defects"]) == (100 - late, 100, late)
    assert (now["status"], now["headroom"], now["target"], now["basis"]) == (status, headroom, 0.9, "EXACT")
    assert now["used"] == pytest.approx(late / 10)
    today = headline(NAME, "amazon-2026", messages=messages)
    assert (today["status"], today["headroom"], today["target"], today["used"]) == ("NONE", None, None, None)


def test_nothing_counted_has_no_verdict():
    now = headline(NAME, "handbook", messages=HEADER)
    assert (now["numerator"], now["denominator"], now["value"], now["used"]) == (0, 0, None, None)
    assert (now["low"], now["high"], now["status"], now["headroom"], now["basis"]) == (
        None,
        None,
        "NONE",
        None,
        "EXACT",
    )


def test_without_a_file_of_messages_nothing_can_be_said():
    now = headline(NAME, "handbook", without=("messages",))
    assert (now["basis"], now["status"]) == ("NOT_COMPUTABLE", "NONE")
    assert [now[name] for name in ("numerator", "at_best", "defects", "unknown", "value", "low", "high", "used")] == [
        None
    ] * 8


def test_what_became_of_every_message():
    rows = (
        "1|BUYER|2026-03-10 10:00|yes||;2|BUYER|2026-03-31 10:00|||;3|BUYER|2026-03-10 10:00|||"
        ";4|BUYER|2026-03-01 10:00|||;5|BUYER|2026-02-01 10:00|yes||;5|SELLER|2026-02-01 11:00|||"
    )
    reasons = exclusions(under(NAME, "handbook"), account(messages=f"{MARKED};{rows}"), AS_OF).rows()
    assert reasons == [
        ("Counted", 1),
        ("Before the window", 2),
        ("Marked as needing no response", 1),
        ("Still open: there is time to answer", 1),
    ]
