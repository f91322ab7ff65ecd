"""Complaints planted at a known rate, as late as those of the demo."""

from collections.abc import Callable, Iterable
from datetime import date

from sellerhealth.demo.complaint import Claim, Rating, claim, rating
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.order import Order

CLAIM_SHARE = 0.3
RATING_DAYS, CLAIM_DAYS = (6, 21), (8, 30)
"""How many days after the purchase one comes, from and to."""
STARS = {1: 1, 2: 1}


def complaints(orders: Iterable[Order], seed: str, rate: Callable[[date], float]) -> tuple[list[Rating], list[Claim]]:
    """The ratings of one or two stars and the granted claims of orders that nobody cancelled; one on an order.

    An order of a day has one with the chance `rate` gives that day.
    """
    dice = Dice(f"complaints {seed}")
    ratings, claims = [], []
    for order in orders:
        if not dice.chance(rate(order.purchased_on)) or order.cancelled_at is not None:
            continue
        if dice.chance(CLAIM_SHARE):
            claims.append(claim(order, dice.between(*CLAIM_DAYS), funded_by="seller"))
        else:
            ratings.append(rating(order, dice.between(*RATING_DAYS), dice.pick(STARS)))
    return ratings, claims
