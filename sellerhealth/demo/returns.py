"""Amazon's returns report: one row per product that a buyer sent back, or asked to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sellerhealth.demo import phrases
from sellerhealth.demo.dice import Dice
from sellerhealth.demo.matter import Matter
from sellerhealth.demo.order import Item, Order
from sellerhealth.demo.shop import Shop
from sellerhealth.demo.table import file_name, money, tsv

COLUMNS = (
    *("Order ID", "Order date", "Return request date", "Return request status", "Amazon RMA ID", "Merchant RMA ID"),
    *("Label type", "Label cost", "Currency code", "Return carrier", "Tracking ID", "Label to be paid by"),
    *("A-to-Z Claim", "Is prime", "ASIN", "Merchant SKU", "Item Name", "Return quantity", "Return Reason", "In policy"),
    *("Return type", "Resolution", "Invoice number", "Return delivery date", "Order Amount", "Order quantity"),
    *("SafeT Action reason", "SafeT claim id", "SafeT claim state", "SafeT claim creation time"),
    *("SafeT claim reimbursement amount", "Refunded Amount"),
)
BLANK = dict.fromkeys(COLUMNS, " ")
"""Amazon writes a single space into a cell that holds nothing."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
REASONS = {"CR-UNWANTED_ITEM": 4, "CR-NOT_AS_DESCRIBED": 3, "CR-DEFECTIVE": 3, "CR-DAMAGED_BY_CARRIER": 2}
REPORT = timedelta(days=60)
SENT_BACK_SHARE, REFUNDED_SHARE, REFUND_DAYS = 0.45, 0.93, 9


@dataclass(frozen=True, kw_only=True)
class Return:
    """One product sent back; `refunded` is what the buyer got in cents, None while nothing was paid."""

    order: Order
    item: Item
    asked_on: date
    reason: str
    number: str
    refunded: int | None


def ordinary(
    shop: Shop, orders: Collection[Order], matters: Collection[Matter], share: Mapping[str, float], usual: float
) -> list[Return]:
    """Most of those that buyers wrote about, and a share of all shipped orders: by SKU, else the usual one."""
    dice = Dice(f"returns of {shop.label}")
    told = {matter.order.order_id: matter for matter in matters if matter.topic == phrases.RETURN and matter.order}
    found = []
    for order in orders:
        if order.shipped_by != "MFN" or order.confirmed_at is None:
            continue
        chance = share.get(order.items[0].product.sku, usual)
        asked_on = order.purchased_on + timedelta(days=dice.between(8, 24))
        if order.order_id in told:
            chance, asked_on = SENT_BACK_SHARE, shop.local(told[order.order_id].questions[0]).date()
        if dice.chance(chance):
            found.append(_sent_back(shop, order, asked_on, dice))
    return [one for one in found if one.asked_on <= shop.last_day]


def files(shop: Shop, returns: Collection[Return], reports: int) -> dict[str, str]:
    """So many reports by their name, the latest first, each over the 60 days Amazon allows."""
    found = {}
    for back in range(reports):
        last = shop.last_day - REPORT * back
        first = last - REPORT + timedelta(days=1)
        inside = [one for one in returns if first <= one.asked_on <= last]
        rows = map(_row, sorted(inside, key=lambda one: (one.asked_on, one.order.order_id)))
        found[file_name("returns", first, last)] = tsv(COLUMNS, rows)
    return found


def _sent_back(shop: Shop, order: Order, asked_on: date, dice: Dice) -> Return:
    item = order.items[0]
    is_old = asked_on + timedelta(days=REFUND_DAYS) <= shop.last_day
    paid = item.cents + order.tax(item)
    return Return(
        order=order,
        item=item,
        asked_on=asked_on,
        reason=dice.pick(REASONS),
        number=dice.digits(8),
        refunded=paid if is_old and dice.chance(REFUNDED_SHARE) else None,
    )


def _row(one: Return) -> dict[str, str]:
    product, is_paid = one.item.product, one.refunded is not None
    return {
        **BLANK,
        "Order ID": one.order.order_id,
        "Order date": _day(one.order.purchased_on),
        "Return request date": _day(one.asked_on),
        "Return request status": "Completed" if is_paid else "Approved",
        "Amazon RMA ID": f"D{one.number}RRMA",
        "Label type": "AmazonPrePaidLabel",
        "Label cost": "4.95",
        "Currency code": one.order.channel.currency,
        "Return carrier": "USPS",
        "Label to be paid by": "Seller",
        "A-to-Z Claim": "N",
        "Is prime": "N",
        "ASIN": product.asin,
        "Merchant SKU": product.sku,
        "Item Name": product.name,
        "Return quantity": str(one.item.quantity),
        "Return Reason": one.reason,
        "In policy": "Y",
        "Return type": "C-Returns",
        "Resolution": "StandardRefund",
        "Order Amount": money(one.item.cents),
        "Order quantity": str(one.item.quantity),
        **({"Refunded Amount": money(one.refunded)} if one.refunded is not None else {}),
    }


def _day(day: date) -> str:
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"
