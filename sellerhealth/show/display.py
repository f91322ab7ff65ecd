"""How a chart is handed to a notebook: as its specification, never as a script from elsewhere.

JupyterLab draws it with the Vega it ships; a report draws it with the one inside its page.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt
from altair.utils import schemapi

from sellerhealth.kernel import in_batch
from sellerhealth.show import theme

MIME = "application/vnd.vegalite.v5+json"
"""The newest Vega-Lite type that JupyterLab draws by itself; it draws the specification of today's Altair."""
LAB_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
LAB_WIDTH = 720
READ_OUT = {"embed_options": {"renderer": "svg"}}
"""What a screen reader finds in JupyterLab: the words and marks of an SVG, of which a canvas has none."""
FIT = alt.AutoSizeParams(type="fit-x", contains="padding")


def enable() -> None:
    """Charts from here on are shown this way, in the light look."""
    alt.theme.enable(theme.NAME)
    alt.renderers.register("sellerhealth", _specification)
    alt.renderers.enable("sellerhealth")


def unchecked() -> None:
    """Charts from here on are made without Altair's checks, in this process."""
    schemapi.disable_debug_mode()


class Picture(alt.LayerChart):
    """A picture of several layers, whose specification is checked when its parts are: while Altair's debug mode is on.

    Altair's own charts are checked once more when they are shown, whatever `schemapi.DEBUG_MODE` says. A batch has it
    off: tests have checked every picture, and that takes longer than to make it.
    """

    def to_dict(self, validate: bool = True, **more: Any) -> dict[str, Any]:  # noqa: FBT002 - Altair's own
        """The specification."""
        return super().to_dict(validate=validate and schemapi.DEBUG_MODE, **more)


def titled(layers: Sequence[Any], title: str, subtitle: str, says: str, **properties: Any) -> alt.LayerChart:
    """A picture with its question as title, as wide as its page, and in words for those who do not see it."""
    return Picture(
        layer=layers,
        title=alt.TitleParams(text=title, subtitle=subtitle),
        width="container",
        description=f"{title} {says}",
        autosize=FIT,
        **properties,
    )


def present(*pieces: object) -> None:
    """Show the pieces of a cell one below the other; a picture that has nothing to show is None and left out."""
    from IPython.display import display  # noqa: PLC0415 - slow, and not there in a plain Python

    display(*(piece for piece in pieces if piece is not None))  # type: ignore[no-untyped-call]


def _specification(spec: dict[str, Any], **_: object) -> dict[str, Any] | tuple[dict[str, Any], dict[str, Any]]:
    said = {"text/plain": spec.get("description", "a chart")}
    return {MIME: spec, **said} if in_batch() else ({MIME: _for_lab(spec), **said}, {MIME: READ_OUT})


def _for_lab(spec: dict[str, Any]) -> dict[str, Any]:
    """With a width of its own: JupyterLab draws a chart as wide as its container again and again, for ever.

    On white: its letters are dark, and JupyterLab may be too.
    """
    return {**spec, "$schema": LAB_SCHEMA, "width": LAB_WIDTH, "autosize": "pad", "background": "white"}


enable()
