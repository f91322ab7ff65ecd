"""The digest's picture: how much of its target each of the worst accounts has used up.

A mail shows neither scripts nor SVG, so it is a PNG; it brings its own light ground, readable in a dark mail too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from sellerhealth.show import theme

WIDTH, STEP, MARGIN = 480, 46, 16
"""In pixels of a mail; on a phone it is shown at two thirds, and its letters must still be read."""
LETTERS = 16
FONT = "Liberation Sans"
"""Comes with vl_convert: the same picture on every machine. It has no Chinese: accounts are called by their names."""
TITLE = "Used up of the target (the tick on each bar)"
THICK = 10
KIND = {True: "bad", False: "main"}
LONGEST = 2.0
"""Twice the target ends the scale: one account in ruins must not flatten the others."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The figure of an account that has used up the most of its target."""

    label: str
    used: float
    is_bad: bool


def said(drawn: Sequence[Bar]) -> str:
    """The picture in words."""
    each = "; ".join(bar.label for bar in drawn)
    return f"Bars: how much of its target the worst figure of each account has used up. {each}."


def png(drawn: Sequence[Bar]) -> bytes:
    """The picture, three dots to two pixels; empty when there is nothing to draw."""
    import vl_convert  # noqa: PLC0415 - its browser engine takes most of a second to start

    return bytes(vl_convert.vegalite_to_png(_chart(drawn).to_dict(), scale=1.5)) if drawn else b""


def _chart(drawn: Sequence[Bar]) -> alt.LayerChart:
    """Each account has a line of words with its bar below; the tick on the bar is the target."""
    rows = [
        {"row": row, "label": bar.label, "used": min(bar.used, LONGEST), "target": 1, "kind": KIND[bar.is_bad]}
        for row, bar in enumerate(drawn)
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=alt.Y("row:O", axis=None))
    shades = alt.Scale(domain=list(KIND.values()), range=[theme.LIGHT[kind] for kind in KIND.values()])
    marks = base.mark_bar(height=THICK, yOffset=THICK).encode(
        x=_along("used:Q"), color=alt.Color("kind:N", scale=shades, legend=None)
    )
    targets = base.mark_tick(height=1.6 * THICK, thickness=3, yOffset=THICK, color=theme.LIGHT["ink"]).encode(
        x=_along("target:Q")
    )
    words = base.mark_text(align="left", dy=-8, fontSize=LETTERS, limit=WIDTH, color=theme.LIGHT["ink"]).encode(
        x=alt.value(0), text="label:N"
    )
    chart: alt.LayerChart = (
        alt.layer(marks, targets, words)
        .properties(width=WIDTH, height=alt.Step(STEP), padding=MARGIN, title=TITLE)
        .configure(background="white", font=FONT)
        .configure_view(stroke=None)
        .configure_title(anchor="start", fontSize=LETTERS, color=theme.LIGHT["ink"])
    )
    return chart


def _along(column: str) -> alt.X:
    return alt.X(column, axis=None, scale=alt.Scale(domain=[0, LONGEST]))
