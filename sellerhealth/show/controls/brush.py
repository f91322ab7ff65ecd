"""The days chosen in a picture: dragged with a slider of two ends, or typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ipywidgets as widgets

from sellerhealth.show import numbers
from sellerhealth.show.controls.panel import LABEL, in_rows


class Brush:
    """A slider over the days shown, and beside it the first and the last chosen day, to be typed.

    The typed days carry the names: nothing tells a screen reader the name of a slider of ipywidgets.
    """

    def __init__(self, days: Sequence[date], first: date, last: date, name: str = "Defects from") -> None:
        """Choose these days, or what is shown of them; `name` is that of the first."""
        self.slider = widgets.SelectionRangeSlider(
            options=_options(days), readout=False, layout={"width": "100%", "max_width": "46em"}
        )
        self.first, self.last = (widgets.DatePicker(description=name, style=LABEL) for name in (name, "to"))
        self.widget = widgets.VBox([in_rows([self.first, self.last]), self.slider])
        self._is_held = False
        self.slider.observe(lambda _: self._dragged(), "value")
        for day in (self.first, self.last):
            day.observe(lambda _: self._typed(), "value")
        self.choose(first, last)

    @property
    def days(self) -> list[date]:
        """The days there are to choose from."""
        return [day for _, day in self.slider.options]

    def choose(self, first: date, last: date) -> None:
        """Choose these days, or the next ones that are shown."""
        self.slider.index = places(self.days, first, last)
        self._dragged()

    def over(self, days: Sequence[date]) -> None:
        """Other days are shown: what is chosen stays, where it is still among them."""
        chosen = self.slider.value
        self.slider.options = _options(days)
        self.choose(*chosen)

    def _dragged(self) -> None:
        """The typed days follow the slider."""
        if not self._is_held:
            self._is_held = True
            self.first.value, self.last.value = self.slider.value
            self._is_held = False

    def _typed(self) -> None:
        """The slider follows the typed days, once both are there."""
        if not self._is_held and self.first.value and self.last.value:
            self.choose(self.first.value, self.last.value)


def places(days: Sequence[date], first: date, last: date) -> tuple[int, int]:
    """Where two days stand among these, or the next ones after them.

    Example:
        >>> places([date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 15)], date(2026, 3, 20), date(2026, 3, 2))
        (1, 2)
    """
    found = [min(sum(day < wanted for day in days), len(days) - 1) for wanted in sorted((first, last))]
    return found[0], found[1]


def _options(days: Sequence[date]) -> list[Any]:
    return [(numbers.day(day), day) for day in days]
