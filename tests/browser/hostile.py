"""An account whose every text is an attack: what a buyer, a carrier's clerk or a listing could hold."""

from pathlib import Path

from tests.sources.folder import ALL_ORDERS, CONFIRMATIONS, FEEDBACK, ORDER_REPORT, order, put, text

NAME = "hostile"
LABEL = "<b>Bold</b> <script>window.PWNED=1</script> & Co"
SKUS = (
    "</script><script>window.PWNED=1</script>",
    "<img src=x onerror=window.PWNED=1>",
    "<!--",
    '" onmouseover="window.PWNED=1',
)
CARRIERS = ("javascript:alert(1)", "<svg onload=window.PWNED=1>")
DAYS = 24
ACCOUNT_TOML = f"marketplace = \"US\"\nlabel = '{LABEL}'\n"


def order_id(number: int) -> str:
    return f"111-{number:07d}-0000001"


def write(data: Path) -> Path:
    """Orders on `DAYS` days of March, every third one late, every fifth one cancelled, every seventh one rated 1."""
    days = range(1, DAYS + 1)
    files = {
        "orders.tsv": text(ALL_ORDERS, *map(_order, days)),
        "promises.tsv": text(ORDER_REPORT, *map(_promise, days)),
        "confirmed.csv": text(CONFIRMATIONS, *(_confirmation(day) for day in days if day % 5), delimiter=","),
        "feedback.tsv": text(FEEDBACK, *(_rating(day) for day in days if day % 7 == 0)),
    }
    return put(data, files, ACCOUNT_TOML, NAME)


def _sku(day: int) -> str:
    return SKUS[day % len(SKUS)]


def _order(day: int) -> dict[str, str]:
    status = "Shipped" if day % 5 else "Cancelled"
    bought, updated = f"2026-03-{day:02d}T18:30:00+00:00", f"2026-03-{day + 1:02d}T20:00:00+00:00"
    told = {"purchase_date": bought, "last_updated_date": updated, "order_status": status, "item_status": status}
    return order(order_id(day), sku=_sku(day), **told)


def _promise(day: int) -> dict[str, str]:
    return {
        "order-id": order_id(day),
        "purchase-date": f"2026-03-{day:02d}T18:30:00+00:00",
        "sku": _sku(day),
        "quantity-purchased": "1",
        "latest-ship-date": f"2026-03-{day + 1:02d}T23:59:59-07:00",
        "latest-delivery-date": f"2026-03-{day + 5:02d}T23:59:59-07:00",
    }


def _confirmation(day: int) -> dict[str, str]:
    after = 5 if day % 3 == 0 else 1
    confirmed = f"2026-03-{min(day + after, DAYS):02d}T22:00:00-07:00"
    return {"order_id": order_id(day), "confirmed_at": confirmed, "carrier": CARRIERS[day % len(CARRIERS)]}


def _rating(day: int) -> dict[str, str]:
    return {"Date": f"3/{day + 2}/26", "Rating": "1", "Comments": SKUS[0], "Order ID": order_id(day)}
