"""Amazon's own list of order defects: where the account's own files are silent, and where they are not."""

import pytest

from sellerhealth.measure.judge import missing
from tests.metrics.edges import CLEAN, DEFECT, OUT, UNSURE, account, counted, headline, under

ORDERS = "order_id|channel|status|purchased_at;A|MFN|SHIPPED|2026-03-05"
LIST = "order_id|metric|listed_feedback|listed_claim|listed_chargeback|impacts_account_health;A|order_defect_rate|"
FEEDBACK = "order_id|rated_on|rating|removed_on;A|"
CLAIMS = "order_id|claim_type|opened_on|claim_status|funded_by;A|"
RETURNS = "order_id|sku|returned_on|return_has_claim;A|MUG|"
SPAN = "metric|covers_from|covers_to|covers_channel;order_defect_rate|"
NAME = "order_defect_rate"

LISTED = {
    "negative feedback": ("yes|no|no|", DEFECT),
    "a claim": ("no|yes|no|", DEFECT),
    "a chargeback": ("no|no|yes|", DEFECT),
    "all three, counted once": ("yes|yes|yes|", DEFECT),
    "none of them": ("no|no|no|", CLEAN),
    "none told": ("|||", CLEAN),
    "counted, as it says": ("yes|no|no|yes", DEFECT),
    "not counted, as it says": ("yes|yes|yes|no", CLEAN),
}
OWN = {
    # the list, and the account's own file, whose word on that order and kind goes first: in the handbook, for Amazon
    "negative feedback, since removed": ("yes|no|no|", {"feedback": FEEDBACK + "2026-03-20|1|2026-03-25"}, CLEAN, CLEAN),
    "negative feedback, removed tomorrow": ("yes|no|no|", {"feedback": FEEDBACK + "2026-03-20|1|2026-04-01"}, DEFECT, DEFECT),
    "negative feedback, since made a good one": ("yes|no|no|", {"feedback": FEEDBACK + "2026-03-20|5|"}, CLEAN, CLEAN),
    "negative feedback, own file tells of tomorrow only": ("yes|no|no|", {"feedback": FEEDBACK + "2026-04-01|5|"}, DEFECT, DEFECT),
    "negative feedback only our file has": ("no|no|no|", {"feedback": FEEDBACK + "2026-03-20|1|"}, DEFECT, DEFECT),
    "a claim, since denied": ("no|yes|no|", {"claims": CLAIMS + "A_TO_Z|2026-03-20|DENIED|"}, CLEAN, CLEAN),
    "a claim, not decided": ("no|yes|no|", {"claims": CLAIMS + "A_TO_Z|2026-03-20|PENDING|"}, DEFECT, UNSURE),
    "a claim that our file opens tomorrow": ("no|yes|no|", {"claims": CLAIMS + "A_TO_Z|2026-04-01|DENIED|"}, DEFECT, DEFECT),
    "a claim, and our file has a chargeback denied": ("no|yes|no|", {"claims": CLAIMS + "CHARGEBACK|2026-03-20|DENIED|"}, DEFECT, DEFECT),
    "a chargeback, since denied": ("no|no|yes|", {"claims": CLAIMS + "CHARGEBACK|2026-03-20|DENIED|"}, CLEAN, CLEAN),
    "a chargeback, and our file has a claim denied": ("no|no|yes|", {"claims": CLAIMS + "A_TO_Z|2026-03-20|DENIED|"}, DEFECT, DEFECT),
    "feedback, and our file has a claim denied": ("yes|no|no|", {"claims": CLAIMS + "A_TO_Z|2026-03-20|DENIED|"}, DEFECT, DEFECT),
}  # fmt: skip
RETURNED = {
    # what a return tells of a claim, and the other files
    "a claim": ("2026-03-20|yes", {}, UNSURE),
    "no claim": ("2026-03-20|no", {}, CLEAN),
    "nothing": ("2026-03-20|", {}, CLEAN),
    "a claim, on the day looked at": ("2026-03-31|yes", {}, UNSURE),
    "a claim, tomorrow": ("2026-04-01|yes", {}, CLEAN),
    "a claim, no day": ("|yes", {}, UNSURE),
    "a claim of one of two products": ("2026-03-20|no;A|CUP|2026-03-20|yes", {}, UNSURE),
    "a claim our file calls denied": ("2026-03-20|yes", {"claims": CLAIMS + "A_TO_Z|2026-03-20|DENIED|"}, CLEAN),
    "a claim our file opens today": ("2026-03-20|yes", {"claims": CLAIMS + "A_TO_Z|2026-03-31|DENIED|"}, CLEAN),
    "a claim our file opens tomorrow": ("2026-03-20|yes", {"claims": CLAIMS + "A_TO_Z|2026-04-01|GRANTED|SELLER"}, CLEAN),
    "a claim, and a chargeback our file opens tomorrow": ("2026-03-20|yes", {"claims": CLAIMS + "CHARGEBACK|2026-04-01|GRANTED|SELLER"}, UNSURE),
    "a claim our file calls granted": ("2026-03-20|yes", {"claims": CLAIMS + "A_TO_Z|2026-03-20|GRANTED|SELLER"}, DEFECT),
    "a claim, and a chargeback in our file": ("2026-03-20|yes", {"claims": CLAIMS + "CHARGEBACK|2026-03-20|GRANTED|SELLER"}, DEFECT),
    "a claim, and a chargeback denied in our file": ("2026-03-20|yes", {"claims": CLAIMS + "CHARGEBACK|2026-03-20|DENIED|"}, UNSURE),
    "a claim, and bad feedback": ("2026-03-20|yes", {"feedback": FEEDBACK + "2026-03-20|1|"}, DEFECT),
    "a claim Amazon counts": ("2026-03-20|yes", {"amazon_defects": LIST + "no|yes|no|"}, DEFECT),
    "a claim, and Amazon lists other kinds only": ("2026-03-20|yes", {"amazon_defects": LIST + "no|no|no|"}, CLEAN),
    "a claim on the first day a list covers": ("2026-03-20|yes", {"coverage": SPAN + "2026-03-05|2026-03-09|"}, CLEAN),
    "a claim on the last day a list covers": ("2026-03-20|yes", {"coverage": SPAN + "2026-03-01|2026-03-05|MFN"}, CLEAN),
    "a claim the day before a list": ("2026-03-20|yes", {"coverage": SPAN + "2026-03-06|2026-03-09|"}, UNSURE),
    "a claim the day after a list": ("2026-03-20|yes", {"coverage": SPAN + "2026-03-01|2026-03-04|"}, UNSURE),
    "a claim on a day of the other channel's list": ("2026-03-20|yes", {"coverage": SPAN + "2026-03-01|2026-03-09|AFN"}, UNSURE),
    "a claim on a day of both channels' lists": (
        "2026-03-20|yes",
        {"coverage": f"{SPAN}2026-03-01|2026-03-09|AFN;order_defect_rate|2026-03-01|2026-03-09|MFN"},
        CLEAN,
    ),
    "a claim on a day of another metric's list": (
        "2026-03-20|yes",
        {"coverage": SPAN.replace(NAME, "cancellation_rate") + "2026-03-01|2026-03-09|"},
        UNSURE,
    ),
}  # fmt: skip
POLICIES = ("handbook", "amazon-2026")


@pytest.mark.parametrize("case", LISTED)
def test_the_lists_word(case):
    row, expected = LISTED[case]
    for rules in POLICIES:
        assert counted(NAME, rules, orders=ORDERS, amazon_defects=LIST + row) == expected


@pytest.mark.parametrize("case", OWN)
def test_the_own_files_word_goes_first(case):
    row, own, *expected = OWN[case]
    assert [counted(NAME, rules, orders=ORDERS, amazon_defects=LIST + row, **own) for rules in POLICIES] == expected


@pytest.mark.parametrize("case", RETURNED)
def test_a_claim_that_a_return_tells_of(case):
    row, others, expected = RETURNED[case]
    for rules in POLICIES:
        assert counted(NAME, rules, orders=ORDERS, returns=RETURNS + row, **others) == expected


@pytest.mark.parametrize("use", ["not_denied", "seller_at_fault", "decided_only"])
def test_a_claim_of_unknown_outcome_is_unsure_whichever_claims_count(use):
    given = {"orders": ORDERS, "returns": RETURNS + "2026-03-20|yes", "override": {"choice": {"counted_claims": use}}}
    assert counted(NAME, "handbook", **given) == UNSURE
    for metric in ("perfect_order_percentage", "seller_rating"):
        assert counted(metric, "handbook", **given) == UNSURE


def test_an_order_the_list_names_is_flawed():
    for kind in ("yes|no|no|", "no|yes|no|", "no|no|yes|"):
        for metric in ("perfect_order_percentage", "seller_rating"):
            assert counted(metric, "handbook", orders=ORDERS, amazon_defects=LIST + kind) == DEFECT


def test_an_order_listed_that_is_in_no_file_counts_for_nothing():
    listed = LIST.replace(";A|", ";B|") + "yes|no|no|"
    assert counted(NAME, "handbook", orders=ORDERS, amazon_defects=listed) == CLEAN
    assert counted(NAME, "handbook", orders="order_id|status|purchased_at", amazon_defects=listed) == OUT


def test_told_twice_it_is_one_defect():
    twice = f"{LIST}yes|no|no|;A|order_defect_rate|no|yes|no|"
    assert counted(NAME, "handbook", orders=ORDERS, amazon_defects=twice) == DEFECT


@pytest.mark.parametrize(
    ("without", "basis", "reasons"),
    [
        ((), "EXACT", 0),
        (("feedback",), "LOWER_BOUND", 1),
        (("claims",), "LOWER_BOUND", 1),
        (("feedback", "claims"), "LOWER_BOUND", 2),
        (("feedback", "claims", "amazon_defects"), "NOT_COMPUTABLE", 3),
    ],
)
def test_the_list_alone_gives_the_least_it_can_be(without, basis, reasons):
    """A list reaches from its first order to its last, and no further: what it does not reach no file tells."""
    given = {"orders": ORDERS, "amazon_defects": LIST + "yes|no|no|", "without": without}
    now = headline(NAME, "handbook", **given)
    assert now["basis"] == basis
    assert now["numerator"] == (None if basis == "NOT_COMPUTABLE" else 1)
    assert len(missing(under(NAME, "handbook"), account(**given))) == reasons
