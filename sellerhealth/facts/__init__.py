"""Tables to facts: one row per thing counted. Joins happen here only."""

from collections.abc import Callable
from datetime import date

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.facts.answers import answers
from sellerhealth.facts.contacts import contacts
from sellerhealth.facts.matters import matters
from sellerhealth.facts.moment import end_of
from sellerhealth.facts.orders import order_products, order_skus, orders
from sellerhealth.facts.packages import packages
from sellerhealth.facts.parts import NO_SKU
from sellerhealth.facts.placed import ORDER
from sellerhealth.facts.ratings import ratings
from sellerhealth.facts.units import units

__all__ = ["FACTS", "IDENTITY", "NO_SKU", "ORDER", "end_of", "order_products", "order_skus", "orders"]

FACTS: dict[str, Callable[[Account, date], pl.LazyFrame]] = {
    "orders": orders,
    "contacts": contacts,
    "matters": matters,
    "answers": answers,
    "ratings": ratings,
    "packages": packages,
    "units": units,
}
"""By the name a definition gives it: the rows of an account as they were known at the end of a day."""
IDENTITY = {
    "orders": ("order_id",),
    "contacts": ("thread_id", "order_id"),
    "matters": ("thread_id",),
    "answers": ("thread_id",),
    "ratings": ("order_id",),
    "packages": ("order_id", "package_id"),
    "units": ("order_id", "sku"),
}
"""The columns by which a reader finds a row of a fact again."""
