"""Lists of notifications, performance reports and orders, each in a line, and the accounts that hold them."""

from dataclasses import replace
from datetime import date

from sellerhealth import policy
from sellerhealth.definition.example import Example

AS_OF = date(2026, 3, 31)
HANDBOOK, AMAZON = (policy(name).states["policy_violations"] for name in ("handbook", "amazon-2026"))
LIST = "notification_id|notified_on|category|severity|state|resolved_on|asin|noted_on"
REPORT = "figure|marketplace|figure_to|figure_count|figure_rate|figure_status"


def account(rows=None, report=None, orders=None, *, is_home=True):
    """An account with a list, a report or orders; what is None no file provides."""
    told = {
        "notifications": rows and [LIST, *rows],
        "performance": report and [REPORT, *report],
        "orders": orders and ["order_id|marketplace|status|purchased_at", *orders],
    }
    tables = {name: "\n".join(lines) for name, lines in told.items() if lines}
    made = Example(as_of=AS_OF, marketplace="US", tables=tables, expected={}).account()
    given = {"notifications": rows, "performance": report, "orders": orders}
    provided = frozenset(name for name, lines in given.items() if lines is not None)
    return replace(made, provided=provided, is_home=is_home)


def one(
    *, day="2026-03-20", severity="LOW", state="UNREAD", resolved="", category="LISTING_POLICY", name="A", noted=""
):
    return f"{name}|{day}|{category}|{severity}|{state}|{resolved}||{noted}"
