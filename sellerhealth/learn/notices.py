"""A state's example by hand: which notifications weigh, how each stands, and the mark they make."""

import polars as pl

from sellerhealth.definition import policy as policies
from sellerhealth.definition.state import Level, State
from sellerhealth.learn.step import Step, beside
from sellerhealth.measure.notifications import notifications, standing
from sellerhealth.metrics import policy
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card
from sellerhealth.show.standing import STANDING

TABLE = "notifications"


def steps(state: State) -> tuple[Step, ...]:
    """The steps from the rows to the mark, and the mark under the other policies."""
    weighing = notifications(state, state.definition.example.account(), state.definition.example.as_of)
    others = [name for name in policies.names() if name != state.policy]
    return (
        _weighing(state, weighing),
        _standing(weighing),
        _mark(state, "What mark do they make?"),
        *(_mark(policy(name).states[state.name], f"Under the other policy: {policy(name).label}") for name in others),
    )


def same_by_code(state: State) -> Card:
    """The mark the package finds of the same rows."""
    level, expected = Level(_row(state)["level"]), state.definition.expected_levels[state.policy]
    return beside(words.LEVEL[expected], words.LEVEL[level], is_same=level is expected)


def _row(state: State) -> words.Row:
    example = state.definition.example
    return standing(state, example.account(), example.as_of).row(0, named=True)


def _weighing(state: State, weighing: pl.DataFrame) -> Step:
    """Which rows weigh, each with what the example says of it."""
    example, days = state.definition.example, numbers.span(state.terms.windows[0])
    ids = weighing["notification_id"].to_list()
    rows = [(row["notification_id"], row["remark"]) for row in example.rows(TABLE).iter_rows(named=True)]
    said = [
        f"{'It weighs' if one in ids else 'It does not'}: {one}. {told[0].upper()}{told[1:]}." for one, told in rows
    ]
    rule = (
        f"A notification weighs for {days} from its day, until it is resolved. Today is {numbers.day(example.as_of)}."
    )
    return Step("Which notifications weigh?", (rule, *said))


def _standing(weighing: pl.DataFrame) -> Step:
    told = [
        f"{STANDING[name]}: {', '.join(found) or 'none'}."
        for name in STANDING
        for found in [sorted(weighing.filter(pl.col("standing") == name)["notification_id"])]
    ]
    return Step("How does each of those stand?", tuple(told))


def _mark(state: State, title: str) -> Step:
    row = _row(state)
    level = Level(row["level"])
    told = [f"{words.LEVEL_MARK[level]} {words.LEVEL[level]}: {state.meaning(level, row['account_status'])}"]
    if state.terms.chosen["rule"] == "rating" and row["rating"] is not None:
        told.append(f"The rating is {row['rating']:,} points: {state.terms.values['rating_start']} to begin with, "
                    f"points for orders shipped added, points of violations taken off.")  # fmt: skip
    return Step(title, tuple(told))
