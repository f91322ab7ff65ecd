"""What buyers complain about: ratings of one to three stars, claims and chargebacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sellerhealth.demo.dice import Dice
from sellerhealth.demo.order import Order

COMMENTS = {
    1: ("Arrived damaged.", "Never came, no answer."),
    2: ("Took far too long.", "Not as pictured."),
    3: ("It is all right.", "Box was dented."),
}
A_TO_Z, CHARGEBACK = "a-to-z", "chargeback"


@dataclass(frozen=True, kw_only=True)
class Rating:
    """A seller feedback on an order."""

    order: Order
    rated_on: date
    stars: int
    comment: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """An A-to-z claim or chargeback; `counts` is Amazon's own word, where the seller has it."""

    order: Order
    opened_at: datetime
    claim_type: str = A_TO_Z
    status: str = "granted"
    funded_by: str = ""
    counts: str = ""


def rating(order: Order, days: int, stars: int, comment: str = "") -> Rating:
    """A rating so many days after the purchase; without words of its own it gets ordinary ones."""
    rated_on = order.purchased_on + timedelta(days=days)
    return Rating(order=order, rated_on=rated_on, stars=stars, comment=comment or COMMENTS[stars][order.buyer % 2])


def claim(order: Order, days: int, claim_type: str = A_TO_Z, **more: str) -> Claim:
    """A claim so many days, and some hours, after the purchase."""
    opened_at = order.purchased_at + timedelta(days=days, minutes=order.buyer % 200)
    return Claim(order=order, opened_at=opened_at, claim_type=claim_type, **more)


def ordinary(orders: Iterable[Order], seed: str, stars: Mapping[int, float]) -> list[Rating]:
    """The ratings that come whatever a seller does; `stars` gives each rating, and 0 for none, its weight."""
    dice = Dice(seed)
    thrown = [(order, dice.between(6, 21), dice.pick(stars)) for order in orders]
    return [rating(order, days, given) for order, days, given in thrown if given and order.cancelled_at is None]
