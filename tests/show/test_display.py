"""How a chart is handed over: on its own page as its specification, in JupyterLab such that it can be read out."""

import subprocess
import sys

import polars as pl
import pytest

from sellerhealth.measure.evaluate import trend
from sellerhealth.show import display
from sellerhealth.show.chart import trend_chart
from tests.show.figures import example, metric


@pytest.fixture
def chart():
    import altair as alt

    marks = alt.Chart(pl.DataFrame({"x": [1]})).mark_point().encode(x="x:Q")
    return display.titled([marks], "How many?", "one", "There is one.")


def test_in_a_batch_it_is_as_wide_as_its_page(chart, monkeypatch):
    monkeypatch.setattr(display, "in_batch", lambda: True)
    bundle = chart._repr_mimebundle_()
    assert bundle[display.MIME]["width"] == "container"
    assert bundle["text/plain"] == "How many? There is one."


def test_in_jupyterlab_it_has_a_width_words_and_a_white_ground(chart, monkeypatch):
    """A canvas has no words for a screen reader, and dark letters need a light ground."""
    monkeypatch.setattr(display, "in_batch", lambda: False)
    bundle, metadata = chart._repr_mimebundle_()
    spec = bundle[display.MIME]
    assert (spec["width"], spec["background"]) == (display.LAB_WIDTH, "white")
    assert metadata[display.MIME] == {"embed_options": {"renderer": "svg"}}


def test_whoever_makes_a_chart_first_has_it_shown_this_way():
    """Altair's own way asks a server of others for its scripts."""
    line = "import altair; from sellerhealth.show import calendar; print(altair.renderers.active)"
    told = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "sellerhealth"


def test_the_nearest_day_of_a_trend_tells_its_figure():
    """Marks of a line alone are hit on their few pixels only; a diamond of Amazon's still tells its own."""
    one = metric()
    spec = trend_chart(trend(one, *example(one)), one).to_dict()
    (near,) = spec["params"]
    assert (near["name"], near["select"]["nearest"]) == ("near", True)
    points = next(layer for layer in spec["layer"] if layer.get("name") in near["views"])
    line = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert points["encoding"]["tooltip"] == line["encoding"]["tooltip"]
    assert points["data"] == line["data"]
