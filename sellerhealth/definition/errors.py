"""The one error a user can cause."""

from dataclasses import dataclass


@dataclass
class InputError(Exception):
    """Something the user gave cannot be used: where it is, what was expected, what to do.

    The value itself is never part of the text: it may be a buyer's.

    Example:
        >>> print(InputError("orders.txt", "a date such as 2026-01-31", "Download it again.", row=7, column="purchase-date"))
        orders.txt, row 7, column purchase-date: expected a date such as 2026-01-31. Download it again.
    """

    where: str
    expected: str
    what_to_do: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = self.where
        place += f", row {self.row}" if self.row is not None else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: expected {self.expected}. {self.what_to_do}"
