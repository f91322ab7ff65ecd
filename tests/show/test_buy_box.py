"""The Buy Box outlook and what would lift a rating: each sentence, right in the singular and never more than known."""

import polars as pl
import pytest

from sellerhealth.measure.compare import overview
from sellerhealth.measure.lift import lift
from sellerhealth.show.buy_box import buy_box, lifts, outlook
from tests.show.figures import (
    AMAZON,
    EVIL,
    HANDBOOK,
    NOT_COMPUTABLE,
    NOTHING,
    POLICIES,
    example,
    mean_row,
    metric,
    row,
)
from tests.show.markup import harmless, is_twin

BARRING = ("order_defect_rate", "cancellation_rate", "late_dispatch_rate")


def rating(**more):
    return mean_row("seller_rating", 95.0, 10, **{"status": "GOOD", **more})


def bars(*names):
    """The metrics Amazon names for the Buy Box, those of these names and channels missing their targets."""
    rows = [row(metric=name) for name in BARRING] + [row(metric="order_defect_rate", channel="AFN")]
    return [one | {"status": "BAD"} if (one["metric"], one["channel"]) in names else one for one in rows]


def said(*rows, policy=HANDBOOK):
    return outlook(pl.DataFrame(rows, infer_schema_length=None), policy)


LATE, CANCELLED = ("late_dispatch_rate", "MFN"), ("cancellation_rate", "MFN")
OURS, AMAZONS = ("order_defect_rate", "MFN"), ("order_defect_rate", "AFN")
OUTLOOKS = {
    "high enough": (rating(), (), "Buy Box: the rating is high enough for a chance at it. No metric bars it."),
    "too low": (rating(status="BAD"), (), "Buy Box: the rating is too low for a chance at it. No metric bars it."),
    "one bars it": (
        rating(),
        (LATE,),
        "Buy Box: the rating is high enough for a chance at it. Late Dispatch Rate bars it.",
    ),
    "two bar it": (
        rating(status="BAD"),
        (LATE, CANCELLED),
        "Buy Box: the rating is too low for a chance at it. Cancellation Rate and Late Dispatch Rate bar it.",
    ),
    "a channel bars it": (
        rating(),
        (AMAZONS,),
        "Buy Box: the rating is high enough for a chance at it. Order Defect Rate (shipped by Amazon) bars it.",
    ),
    "both channels bar it": (
        rating(),
        (OURS, AMAZONS),
        (
            "Buy Box: the rating is high enough for a chance at it. Order Defect Rate (shipped by us) and Order "
            "Defect Rate (shipped by Amazon) bar it."
        ),
    ),
    "nothing counted, one bars it": (
        rating() | NOTHING,
        (LATE,),
        "Buy Box: the rating is not known. Late Dispatch Rate bars it.",
    ),
    "not computable": (rating() | NOT_COMPUTABLE, (), "Buy Box: the rating is not known. No metric bars it."),
}


@pytest.mark.parametrize("case", OUTLOOKS)
def test_the_outlook(case):
    told, names, sentences = OUTLOOKS[case]
    assert said(told, *bars(*names)) == sentences


@pytest.mark.parametrize(
    ("names", "sentences"),
    [
        ((), "Buy Box: Amazon goes by other figures today. No metric bars it."),
        ((LATE,), "Buy Box: Amazon goes by other figures today. Late Dispatch Rate bars it."),
        (
            (LATE, CANCELLED),
            "Buy Box: Amazon goes by other figures today. Cancellation Rate and Late Dispatch Rate bar it.",
        ),
    ],
)
def test_the_outlook_without_a_target(names, sentences):
    assert said(rating(status="NONE", target=None), *bars(*names), policy=AMAZON) == sentences


def test_a_bound_that_decides_nothing_says_that_it_is_not_certain():
    told = said(rating(status="NONE", basis="UPPER_BOUND"), *bars())
    assert "certain" in told
    assert "is not certain for a chance" not in told


def test_metrics_that_cannot_be_computed_are_not_called_clear():
    blind = [one | NOT_COMPUTABLE for one in bars()]
    assert "No metric bars it." not in said(rating(), *blind)


def test_other_metrics_bar_nothing():
    other = row(metric="valid_tracking_rate", status="BAD")
    assert said(rating(), *bars(), other).endswith("No metric bars it.")


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_the_outlook_of_an_example_as_a_card(policy):
    account, as_of = example(metric("seller_rating"))
    results = overview(policy, account, as_of)
    shown = buy_box(results, policy)
    assert shown.text == outlook(results, policy)
    assert is_twin(shown)


def gained(**more):
    return {"flaw": "late_shipment", "defects": 3, "alone": 2, "value": 0.96, "gain": 0.01, **more}


def lifted(*rows, name="perfect_order_percentage"):
    shown = lifts(pl.DataFrame(rows, infer_schema_length=None), metric(name))
    assert is_twin(shown)
    return shown.text.splitlines()


LIFTS = {
    "a point": (
        gained(),
        "Without any late shipment it would be 96 %, 1 point more. 3 orders had it, 2 of them no other flaw.",
    ),
    "points": (
        gained(flaw="negative_feedback", gain=0.1),
        "Without any negative feedback it would be 96 %, 10 points more. 3 orders had it, 2 of them no other flaw.",
    ),
    "a part of a point": (
        gained(flaw="claim", gain=0.0012),
        "Without any claim it would be 96 %, 0.1 points more. 3 orders had it, 2 of them no other flaw.",
    ),
    "never alone": (gained(alone=0), "Without any late shipment it would be 96 %, 1 point more. 3 orders had it."),
    "many": (
        gained(defects=1200, alone=1100),
        "Without any late shipment it would be 96 %, 1 point more. 1,200 orders had it, 1,100 of them no other flaw.",
    ),
    "one of several": (
        gained(alone=1),
        "Without any late shipment it would be 96 %, 1 point more. 3 orders had it, 1 of them no other flaw.",
    ),
}


@pytest.mark.parametrize("case", LIFTS)
def test_what_would_lift_a_share(case):
    told, sentence = LIFTS[case]
    assert lifted(told) == [sentence]


def test_what_would_lift_points():
    told = lifted(gained(flaw="late_answer", value=93.14, gain=1.0), name="seller_rating")
    assert told == [
        "Without any late answer it would be 93.1 of 100, 1 point more. 3 orders had it, 2 of them no other flaw."
    ]


def test_one_order_is_not_one_of_them():
    (told,) = lifted(gained(defects=1, alone=1))
    assert told.startswith("Without any late shipment it would be 96 %, 1 point more. 1 order had it")
    assert "of them" not in told


def test_a_gain_that_can_hardly_be_seen_is_not_called_none():
    (told,) = lifted(gained(gain=0.0004))
    assert ", 0 points more" not in told


def test_the_three_that_lift_most():
    told = lifted(*(gained(flaw=name, gain=0.1) for name in ("refund", "claim", "chargeback", "buyer_message")))
    assert [line.split(" ")[2] for line in told] == ["refund", "claim", "chargeback"]


def test_without_a_flaw_there_is_nothing_to_lift():
    clean = gained(defects=0, alone=0, value=1.0, gain=0.0)
    assert lifted(clean) == ["No flaw is known in the window."]
    assert lifts(pl.DataFrame([clean]).clear(), metric("seller_rating")).text == "No flaw is known in the window."


def test_flaws_that_never_stand_alone_are_flaws():
    # Each order has two: taking one away mends none.
    told = [gained(flaw=name, defects=2, alone=0, value=0.5, gain=0.0) for name in ("claim", "refund")]
    assert "No flaw is known in the window." not in lifted(*told)


def test_what_is_not_computed_is_not_called_flawless():
    assert "No flaw is known in the window." not in lifted(gained(value=None, gain=None))


def test_a_foreign_name_is_escaped():
    assert "&lt;script&gt;" in harmless(lifts(pl.DataFrame([gained(flaw=EVIL)]), metric("seller_rating")).html)


@pytest.mark.parametrize("name", ["perfect_order_percentage", "seller_rating"])
def test_every_flaw_of_the_example_reads_as_words(name):
    account, as_of = example(metric(name))
    told = lifts(lift(metric(name), account, as_of), metric(name), most=20).text
    assert told.count("\n") >= 1
    assert "_" not in told
