"""What the buyers of Harbor & Pine write, how they are answered, and how content they are.

Since October nobody answers on weekends: what comes from Friday evening on waits until Monday.
Since October, too, a new machine answers at night, and does not say that it is one.
Buyers have been less content since the end of October. On the last day, a Sunday, nine messages wait.
"""

from datetime import date, timedelta

from sellerhealth.demo import messages, phrases, surveys
from sellerhealth.demo.correspondence import Traffic, ordinary
from sellerhealth.demo.desk import Desk
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.matter import BUYER, Matter, Message, matter, numbered
from sellerhealth.demo.order import Order
from sellerhealth.demo.shops import HARBOR_AND_PINE as SHOP
from sellerhealth.demo.shops import LAMP

DESK = Desk(
    shop=SHOP,
    weekday=(9, 17),
    weekend=(9, 13),
    no_weekends_since=date(2026, 10, 3),
    machine_share=0.4,
    machine_unmarked_since=date(2026, 10, 5),
)
LAST_ANSWERS = SHOP.at(date(2026, 11, 13), 13 * 3600)
"""After this moment of the last Friday, only what waits was written."""
TRAFFIC = Traffic(
    seed=9,
    first_day=date(2026, 4, 30),
    until=LAST_ANSWERS,
    most_a_day=4,
    busy=(0.46, 0.46, 0.46, 0.44, 0.36, 0.12, 0.22),
    further=0.24,
)
WAITING = {
    SHOP.at(date(2026, 11, 14), 57900): (phrases.DELIVERY, 1, 8),
    SHOP.at(date(2026, 11, 15), 32950): (phrases.RETURN, 1, 11),
    SHOP.at(date(2026, 11, 15), 37540): (phrases.CANCELLATION, 0, 1),
    SHOP.at(date(2026, 11, 15), 43365): (phrases.PRODUCT, 3, None),
    SHOP.at(date(2026, 11, 15), 47210): (phrases.DELIVERY, 0, 9),
    SHOP.at(date(2026, 11, 15), 55475): (phrases.INVOICE, 0, 6),
    SHOP.at(date(2026, 11, 15), 64820): (phrases.OTHER, 1, None),
    SHOP.at(date(2026, 11, 15), 77945): (phrases.CANCELLATION, 3, 2),
}
"""By the moment it came: the topic, which of its questions, and how many days ago the order was bought."""
ASKS_AGAIN, AGAIN_AFTER = phrases.RETURN, timedelta(hours=9, minutes=41)
SURVEYED_SHARE, DIP_SINCE, DIP = 0.74, SHOP.at(date(2026, 10, 26), 0), 0.25


def matters(book: dict[str, Order]) -> list[Matter]:
    """Every matter, by the moment it began."""
    return numbered([*ordinary(DESK, book, TRAFFIC), *_waiting(book)])


def files(matters: list[Matter]) -> dict[str, str]:
    """The messages, and the answers to the survey after them."""
    end = SHOP.end_of(SHOP.last_day)
    told = surveys.ordinary(matters, "surveys of Harbor & Pine", SURVEYED_SHARE, end, DIP_SINCE, DIP)
    return {**messages.file(matters), **surveys.file(told)}


def _waiting(book: dict[str, Order]) -> list[Matter]:
    """What nobody has answered yet; one buyer asked again, and one got the machine's answer."""
    dice = Dice("what waits at Harbor & Pine")
    found = []
    for came_at, (topic, turn, age) in WAITING.items():
        order = None if age is None else _order(book, SHOP.local(came_at).date() - timedelta(days=age))
        thing = order.items[0].product.name if order else SHOP.product(LAMP).name
        again = Message(sent_at=came_at + AGAIN_AFTER, sender=BUYER, text=phrases.FOLLOW_UPS[0])
        more = [*DESK.machine(came_at, dice), *([again] if topic == ASKS_AGAIN else [])]
        found.append(matter(topic, turn, order, thing.lower(), came_at, more))
    return found


def _order(book: dict[str, Order], day: date) -> Order:
    """The last order of that day that the shop ships and nobody cancelled."""
    fitting = [
        order
        for order in book.values()
        if order.purchased_on == day and order.shipped_by == "MFN" and order.cancelled_at is None
    ]
    return fitting[-1]
