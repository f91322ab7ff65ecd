"""Widgets to explore a metric in JupyterLab. Reports leave them out: a slider without a kernel does nothing."""

from datetime import date

import ipywidgets as widgets

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.kernel import in_batch
from sellerhealth.measure.evaluate import breakdown, trend
from sellerhealth.show import words
from sellerhealth.show.card import Card
from sellerhealth.show.chart import breakdown_chart, trend_chart
from sellerhealth.show.display import present

DAYS = (30, 90, 180, 365)


def explore(metric: Metric, account: Account, as_of: date) -> widgets.Widget | Card:
    """The trend over a chosen window and span, and a breakdown by a chosen dimension, redrawn at once."""
    if in_batch():
        # An output widget in a batch can stop it for ever: nbclient#312.
        return Card(html="", text="Open the notebook in JupyterLab to explore.")
    window = widgets.Dropdown(
        options=sorted({*metric.terms.windows, 7, *((28,) if metric.terms.is_weekly else (30, 60))}),
        value=metric.window_days,
        description="Window",
    )
    days = widgets.Dropdown(options=DAYS, value=90, description="Days shown")
    by = widgets.Dropdown(
        options=[(words.DIMENSION[name], name) for name in metric.definition.dimensions], description="Split by"
    )

    def draw(window: int, days: int, by: str) -> None:
        present(trend_chart(trend(metric, account, as_of, days=days, window_days=window), metric))
        present(breakdown_chart(breakdown(metric, account, as_of, by), metric, by))

    picture = widgets.interactive_output(draw, {"window": window, "days": days, "by": by})
    return widgets.VBox([widgets.HBox([window, days, by]), picture])
