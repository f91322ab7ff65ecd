"""The policy notifications in words: the mark, what it rests on, the list, the categories and the rules."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from sellerhealth.definition import policy as policies
from sellerhealth.measure.evaluate import RESULT
from sellerhealth.measure.notifications import by_category, notifications, standing
from sellerhealth.metrics import METRICS, STATES
from sellerhealth.show import numbers
from sellerhealth.show import standing as shown_standing
from sellerhealth.show.overview import tiles
from sellerhealth.show.standing import (
    categories_table,
    mark,
    notifications_table,
    standing_card,
    standing_sentences,
    state_card,
)
from tests.show.figures import AMAZON, ESCAPED, EVIL, HANDBOOK, POLICIES
from tests.show.markup import harmless, read, text_of

NAME = "policy_violations"
STATE = HANDBOOK.states[NAME]
LEVELS = STATE.levels
(NEED,) = STATE.definition.needs
NO_LIST = dict.fromkeys(("unread", "read", "under_review", "open"))
DAY, NEXT_DAY = date(2026, 11, 15), date(2026, 11, 16)


def row(**more):
    """How an account with an empty list stands."""
    return {
        "policy": "handbook",
        "as_of": date(2026, 3, 31),
        "level": "GREEN",
        "unread": 0,
        "read": 0,
        "under_review": 0,
        "open": 0,
        "rating": None,
        "is_estimate": None,
        "rated_on": None,
        "account_status": None,
        "status_on": None,
        "violations": None,
        "counted_on": None,
        "too_old_on": None,
        "basis": "EXACT",
        **more,
    }


SENTENCES = {
    "an empty list": ({}, ["0 open notifications: 0 unread, 0 read, 0 under review."]),
    "one": ({"unread": 1, "open": 1}, ["1 open notification: 1 unread, 0 read, 0 under review."]),
    "several": (
        {"unread": 1, "read": 2, "under_review": 3, "open": 6},
        ["6 open notifications: 1 unread, 2 read, 3 under review."],
    ),
    "the list goes before Amazon's counters": (
        {"violations": 5},
        ["0 open notifications: 0 unread, 0 read, 0 under review."],
    ),
    "Amazon's counters": (NO_LIST | {"violations": 5}, ["Amazon counts 5 open violations."]),
    "Amazon counts one": (NO_LIST | {"violations": 1}, ["Amazon counts 1 open violation."]),
    "Amazon counts none": (NO_LIST | {"violations": 0}, ["Amazon counts 0 open violations."]),
    "nothing": (NO_LIST, []),
    "Amazon's counters of a day": (
        NO_LIST | {"violations": 5, "counted_on": DAY},
        ["Amazon counts 5 open violations (15 Nov 2026)."],
    ),
    "normal": (NO_LIST | {"account_status": "NORMAL"}, ["Amazon calls the account normal."]),
    "normal on a day": (
        NO_LIST | {"account_status": "NORMAL", "status_on": DAY},
        ["Amazon calls the account normal (15 Nov 2026)."],
    ),
    "at risk, as the mark says": (NO_LIST | {"account_status": "AT_RISK"}, []),
    "at risk on a day": (
        NO_LIST | {"account_status": "AT_RISK", "status_on": DAY},
        ["Amazon said so on 15 Nov 2026."],
    ),
    "given": (
        NO_LIST | {"rating": 250, "is_estimate": False, "rated_on": DAY},
        ["Account Health Rating 250 of 1,000 (as Amazon gave it on 15 Nov 2026)."],
    ),
    "given on no day": (
        NO_LIST | {"rating": 250, "is_estimate": False},
        ["Account Health Rating 250 of 1,000 (as Amazon gives it)."],
    ),
    "the rating's own day": (
        NO_LIST | {"rating": 250, "is_estimate": False, "rated_on": DAY, "violations": 1, "counted_on": NEXT_DAY},
        [
            "Amazon counts 1 open violation (16 Nov 2026).",
            "Account Health Rating 250 of 1,000 (as Amazon gave it on 15 Nov 2026).",
        ],
    ),
    "estimated": (
        NO_LIST | {"rating": 0, "is_estimate": True},
        ["Account Health Rating 0 of 1,000 (our estimate; Amazon gives none)."],
    ),
    "estimated, since Amazon's is too old": (
        NO_LIST | {"rating": 198, "is_estimate": True, "too_old_on": DAY},
        [
            "Account Health Rating 198 of 1,000 (our estimate).",
            "What Amazon reported on 15 Nov 2026 is too old to decide anything.",
        ],
    ),
    "the most there is": (
        NO_LIST | {"rating": 1000, "is_estimate": False},
        ["Account Health Rating 1,000 of 1,000 (as Amazon gives it)."],
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_what_the_mark_rests_on(case):
    more, said = SENTENCES[case]
    assert standing_sentences(row(**more), STATE) == said


def test_the_most_there_is_may_be_the_accounts_own():
    own = replace(STATE, terms=replace(STATE.terms, values={**STATE.terms.values, "rating_most": 2000}))
    assert standing_sentences(row(**NO_LIST, rating=1500, is_estimate=True), own) == [
        "Account Health Rating 1,500 of 2,000 (our estimate; Amazon gives none)."
    ]


MARKS = {
    # How it stands: the handbook's words for the mark, and Amazon's.
    "nothing estimated": ({"level": "GREEN"}, "Green check", "Green check"),
    "given": ({"level": "YELLOW", "rating": 150, "is_estimate": False}, *["Yellow exclamation mark"] * 2),
    "estimated": (
        {"level": "YELLOW", "rating": 150, "is_estimate": True},
        *("Yellow exclamation mark", "Yellow exclamation mark (by our estimate)"),
    ),
    "green by estimate": (
        {"level": "GREEN", "rating": 204, "is_estimate": True},
        *("Green check", "Green check (by our estimate)"),
    ),
    "estimated, but Amazon says": (
        {"level": "RED", "rating": 204, "is_estimate": True, "account_status": "DEACTIVATED"},
        *("Red cross", "Red cross"),
    ),
    "estimated, and Amazon says normal": (
        {"level": "RED", "rating": 50, "is_estimate": True, "account_status": "NORMAL"},
        *("Red cross", "Red cross (by our estimate)"),
    ),
}


@pytest.mark.parametrize("case", MARKS)
def test_the_mark_says_what_is_estimated(case):
    more, by_handbook, by_amazon = MARKS[case]
    assert mark(row(**more), STATE) == by_handbook
    assert mark(row(**more), AMAZON.states[NAME]) == by_amazon
    shown = card(row(policy="amazon-2026", **more), policies=[AMAZON])
    assert shown.text.split(" ", 1)[1].startswith(f"{by_amazon}. ")
    assert f"<strong>{by_amazon}</strong>" in shown.html


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
@pytest.mark.parametrize(("status", "called"), [("DEACTIVATED", "deactivated"), ("AT_RISK", "at risk")])
def test_an_account_that_is_not_normal_says_so_by_either_rule(policy, status, called):
    told = row(policy=policy.name, level="RED", rating=350, is_estimate=False, account_status=status, status_on=DAY)
    text = card(told, policies=[policy]).text
    start = f"✕ Red cross. The account is not normal: Amazon calls it {called}. Amazon said so on 15 Nov 2026. "
    assert text.startswith(start + OPEN)
    assert "looked into" not in text
    assert "critical" not in text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"level": "YELLOW", "rating": 198, "is_estimate": True}, "Yellow exclamation mark (by our estimate)"),
        ({"level": "YELLOW", "rating": 198, "is_estimate": False}, "Yellow exclamation mark"),
        (
            {"level": "RED", "account_status": "DEACTIVATED"},
            "Red cross. The account is not normal: Amazon calls it deactivated",
        ),
    ],
)
def test_the_tile_says_the_same_as_the_card(more, said):
    nothing = pl.DataFrame(schema=RESULT)
    stands = pl.DataFrame([row(policy="amazon-2026", state=NAME, **more)])
    tile = tiles(nothing, nothing, nothing, stands, [AMAZON])
    told = card(row(policy="amazon-2026", **more), policies=[AMAZON])
    mark_of, _, rest = told.text.partition(" ")
    assert tile.text == f"{mark_of} {STATE.label}: {rest}"
    assert tile.text.startswith(f"{mark_of} {STATE.label}: {said}. ")
    assert f"<strong>{said.split('. ')[0]}</strong>" in tile.html


def test_a_mark_by_estimate_stands_beside_as_such():
    estimate = row(level="YELLOW", policy="amazon-2026", rating=198, is_estimate=True)
    told = card(row(rating=198, is_estimate=True), estimate).text
    assert told.startswith("✓ Green check. ")
    assert told.endswith("Amazon 2026: yellow exclamation mark (by our estimate).")


@pytest.mark.parametrize("level", ["GREEN", "YELLOW", "RED", "NONE"])
def test_a_mark_stands_once_on_its_card(level):
    shown = card(row(level=level), row(level=level, policy="amazon-2026"))
    words = mark(row(level=level), STATE).lower()
    assert shown.text.lower().count(words) == 1
    assert text_of(shown.html).lower().count(words) == 1


def card(*rows, policies=POLICIES, missing=()):
    return standing_card([pl.DataFrame([one]) for one in rows], NAME, policies, list(missing))


OPEN = "0 open notifications: 0 unread, 0 read, 0 under review."
CARDS = {
    "green": ("GREEN", f"✓ Green check. {LEVELS['GREEN']} {OPEN}"),
    "yellow": ("YELLOW", f"! Yellow exclamation mark. {LEVELS['YELLOW']} {OPEN}"),
    "red": ("RED", f"✕ Red cross. {LEVELS['RED']} {OPEN}"),
}


@pytest.mark.parametrize("case", CARDS)
def test_each_mark_with_its_meaning(case):
    level, said = CARDS[case]
    shown = card(row(level=level), row(level=level, policy="amazon-2026"))
    assert shown.text == said
    assert f"{said.split(' ', 1)[1].split('.')[0]} 31 Mar 2026 {said.split('. ', 1)[1]}" in text_of(
        harmless(shown.html)
    )
    assert f'class="headline {shown_standing.CLASS[level]} main"' in shown.html


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("GREEN", "Amazon 2026: green check."),
        ("RED", "Amazon 2026: red cross."),
        ("NONE", "Amazon 2026: no verdict."),
        ("YELLOW", ""),
    ],
)
def test_another_policys_mark_stands_beside_where_it_differs(level, said):
    told = card(row(level="YELLOW"), row(level=level, policy="amazon-2026")).text
    assert told == f"! Yellow exclamation mark. {LEVELS['YELLOW']} {OPEN} {said}".strip()


def test_a_mark_of_amazons_counters_may_be_of_what_was_read():
    told = card(row(**NO_LIST | {"violations": 1, "level": "YELLOW", "basis": "UPPER_BOUND"})).text
    assert told.endswith("Amazon counts 1 open violation. Some of what Amazon counts may have been read already.")


def test_nothing_told_names_the_file_that_would():
    told = card(row(**NO_LIST | {"level": "NONE", "basis": "NOT_COMPUTABLE"}), missing=[NEED])
    assert told.text == f"– No verdict. No file tells how the account stands now. {NEED.reason} {NEED.remedy}"


def test_a_list_that_gives_no_rating_is_still_a_list():
    told = card(row(level="NONE", policy="amazon-2026", basis="NOT_COMPUTABLE"), policies=POLICIES[::-1]).text
    assert OPEN in told
    assert "No file tells how the account stands now." not in told


WRONG = {
    "healthy, with one unread": (
        {"level": "GREEN", "unread": 1, "open": 1, "rating": 900},
        "no notification is unread",
    ),
    "at risk, all read": ({"level": "YELLOW", "rating": 150}, "something to read"),
    "critical, not looked into": ({"level": "RED", "rating": 50}, "being looked into"),
}


@pytest.mark.parametrize("case", WRONG)
def test_by_the_rating_a_mark_says_nothing_of_reading(case):
    more, wrong = WRONG[case]
    told = card(row(policy="amazon-2026", is_estimate=False, **more), policies=[AMAZON]).text
    assert wrong not in told


def test_a_foreign_text_is_escaped():
    shown = card(row(), missing=[replace(NEED, reason=EVIL)])
    assert ESCAPED in harmless(shown.html)
    assert EVIL in shown.text


def notice(**more):
    return {
        "notification_id": "A",
        "notified_on": date(2026, 3, 20),
        "category": "LISTING_POLICY",
        "severity": "LOW",
        "asin": "B000000001",
        "standing": "UNREAD",
        "age_days": 11,
        "leaves_on": date(2026, 9, 16),
        "points": 2,
        **more,
    }


def test_the_list_in_words_with_what_to_do_first_on_top():
    rows = [
        notice(standing="READ", category="INTELLECTUAL_PROPERTY_RECEIVED", severity=None, asin=EVIL),
        notice(leaves_on=date(2026, 9, 17)),
        notice(),
        notice(standing="UNDER_REVIEW", severity="CRITICAL", asin=None),
    ]
    _, _, headings, found = read(notifications_table(pl.DataFrame(rows, infer_schema_length=None)))
    assert headings == ["How it stands", "Came on", "About", "Severity", "ASIN", "Days old", "Leaves by itself on"]
    assert found == [
        ("Under review", "20 Mar 2026", "Listing policy", "Critical", "–", "11", "16 Sep 2026"),
        ("Unread", "20 Mar 2026", "Listing policy", "Low", "B000000001", "11", "16 Sep 2026"),
        ("Unread", "20 Mar 2026", "Listing policy", "Low", "B000000001", "11", "17 Sep 2026"),
        ("Read", "20 Mar 2026", "Intellectual property received", "–", EVIL.strip(), "11", "16 Sep 2026"),
    ]


@pytest.mark.parametrize(
    ("rows", "title"),
    [(1, "1 notification that weighs"), (2, "2 notifications that weigh"), (30, "30 notifications that weigh")],
)
def test_the_list_counts_what_weighs(rows, title):
    found = read(notifications_table(pl.DataFrame([notice()] * rows)))
    assert (found[0], len(found[3])) == (title, min(rows, 25))


def test_a_long_list_says_that_it_is_cut():
    assert "The first 25 are shown." in read(notifications_table(pl.DataFrame([notice()] * 26)))[1]


def test_the_list_does_not_call_the_180th_day_older_than_180_days():
    # It leaves on the day on which it is 180 days old.
    assert "older than 180 days" not in read(notifications_table(pl.DataFrame([notice()])))[1]


def test_the_list_and_the_categories_of_the_example_and_of_nothing():
    example = STATE.definition.example
    account = example.account()
    found, counted = (made(STATE, account, example.as_of) for made in (notifications, by_category))
    assert [cells[0] for cells in read(notifications_table(found))[3]] == ["Unread", "Read", "Read", "Read"]
    assert len(read(categories_table(counted))[3]) == 4
    assert read(notifications_table(found.clear()))[0] == "0 notifications that weigh"
    assert read(categories_table(counted.clear()))[3] == []


def test_the_categories_in_words():
    rows = [("LISTING_POLICY", 1200, None), ("DOCUMENT_REQUEST", None, 3), (EVIL, 0, 1)]
    frame = pl.DataFrame(rows, schema={"category": pl.String, "listed": pl.Int64, "counted": pl.Int64}, orient="row")
    title, subtitle, headings, found = read(categories_table(frame))
    assert (title, headings) == ("By category", ["About", "On our list", "Amazon counts"])
    assert subtitle.endswith(".")
    assert found[:2] == [("Listing policy", "1,200", "–"), ("Document request", "–", "3")]


@pytest.mark.parametrize("policies", [[HANDBOOK], [AMAZON], POLICIES], ids=["handbook", "amazon", "both"])
def test_every_rule_stands_with_its_policy_and_its_source(policies):
    shown = state_card(STATE, policies)
    harmless(shown.html)
    for policy in policies:
        terms = policy.states[NAME].terms
        for key in ("windows", "event_date", "rule", *STATE.definition.values):
            source = terms.sources[key]
            assert f"[{source.text} ({numbers.day(source.dated)})." in shown.text
    assert all(f"- {caveat}" in shown.text for caveat in STATE.definition.caveats)


def test_an_own_rule_of_the_account_says_so():
    overrides = {NAME: {"windows": [90], "choice": {"rule": "rating"}, "value": {"points_low": 3}}}
    own = [policies.load(policy.name, METRICS, STATES, overrides) for policy in POLICIES]
    lines = state_card(STATE, own).text.splitlines()
    told = [line.split(" [")[0] for line in lines if line.endswith("[set by this account in account.toml]")]
    assert told == [
        "Handbook and Amazon 2026: Over which days? 90 days",
        f"Handbook and Amazon 2026: {STATE.definition.choices['rule'].question} the Account Health Rating",
        f"Handbook and Amazon 2026: {STATE.definition.values['points_low']} 3",
    ]


def test_the_list_and_the_meaning_name_no_days_that_an_account_may_set():
    note = read(notifications_table(pl.DataFrame([notice()])))[1]
    assert [text for text in (note, STATE.definition.counted, STATE.definition.why) if "180" in text] == []


def test_a_rule_of_both_policies_is_told_once():
    lines = state_card(STATE, POLICIES).text.splitlines()
    labels = [line.split(":")[0] for line in lines if "[" in line]
    assert set(labels) == {"Handbook and Amazon 2026", "Handbook", "Amazon 2026"}
    assert len([line for line in lines if STATE.definition.choices["rule"].question in line]) == 2
    assert len([line for line in lines if STATE.definition.values["rating_lot"] in line]) == 1


def test_the_card_of_the_example():
    example = STATE.definition.example
    told = [standing(policy.states[NAME], example.account(), example.as_of) for policy in POLICIES]
    text = standing_card(told, NAME, POLICIES, []).text
    assert text.startswith(f"! Yellow exclamation mark. {LEVELS['YELLOW']} 4 open notifications: 1 unread, 3 read")
