from dataclasses import replace

import pytest

from sellerhealth.facts.placed import placed
from sellerhealth.facts.ratings import ratings
from tests.facts.talk import AS_OF, account

ORDERS = "order_id|marketplace|channel;A|US|AFN;B|DE|MFN;C||;E|OTHER|"
ROWS = "order_id|rated_on|rating;" + ";".join(f"{order}|2026-03-10|5" for order in "ABCDE")
AT_HOME = [("A", "US", "AFN"), ("B", "DE", "MFN"), ("C", "US", "MFN"), ("D", "US", "MFN"), ("E", "OTHER", "MFN")]


@pytest.mark.parametrize(("is_home", "expected"), [(True, AT_HOME), (False, [row for row in AT_HOME if row[0] != "D"])])
def test_a_row_belongs_where_its_order_does(is_home, expected):
    known = replace(account(orders=ORDERS, feedback=ROWS), is_home=is_home)
    for found in (placed(known.tables["feedback"], known), ratings(known, AS_OF)):
        assert sorted(found.select("order_id", "marketplace", "channel").collect().rows()) == expected
