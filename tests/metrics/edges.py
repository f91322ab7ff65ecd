"""One order at the edge of a rule: its rows as text, and what it must count as."""

from datetime import date

from sellerhealth.definition.example import Example
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.metrics import policy

AS_OF = date(2026, 3, 31)
OUT, CLEAN, DEFECT, UNSURE = (0, 0, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1)
"""(numerator, unknown, denominator) of the headline window, for orders shipped by the seller."""


def counted(metric: str, rules: str, marketplace: str = "US", **tables: str) -> tuple[int, int, int]:
    """What the rows of these tables count as; a table is a header and rows, cells parted by `|`."""
    rows = {name: text.replace(";", "\n") for name, text in tables.items()}
    example = Example(as_of=AS_OF, marketplace=marketplace, tables=rows, expected={})
    now = evaluate(policy(rules)[metric], example.account(), AS_OF).row(0, named=True)
    return now["numerator"], now["unknown"], now["denominator"]
