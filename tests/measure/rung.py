"""When an alarm rings, by a plain loop over days: nothing of the package is used for it."""

from dataclasses import dataclass
from math import comb, exp

from scipy.integrate import quad
from scipy.special import betaln
from scipy.stats import binom

SOFT, CALM, WEEK = 0.05, 0.2, 7
Counts = tuple[float, float]


@dataclass(frozen=True)
class Rules:
    """The terms of a policy, and the chance that they make of them."""

    short: int
    long: int
    past: int
    level: float


@dataclass(frozen=True)
class Day:
    """What is found of the windows that end on a day."""

    short: Counts
    long: Counts
    past: Counts
    past_days: int
    unsteady: float
    short_chance: float
    long_chance: float
    is_ringing: bool


def exact(count: int, out_of: int, past_count: int, past_out_of: int) -> float:
    """The chance that of all of them at least so many fall into the window, each by its part of all that is counted."""
    together, part = count + past_count, out_of / (out_of + past_out_of)
    return sum(comb(together, k) * part**k * (1 - part) ** (together - k) for k in range(count, together + 1))


def days(counts: list[Counts], rules: Rules) -> list[Day]:
    found: list[Day] = []
    for last in range(len(counts)):
        found.append(_day(counts[: last + 1], rules, was=found[-1].is_ringing if found else False))
    return found


def _day(counts: list[Counts], rules: Rules, *, was: bool) -> Day:
    short, long = _sum(counts[-rules.short :]), _sum(counts[-rules.long :])
    before = counts[: -rules.long][-rules.past :]
    past, unsteady = _sum(before), _unsteadiness(counts, rules)
    chances = [_chance(window, past, unsteady) for window in (short, long)]
    is_ringing = was and len(before) >= rules.long and chances[0] <= CALM
    if len(before) >= rules.long and chances[0] <= rules.level and chances[1] <= SOFT:
        is_ringing = True
    return Day(short, long, past, len(before), unsteady, *chances, is_ringing)


def _sum(counts: list[Counts]) -> Counts:
    return sum(number for number, _ in counts), sum(out_of for _, out_of in counts)


def _chance(window: Counts, past: Counts, unsteady: float) -> float:
    """By the binomial tail where the counts are whole; else between the whole ones beside, which is all it can be."""
    (count, out_of), (past_count, past_out_of) = window, past
    if not count or not out_of + past_out_of:
        return 1.0
    together = (count + past_count) / unsteady
    if unsteady == 1:
        return float(binom.sf(count - 1, together, out_of / (out_of + past_out_of)))
    return _between(count / unsteady, past_count / unsteady, out_of / (out_of + past_out_of))


def _between(count: float, past_count: float, part: float) -> float:
    """The part of the beta density of (count, past_count + 1) below `part`, by adding up slices of it."""
    weight = exp(betaln(count, past_count + 1))
    if count >= 1:
        below, _ = quad(lambda x: x ** (count - 1) * (1 - x) ** past_count, 0, part, limit=200)
        return float(below / weight)
    # In u = x ** count the density has no pole at zero.
    below, _ = quad(lambda u: (1 - u ** (1 / count)) ** past_count, 0, part**count, limit=200)
    return float(below / count / weight)


def _unsteadiness(counts: list[Counts], rules: Rules) -> float:
    """Pearson's dispersion of the weeks that end on the days of the past."""
    ends = range(len(counts) - rules.long - min(rules.past, max(len(counts) - rules.long, 0)), len(counts) - rules.long)
    ends = [end for end in ends if end >= 0]
    weeks = [_sum(counts[max(end - WEEK + 1, 0) : end + 1]) for end in ends]
    total, out_of = _sum([counts[end] for end in ends])
    rate = max(total, 0.5) / out_of if out_of else 1.0
    apart = sum((number - rate * size) ** 2 / (rate * size) for number, size in weeks if size) / WEEK
    return max(apart / max(len(ends) / WEEK - 1, 1), 1.0)
