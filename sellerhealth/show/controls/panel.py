"""A panel: controls, what they draw, and the lines of code that give the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import ipywidgets as widgets
from altair.utils import schemapi
from IPython.core.formatters import DisplayFormatter

from sellerhealth.definition.errors import InputError
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.controls.subject import Look, Subject, code

LABEL = {"description_width": "8.5em"}
WIDE = widgets.Layout(width="auto", max_width="46em")
NAME, BOX = "min(21em, 40vw)", "min(27em, 100%)"
"""How wide the name of a number is, and with its box; on a narrow screen less."""
MOST_LINES, LINE = 12, 90


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a panel shows: pieces one below the other, and the frames behind them, each with its line of code."""

    pieces: Sequence[object]
    looks: tuple[Look, ...]


class Panel:
    """Controls above, a picture and words below, and at the end the code; drawn when it is first looked at.

    `draw` gets the values of the `controls` by name; `shown` are those, and what stands beside them, as they are laid
    out. `twin` is what a report has in its place.
    """

    def __init__(
        self,
        title: str,
        subject: Subject,
        controls: Mapping[str, Any],
        draw: Callable[..., Drawn],
        *,
        twin: str,
        shown: Sequence[Any] | None = None,
    ) -> None:
        """Redraw at each change of a control."""
        self.title, self.subject, self.controls, self._draw = title, subject, controls, draw
        self.picture, self.code = widgets.Output(), _code()
        self.looks: tuple[Look, ...] = ()
        self._is_held, self._is_drawn = False, False
        on_paper = widgets.HTML(f"<p><em>In a report: {escape(twin)}</em></p>")
        laid_out = widgets.VBox(list(shown if shown is not None else controls.values()))
        self.widget = widgets.VBox([laid_out, self.picture, self.code, on_paper])
        for control in controls.values():
            control.observe(self._changed, "value")

    def look_at(self) -> None:
        """Draw it, if nobody has looked at it before."""
        if not self._is_drawn:
            self.redraw()

    def redraw(self) -> None:
        """What the controls stand for now; what cannot be shown says why."""
        self._is_drawn = True
        try:
            # Tests have checked every picture: checking takes longer than drawing.
            with schemapi.debug_mode(arg=False):
                drawn = self._draw(**{name: control.value for name, control in self.controls.items()})
                shown = [_output(piece) for piece in drawn.pieces if piece is not None]
        except InputError as error:
            drawn, shown = Drawn(pieces=(), looks=()), [_output(paragraphs([str(error)]))]
        self.looks = drawn.looks
        self.picture.outputs = tuple(shown)
        self.code.value = code(self.subject, drawn.looks) if drawn.looks else ""
        self.code.rows = min(sum(1 + len(line) // LINE for line in self.code.value.split("\n")), MOST_LINES)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Several controls change together, and it is drawn once."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        self.redraw()

    def _changed(self, _: object) -> None:
        if not self._is_held:
            self.redraw()


def choice(label: str, options: Sequence[Any], value: Any = None) -> Any:
    """A list to choose from; the first, unless `value` is named."""
    more = {} if value is None else {"value": value}
    return widgets.Dropdown(options=options, description=label, style=LABEL, layout=WIDE, **more)


def which(subject: Subject) -> Any:
    """The account and channel to look at; not to be seen where there is only one."""
    found = choice("Which", subject.parts)
    found.layout = widgets.Layout(width="auto", max_width="46em", display=None if len(subject.parts) > 1 else "none")
    return found


def number(label: str, most: int) -> tuple[Any, Any]:
    """A whole number up to `most`, and the line in which it stands: a box to type it, with a slider that moves it.

    The box carries the name: nothing tells a screen reader the name of a slider of ipywidgets.
    """
    box = widgets.BoundedIntText(
        value=0, min=0, max=most, description=label, style={"description_width": NAME}, layout={"width": BOX}
    )
    slider = widgets.IntSlider(value=0, min=0, max=most, readout=False, layout={"width": "18em"})
    widgets.link((box, "value"), (slider, "value"))
    return box, in_rows([box, slider])


def told(lines: Sequence[str]) -> Card:
    """Sentences that a screen reader says when they change."""
    card = paragraphs(lines)
    return Card(html=f'<div role="status">{card.html}</div>', text=card.text)


def in_rows(controls: Sequence[Any]) -> Any:
    """Controls side by side, as many as there is room for."""
    return widgets.HBox(list(controls), layout={"flex_flow": "row wrap"})


def _code() -> Any:
    return widgets.Textarea(
        description="The same by code", style=LABEL, layout={"width": "auto"}, rows=4, disabled=False
    )


@cache
def _formatter() -> DisplayFormatter:
    return DisplayFormatter()


def _output(piece: object) -> dict[str, Any]:
    """A piece as a cell's output: put there at once, and not caught while it is shown, which can wait for ever."""
    data, metadata = _formatter().format(piece)  # type: ignore[no-untyped-call]
    return {"output_type": "display_data", "data": data, "metadata": metadata}
