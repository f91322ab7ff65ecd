"""Policy violations: the notifications of Amazon's policy team, and whether the account is being looked into."""

from datetime import date

import polars as pl

from sellerhealth.definition.example import Example
from sellerhealth.definition.metric import Basis, Choice, Need, Option
from sellerhealth.definition.state import Level, StateDefinition
from sellerhealth.metrics.lessons.policy_violations import lesson

policy_violations = StateDefinition(
    name="policy_violations",
    notebook="08_policy_violations",
    label="Policy violations",
    abbreviation="policy",
    question="Is a notification unread, or is the account being looked into?",
    levels={
        "reading": {
            Level.GREEN: "No notification is unread.",
            Level.YELLOW: "There is something to read.",
            Level.RED: "The account is being looked into.",
            Level.NONE: "No file tells how the account stands now.",
        },
        "rating": {
            Level.GREEN: "The Account Health Rating is healthy.",
            Level.YELLOW: "The Account Health Rating is at risk.",
            Level.RED: "The Account Health Rating is critical.",
            Level.NONE: "There is no Account Health Rating: it takes Amazon's report, or the list of notifications and orders.",
        },
    },
    event_date=Choice(
        question="From which day does a violation age?",
        options={"notified": Option(meaning="the day of the notification", expression=pl.col("notified_on"))},
    ),
    choices={
        "rule": Choice(
            question="What decides the mark?",
            options={
                "reading": Option(
                    meaning="whether notifications are unread, or the account is under review",
                    expression=pl.lit("reading"),
                ),
                "rating": Option(meaning="the Account Health Rating", expression=pl.lit("rating")),
            },
        )
    },
    values={
        "report_days": "How many days old may Amazon's own report be to decide anything?",
        "rating_start": "With how many points does a seller begin?",
        "rating_gain": "How many points does a full lot of orders bring?",
        "rating_lot": "How many orders are a full lot?",
        "rating_green_from": "From how many points on is the rating green?",
        "rating_yellow_from": "From how many points on is it yellow?",
        "rating_most": "How many points can there be at most?",
        "points_low": "How many points does a violation of low severity cost?",
        "points_medium": "How many points does one of medium severity cost?",
        "points_high": "How many points does one of high severity, or of unknown, cost?",
    },
    least={"rating_lot": 1},
    needs=(
        Need(
            any_of=("notifications", "performance"),
            without=Basis.NOT_COMPUTABLE,
            reason="No file tells of policy notifications.",
            remedy="Keep a notifications CSV (data/README.md lists its columns), or add the seller performance report.",
        ),
    ),
    counted=(
        "Notifications that are neither resolved nor too old. "
        "An account that Amazon does not call normal is red, whatever they say."
    ),
    why="A violation nobody reads becomes a suspension. What is resolved, or too old, no longer weighs.",
    how_to_act=(
        "Read what is unread today.",
        "Answer what is under review before anything else, with evidence.",
        "Appeal or mend each open violation: points come back when it is resolved, not when the listing is deleted.",
    ),
    caveats=(
        "Amazon offers no file of single notifications; the list is kept by hand.",
        "The list names no marketplace, so it speaks for the first that account.toml names.",
        "Amazon does not publish how many points a violation costs, so the rating is an estimate unless Amazon gives it.",
        "Order Defect Rate and the other rates do not feed the Account Health Rating; they act apart from it.",
    ),
    example=Example(
        as_of=date(2026, 3, 31),
        marketplace="US",
        tables={
            "notifications": """
                notification_id | notified_on | category                       | severity | state        | resolved_on | remark
                A               | 2026-03-20  | LISTING_POLICY                 | LOW      | UNREAD       |             | unread: something to read
                B               | 2026-03-10  | PRODUCT_CONDITION              | MEDIUM   | READ         |             | read, but still open
                C               | 2026-02-01  | PRODUCT_AUTHENTICITY           | HIGH     | RESOLVED     | 2026-02-20  | resolved: weighs no more
                D               | 2026-03-01  | RESTRICTED_PRODUCT             | HIGH     | RESOLVED     | 2026-04-02  | resolved after today: still open
                E               | 2025-10-03  | CUSTOMER_REVIEWS               | LOW      | READ         |             | 179 days old: its last day
                F               | 2025-10-02  | INTELLECTUAL_PROPERTY_RECEIVED | HIGH     | UNREAD       |             | 180 days old: gone
                G               | 2026-04-01  | DOCUMENT_REQUEST               | HIGH     | UNDER_REVIEW |             | comes tomorrow
            """
        },
        expected={},
    ),
    expected_levels={"handbook": Level.YELLOW, "amazon-2026": Level.YELLOW},
    lesson=lesson,
)
