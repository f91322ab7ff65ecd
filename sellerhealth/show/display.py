"""How a chart is handed to a notebook: as its specification, never as a script from elsewhere.

JupyterLab draws it with the Vega it ships; a report draws it with the one inside its page.
"""

from typing import Any

import altair as alt

MIME = "application/vnd.vegalite.v5+json"
"""The newest Vega-Lite type that JupyterLab draws by itself; it draws the specification of today's Altair."""


def _specification(spec: dict[str, Any], **_: object) -> dict[str, Any]:
    return {MIME: spec, "text/plain": spec.get("description", "a chart")}


def enable() -> None:
    """Charts from here on are shown this way."""
    alt.renderers.register("sellerhealth", _specification)
    alt.renderers.enable("sellerhealth")
