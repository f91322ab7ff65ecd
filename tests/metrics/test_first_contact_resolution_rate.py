from datetime import date

import pytest

from sellerhealth.measure.defects import exclusions
from tests.metrics.edges import AS_OF, CLEAN, DEFECT, OUT, POLICIES, account, counted, headline, sums, under

NAME = "first_contact_resolution_rate"
HEADER = "thread_id|sender|sent_at"
MARKED = "thread_id|sender|sent_at|needs_no_response|is_automatic|text_mark"
SURVEY = "thread_id|answered_at|is_solved"
ASKED, ANSWERED = "1|BUYER|2026-03-10 10:00", "1|SELLER|2026-03-10 12:00"
SUNDAY = date(2026, 3, 29)

EDGES = {
    "one answer, then silence": ("", CLEAN),
    "wrote again at once": ("1|BUYER|2026-03-10 12:00:00.000001", DEFECT),
    "wrote again at the moment of the answer": ("1|BUYER|2026-03-10 12:00", CLEAN),
    "wrote again before the answer": ("1|BUYER|2026-03-10 11:00", CLEAN),
    "wrote again after exactly seven days": ("1|BUYER|2026-03-17 12:00", DEFECT),
    "a microsecond later": ("1|BUYER|2026-03-17 12:00:00.000001", CLEAN),
    "wrote again after today": ("1|BUYER|2026-04-01 00:00", CLEAN),
    "the seller wrote again": ("1|SELLER|2026-03-11 12:00", CLEAN),
    "Amazon wrote": ("1|AMAZON|2026-03-11 12:00", CLEAN),
    "another thread": ("2|SELLER|2026-03-11 12:00", CLEAN),
}
STARTS = {
    "the first moment of the eight weeks": ("1|BUYER|2026-02-02 00:00;1|SELLER|2026-02-02 01:00", CLEAN),
    "the moment before it": ("1|BUYER|2026-02-01 23:59:59.999999;1|SELLER|2026-02-02 01:00", OUT),
    "a matter begins with its first message": (
        "1|BUYER|2026-02-01 10:00;1|SELLER|2026-02-01 11:00;1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00",
        OUT,
    ),
    "answered late, then silence": ("1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-15 10:00", CLEAN),
    "silence for exactly seven days": ("1|BUYER|2026-03-24 10:00;1|SELLER|2026-03-25 00:00", CLEAN),
    "a microsecond less": ("1|BUYER|2026-03-24 10:00;1|SELLER|2026-03-25 00:00:00.000001", OUT),
    "wrote again before seven days were over": (
        "1|BUYER|2026-03-28 10:00;1|SELLER|2026-03-28 11:00;1|BUYER|2026-03-31 23:59:59.999999",
        DEFECT,
    ),
    "never answered": ("1|BUYER|2026-03-10 10:00", DEFECT),
    "asked twice, never answered": ("1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-20 10:00", DEFECT),
    "answered after today": ("1|BUYER|2026-03-28 10:00;1|SELLER|2026-04-01 00:00", DEFECT),
    "the seller wrote first": ("1|SELLER|2026-03-10 10:00", OUT),
    "the seller wrote first, the buyer got no answer": ("1|SELLER|2026-03-10 10:00;1|BUYER|2026-03-10 11:00", DEFECT),
    "no moment told": ("1|BUYER|;1|SELLER|2026-03-10 10:00", OUT),
    "the last Sunday": (
        "1|BUYER|2026-03-29 23:59:59.999999;1|SELLER|2026-03-30 10:00;1|BUYER|2026-03-30 11:00",
        DEFECT,
    ),
    "Monday of this week": ("1|BUYER|2026-03-30 00:00;1|SELLER|2026-03-30 10:00;1|BUYER|2026-03-30 11:00", OUT),
    "told twice": ("1|BUYER|2026-03-10 10:00;1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 11:00", CLEAN),
}
SURVEYS = {
    # (survey answers about a matter that silence solves: as the policy has it, by threads only, by the survey only)
    "none": ("", CLEAN, CLEAN, OUT),
    "solved": ("1|2026-03-12 10:00|yes", CLEAN, CLEAN, CLEAN),
    "not solved": ("1|2026-03-12 10:00|no", DEFECT, CLEAN, DEFECT),
    "not told": ("1|2026-03-12 10:00|", CLEAN, CLEAN, OUT),
    "the latest word counts": ("1|2026-03-12 10:00|no;1|2026-03-13 10:00|yes", CLEAN, CLEAN, CLEAN),
    "an empty one is no word": ("1|2026-03-12 10:00|no;1|2026-03-13 10:00|", DEFECT, CLEAN, DEFECT),
    "after today": ("1|2026-04-01 00:00|no", CLEAN, CLEAN, OUT),
    "in the last moment of today": ("1|2026-03-31 23:59:59.999999|no", DEFECT, CLEAN, DEFECT),
    "no moment told": ("1||no", CLEAN, CLEAN, OUT),
    "about another thread": ("2|2026-03-12 10:00|no", (1, 0, 2), CLEAN, DEFECT),
}
ALONE = {
    "2026-02-02 00:00": DEFECT,
    "2026-02-01 23:59": OUT,
    "2026-03-29 23:59": DEFECT,
    "2026-03-30 00:00": OUT,
}


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", EDGES)
def test_further_message(case, rules):
    more, expected = EDGES[case]
    rows = ";".join(filter(None, [HEADER, ASKED, ANSWERED, more]))
    assert counted(NAME, rules, messages=rows) == expected


@pytest.mark.parametrize("rules", POLICIES)
@pytest.mark.parametrize("case", STARTS)
def test_matter(case, rules):
    rows, expected = STARTS[case]
    assert counted(NAME, rules, messages=f"{HEADER};{rows}") == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("2026-03-29 00:00", OUT), ("2026-03-28 23:59:59.999999", DEFECT), ("2026-03-29 12:00", OUT)],
)
def test_no_answer_yet(asked, expected):
    """On a Sunday, for a matter of that day is in the window while there is still time to answer."""
    assert counted(NAME, "handbook", as_of=SUNDAY, messages=f"{HEADER};1|BUYER|{asked}") == expected


def test_too_early_on_one_day_is_solved_a_day_later():
    messages = f"{HEADER};1|BUYER|2026-03-24 10:00;1|SELLER|2026-03-25 12:00"
    assert counted(NAME, "handbook", as_of=AS_OF, messages=messages) == OUT
    assert counted(NAME, "handbook", as_of=date(2026, 4, 1), messages=messages) == CLEAN


def test_seven_days_are_168_hours_whatever_the_clocks_do():
    rows = "1|BUYER|2026-03-03 10:00;1|SELLER|2026-03-03 12:00;1|BUYER|2026-03-10 {}"
    for again, expected in {"13:00": DEFECT, "13:00:00.000001": CLEAN}.items():
        assert counted(NAME, "handbook", messages=f"{HEADER};{rows.format(again)}") == expected


@pytest.mark.parametrize(("marked", "expected"), [("yes", CLEAN), ("no", DEFECT), ("", DEFECT)])
def test_thanks_are_no_further_message(marked, expected):
    rows = f"1|BUYER|2026-03-10 10:00|||;1|SELLER|2026-03-10 12:00|||;1|BUYER|2026-03-10 13:00|{marked}||"
    assert counted(NAME, "handbook", messages=f"{MARKED};{rows}") == expected


def test_a_thread_that_needs_no_response_is_no_matter():
    assert counted(NAME, "handbook", messages=f"{MARKED};1|BUYER|2026-03-10 10:00|yes||") == OUT


@pytest.mark.parametrize(("word", "expected"), [("yes", CLEAN), ("", CLEAN), ("no", DEFECT)])
def test_an_automatic_reply_is_not_the_first_answer(word, expected):
    """The buyer writes again after the machine's reply and before the person's."""
    rows = (
        f"1|BUYER|2026-03-10 10:00|||;1|SELLER|2026-03-10 10:01||{word}|7"
        ";1|BUYER|2026-03-10 11:00|||;1|SELLER|2026-03-10 12:00||no|"
        ";2|BUYER|2026-01-10 10:00|||;2|SELLER|2026-01-10 10:00:20|||7"
    )
    assert counted(NAME, "handbook", messages=f"{MARKED};{rows}") == expected


@pytest.mark.parametrize(("word", "expected"), [("yes", DEFECT), ("", DEFECT), ("no", CLEAN)])
def test_a_machine_alone_has_not_answered(word, expected):
    rows = (
        f"1|BUYER|2026-03-10 10:00|||;1|SELLER|2026-03-10 10:01||{word}|7"
        ";2|BUYER|2026-01-10 10:00|||;2|SELLER|2026-01-10 10:00:20|||7"
    )
    assert counted(NAME, "handbook", messages=f"{MARKED};{rows}") == expected


@pytest.mark.parametrize("case", SURVEYS)
def test_survey(case):
    rows, *expected = SURVEYS[case]
    tables = {"messages": f"{HEADER};{ASKED};{ANSWERED}", "surveys": ";".join(filter(None, [SURVEY, rows]))}
    ways = ({}, {"survey_answer": "left_aside"}, {"silence": "left_aside"})
    found = [counted(NAME, "handbook", override={"choice": way}, **tables) for way in ways]
    assert found == expected


def test_the_survey_decides_what_is_too_early_to_say():
    messages = f"{HEADER};1|BUYER|2026-03-28 10:00;1|SELLER|2026-03-28 11:00"
    assert counted(NAME, "handbook", messages=messages) == OUT
    assert counted(NAME, "handbook", messages=messages, surveys=f"{SURVEY};1|2026-03-30 10:00|yes") == CLEAN
    assert counted(NAME, "handbook", messages=messages, surveys=f"{SURVEY};1|2026-03-30 10:00|no") == DEFECT


@pytest.mark.parametrize("answered", ALONE)
def test_a_matter_known_from_the_survey_only_has_the_day_of_its_answer(answered):
    assert counted(NAME, "handbook", surveys=f"{SURVEY};1|{answered}|no") == ALONE[answered]


def test_the_day_of_a_matter_is_that_of_its_message():
    tables = {"messages": f"{HEADER};1|BUYER|2026-02-01 10:00", "surveys": f"{SURVEY};1|2026-02-03 10:00|no"}
    assert counted(NAME, "handbook", **tables) == OUT


def test_the_marketplace_is_that_of_the_order():
    messages = "thread_id|sender|sent_at|order_id;1|BUYER|2026-03-10 10:00|{}"
    for order, expected in {"CA": OUT, "US": DEFECT, "UNKNOWN": DEFECT, "": DEFECT}.items():
        orders = "order_id|marketplace;CA|CA;US|US"
        assert counted(NAME, "handbook", messages=messages.format(order), orders=orders) == expected


def test_the_days_of_one_matter_can_be_set():
    messages = f"{HEADER};{ASKED};{ANSWERED};1|BUYER|2026-03-13 12:00"
    for days, expected in {3: DEFECT, 2: CLEAN}.items():
        assert counted(NAME, "handbook", override={"value": {"same_matter_days": days}}, messages=messages) == expected


def test_the_figure_is_the_share_of_the_solved():
    rows = "1|BUYER|2026-03-10 10:00;1|SELLER|2026-03-10 12:00;2|BUYER|2026-03-10 10:00;3|BUYER|2026-03-28 10:00;3|SELLER|2026-03-28 12:00"
    now = headline(NAME, "handbook", messages=f"{HEADER};{rows}")
    assert (now["numerator"], now["denominator"], now["value"], now["status"], now["target"]) == (
        1,
        2,
        0.5,
        "NONE",
        None,
    )
    assert now["low"] < 0.5 < now["high"]


def test_nothing_counted_has_no_rate():
    assert sums(NAME, "handbook", messages=HEADER) == (0, 0, 0)


def test_one_of_the_two_inputs_is_enough():
    surveys, messages = f"{SURVEY};1|2026-03-12 10:00|no", f"{HEADER};{ASKED};{ANSWERED}"
    without = headline(NAME, "handbook", without=("messages",), surveys=surveys)
    assert (without["basis"], without["defects"], without["counted"]) == ("EXACT", 1, 1)
    without = headline(NAME, "handbook", without=("surveys", "surveys.is_solved"), messages=messages)
    assert (without["basis"], without["defects"], without["counted"]) == ("EXACT", 0, 1)
    nothing = headline(NAME, "handbook", without=("messages", "surveys", "surveys.is_solved"))
    assert (nothing["basis"], nothing["numerator"]) == ("NOT_COMPUTABLE", None)


def test_what_became_of_every_matter():
    rows = "1|BUYER|2026-02-01 10:00;2|BUYER|2026-03-10 10:00;3|BUYER|2026-03-28 10:00;3|SELLER|2026-03-28 12:00;4|BUYER|2026-03-30 10:00"
    reasons = exclusions(under(NAME, "handbook"), account(messages=f"{HEADER};{rows}"), AS_OF).rows()
    assert reasons == [
        ("Counted", 1),
        ("Before the window", 1),
        ("After the window", 1),
        ("Too early to say, or nobody was asked", 1),
    ]
