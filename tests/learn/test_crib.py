"""The crib of a metric: its rules side by side, and when something leaves, counted by hand."""

import pytest

from sellerhealth import policy
from sellerhealth.learn import course
from sellerhealth.learn.background import glossary, history
from sellerhealth.learn.crib import crib
from tests.show.markup import harmless, text_of

HANDBOOK = policy("handbook")
EVERY = [HANDBOOK.states[one.name] if one.name in HANDBOOK.states else HANDBOOK[one.name] for one in course.subjects()]
each = pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)
TOLD = {
    "late_dispatch_rate": [
        "Late Dispatch Rate (LDR): of the orders we had to ship, how many were confirmed late?",
        "Left out: Shipped by Amazon; Payment still pending; Cancelled; No ship-by date in any file; No confirmation known.",
        "Window: Handbook: 30 days and 10 days; Amazon 2026: 30 days and 10 days",
        "Target: Handbook: below 4 %; Amazon 2026: below 4 %",
        ("It leaves: Handbook: one of 1 Mar 2026 is gone on 31 Mar 2026; "
        "Amazon 2026: one of 1 Mar 2026 is gone on 31 Mar 2026"),
        ("From when is a confirmation late?: Handbook: three days or more after the ship-by day; "
        "Amazon 2026: any moment after the ship-by time"),
    ],
    "order_defect_rate": [
        "Window: Handbook: 60 days; Amazon 2026: 60 days, ending 15 days ago",
        ("It leaves: Handbook: one of 1 Mar 2026 is gone on 30 Apr 2026; "
        "Amazon 2026: one of 1 Mar 2026 counts from 16 Mar 2026 and is gone on 15 May 2026"),
        "Do first: Answer every open claim within 48 hours: an unanswered one is granted against you.",
    ],
    "customer_service_rating": [
        ("It leaves: Handbook: one of 1 Mar 2026 is gone on 26 Apr 2026; "
        "Amazon 2026: one of 1 Mar 2026 is gone on 29 Mar 2026"),
    ],
    "policy_violations": [
        ("Yellow exclamation mark: Handbook: There is something to read.; "
        "Amazon 2026: The Account Health Rating is at risk."),
        ("It leaves: Handbook: one of 1 Mar 2026 is gone on 28 Aug 2026, or when it is resolved; "
        "Amazon 2026: one of 1 Mar 2026 is gone on 28 Aug 2026, or when it is resolved"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_it_says_by_both_policies(name):
    (metric,) = [metric for metric in EVERY if metric.name == name]
    lines = crib(metric).text.splitlines()
    assert [line for line in TOLD[name] if line not in lines] == []


@each
def test_the_page_holds_the_whole_definition_and_is_small(metric):
    told = crib(metric)
    assert len(told.html) < 12_000
    said = text_of(harmless(told.html))
    definition = metric.definition
    for text in (definition.counted, definition.why, definition.how_to_act[0], *definition.caveats):
        assert " ".join(text.split()) in said
    assert told.html.count("<h2>") == 1


@each
def test_words_and_history_are_those_of_the_lesson(metric):
    lesson = metric.definition.lesson
    words, past = glossary(metric), history(metric)
    assert [line.partition(":")[0] for line in words.text.splitlines()] == list(lesson.terms)
    assert [line.partition(":")[0] for line in past.text.splitlines()] == [era.since for era in lesson.eras]
    for card in (words, past):
        assert len(harmless(card.html)) < 12_000
        assert text_of(card.html)


def test_a_subject_is_found_by_whatever_it_is_called():
    for word in ("order_defect_rate", "ODR", " odr ", "Order Defect Rate", "order defect rate"):
        assert course.named(word, HANDBOOK).name == "order_defect_rate"
    assert course.named("policy", HANDBOOK) is HANDBOOK.states["policy_violations"]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("late_dispatch", "Did you mean late_dispatch_rate?"),
        ("policy_violation", "Did you mean policy_violations?"),
        ("odrr", "Did you mean order_defect_rate?"),
        ("order defect", "Did you mean order_defect_rate?"),
        ("zzz", "Check the spelling."),
        ("", "Check the spelling."),
    ],
)
def test_a_near_miss_is_answered(word, told):
    from sellerhealth import InputError

    with pytest.raises(InputError) as error:
        course.named(word, HANDBOOK)
    assert str(error.value).endswith(told)
    assert str(error.value).startswith("policy handbook: expected one of late_dispatch_rate, ")


def test_the_order_of_the_course_is_that_of_the_notebooks():
    notebooks = [one.notebook for one in course.subjects()]
    assert notebooks == sorted(notebooks)
    assert len(notebooks) == 13
