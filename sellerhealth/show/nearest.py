"""A line tells the figure of the day that the pointer is next to: by Vega alone, so in a report too."""

from typing import Any

import altair as alt


def nearest(line: Any) -> Any:
    """A point on each day of a line, seen where the pointer is next to it, that tells what the line's tooltip does."""
    near = alt.selection_point(name="near", on="pointermove", nearest=True, encodings=["x"], empty=False)
    seen = alt.when(near).then(alt.value(1)).otherwise(alt.value(0))
    return line.mark_point(style="main", filled=True, size=60).encode(opacity=seen).add_params(near)
