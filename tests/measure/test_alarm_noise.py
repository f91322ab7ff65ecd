"""How often luck rings, and how soon a change does, on accounts whose truth is known.

The long form, by SELLERHEALTH_TRUTH, generates that many accounts of each kind.
"""

from datetime import timedelta
from statistics import median

import numpy as np
import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.alarm import DAYS_A_MONTH, ringing
from sellerhealth.measure.signals import DAILY, SIGNALS
from tests.measure.signs import START
from tests.truth.size import accounts

TERMS = policy("handbook").warning
DAYS, JUMP = 420, 300
"""Of each generated account; the day of the change, where there is one."""
SURELY = 3
"""So many standard errors above what is allowed would be no chance."""
TRADES = {
    "contacts": (0.04, 10),
    "returns": (0.03, 15),
    "unconfirmed": (0.02, 20),
    "late": (0.015, 20),
    "cancellations": (0.006, 15),
    "deliveries": (0.05, 12),
}
"""The usual rate of each signal, and how many orders a day it is out of."""


def account(name, dice, scale=1.0, busy=None, rate_by_day=None, jump=None):
    """Daily counts of an account by dice; `busy` and `rate_by_day` vary orders and rates, `jump` sets rates anew."""
    parts = []
    for signal, (rate, a_day) in TRADES.items():
        out_of = dice.poisson(a_day * scale * (np.ones(DAYS) if busy is None else busy))
        rates = rate * (np.ones(DAYS) if rate_by_day is None else rate_by_day)
        if jump and signal in jump:
            rates[JUMP:] = jump[signal]
        parts.append(_frame(name, signal, dice.binomial(out_of, rates), out_of))
    return pl.concat(parts)


def _frame(name, signal, number, out_of):
    every = pl.date_range(START, START + timedelta(days=DAYS - 1), eager=True)
    columns = {"account": name, "signal": signal, "event_on": every, "numerator": number, "denominator": out_of}
    return pl.DataFrame(columns).select(pl.col(column).cast(dtype) for column, dtype in DAILY.items())


def ordinary(name, dice):
    return account(name, dice)


def small(name, dice):
    return account(name, dice, scale=0.1)


def large(name, dice):
    return account(name, dice, scale=10)


def seasonal(name, dice):
    """Three times the orders for seven weeks, and a week of the year in which little is sold."""
    busy = np.ones(DAYS)
    busy[320:370], busy[100:107] = 3, 0.3
    return account(name, dice, busy=busy)


def by_weekday(name, dice):
    """Half the orders on weekends, and three times the rate on Mondays."""
    weekday = np.arange(DAYS) % 7
    return account(name, dice, busy=np.where(weekday > 4, 0.5, 1.2), rate_by_day=np.where(weekday == 0, 2.25, 0.8))


@pytest.mark.parametrize("made", [ordinary, small, large, seasonal, by_weekday])
def test_luck_rings_no_more_than_the_policy_says(made):
    dice, many = np.random.default_rng(7), accounts(20)
    generated = pl.concat([made(f"{number}", dice) for number in range(many)])
    assert generated["signal"].n_unique() == len(SIGNALS)
    found = ringing(generated, TERMS).filter("is_ringing")
    alarms = found.select("account", "signal", "alarm").unique().height
    months = many * (DAYS - 2 * TERMS.long_days) / DAYS_A_MONTH
    allowed = months / TERMS.months
    print(f"{made.__name__}: {alarms} alarms in {months:.0f} months; allowed {allowed:.0f}")
    assert alarms <= allowed + SURELY * np.sqrt(allowed)


JUMPS = {
    "late orders, 1.5 to 6 % of 20 a day": ({"late": 0.06}, 10),
    "contacts, 4 to 12 % of 10 a day": ({"contacts": 0.12}, 14),
    "cancellations, 0.6 to 5 % of 15 a day": ({"cancellations": 0.05}, 12),
}


@pytest.mark.parametrize(("jump", "within"), JUMPS.values(), ids=list(JUMPS))
def test_a_change_rings_soon(jump, within):
    """The middle of so many days after the change, counting from the first day that is worse."""
    dice, many = np.random.default_rng(11), accounts(60)
    ((signal, _),) = jump.items()
    generated = pl.concat([account(f"{number}", dice, jump=jump) for number in range(many)]).filter(signal=signal)
    changed = START + timedelta(days=JUMP)
    heard = (
        ringing(generated, TERMS)
        .filter(pl.col("is_ringing") & (pl.col("event_on") >= changed))
        .group_by("account")
        .agg(pl.col("event_on").min())
    )
    days = [(day - changed).days + 1 for day in heard["event_on"]]
    never = [DAYS] * (many - len(days))
    print(
        f"{signal}: half ring within {median(days + never)} days, 9 of 10 within {np.quantile(days + never, 0.9):.0f}"
    )
    assert median(days + never) <= within
    assert len(never) <= 0.05 * many
