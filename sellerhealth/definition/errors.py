"""The one error a user can cause."""

from dataclasses import dataclass


@dataclass
class InputError(Exception):
    """Something the user gave cannot be used: where it is, what was expected, what to do.

    The value itself is never part of the text: it may be a buyer's.

    Example:
        >>> print(InputError("orders.txt", "a whole row", "Download it again.", row=7, column="sku"))
        orders.txt, row 7, column sku: expected a whole row. Download it again.
    """

    where: str
    expected: str
    what_to_do: str
    row: int | None = None
    column: str | None = None

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentence, no traceback."""
        return [f"{self}"]

    def __str__(self) -> str:
        place = self.where
        place += f", row {self.row}" if self.row is not None else ""
        place += f", column {self.column}" if self.column else ""
        return f"{place}: expected {self.expected}. {self.what_to_do}"
