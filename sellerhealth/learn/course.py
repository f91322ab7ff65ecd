"""The course: every metric and state in the order they are taught, and how one is found by its name."""

from difflib import get_close_matches
from functools import cache

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Definition, Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import State, StateDefinition
from sellerhealth.metrics import METRICS, STATES

Subject = Metric | State
"""What a lesson is about."""


@cache
def subjects() -> tuple[Definition | StateDefinition, ...]:
    """The definitions in the order of their notebooks.

    Example:
        >>> [one.name for one in subjects()][:2]
        ['late_dispatch_rate', 'cancellation_rate']
    """
    return tuple(sorted([*METRICS.values(), *STATES.values()], key=lambda one: one.notebook))


def named(word: str, policy: Policy) -> Subject:
    """The metric or state of that name, abbreviation or label; an unknown one is an InputError naming the nearest.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> named("ODR", policy("handbook")).name, named("late dispatch rate", policy("handbook")).name
        ('order_defect_rate', 'late_dispatch_rate')
    """
    known: dict[str, Subject] = {one.name: one for one in [*policy, *policy.states.values()]}
    called = {term.lower(): one.name for one in known.values() for term in (one.definition.abbreviation, one.label)}
    asked = word.strip().lower()
    name = called.get(asked, asked)
    if name in known:
        return known[name]
    near = [called.get(one, one) for one in get_close_matches(asked, [*known, *called], n=1)]
    what_to_do = f"Did you mean {near[0]}?" if near else "Check the spelling."
    raise InputError(f"policy {policy.name}", f"one of {', '.join(known)}", what_to_do)
