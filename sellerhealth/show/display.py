"""How a chart is handed to a notebook: as its specification, never as a script from elsewhere.

JupyterLab draws it with the Vega it ships; a report draws it with the one inside its page.
"""

from typing import Any

import altair as alt

from sellerhealth.kernel import in_batch
from sellerhealth.show import theme

MIME = "application/vnd.vegalite.v5+json"
"""The newest Vega-Lite type that JupyterLab draws by itself; it draws the specification of today's Altair."""
LAB_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
LAB_WIDTH = 720


def enable() -> None:
    """Charts from here on are shown this way, in the light look."""
    alt.theme.enable(theme.NAME)
    alt.renderers.register("sellerhealth", _specification)
    alt.renderers.enable("sellerhealth")


def present(*pieces: object) -> None:
    """Show the pieces of a cell one below the other; a picture that has nothing to show is None and left out."""
    from IPython.display import display  # noqa: PLC0415 - slow, and not there in a plain Python

    display(*(piece for piece in pieces if piece is not None))  # type: ignore[no-untyped-call]


def _specification(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    shown = spec if in_batch() else _for_lab(spec)
    return {MIME: shown, "text/plain": spec.get("description", "a chart")}


def _for_lab(spec: dict[str, Any]) -> dict[str, Any]:
    """With a width of its own: JupyterLab draws a chart as wide as its container again and again, for ever."""
    return {**spec, "$schema": LAB_SCHEMA, "width": LAB_WIDTH, "autosize": "pad"}
