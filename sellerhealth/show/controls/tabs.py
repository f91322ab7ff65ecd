"""Exploring a metric: what is opened on top, and four ways to look at it below."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ipywidgets as widgets

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.kernel import in_batch
from sellerhealth.measure.outlook.what_if import flawed
from sellerhealth.measure.tally import tally
from sellerhealth.metrics import METRICS
from sellerhealth.show.card import Card
from sellerhealth.show.controls.change import change_panel, replaceable
from sellerhealth.show.controls.compared import compared_panel
from sellerhealth.show.controls.days import all_listed, days_panel
from sellerhealth.show.controls.opener import Opener
from sellerhealth.show.controls.panel import Panel
from sellerhealth.show.controls.split import split_panel
from sellerhealth.show.controls.subject import Subject

PANELS = (days_panel, split_panel, change_panel, compared_panel)


def explore(
    metric: Metric, account: Account, as_of: date, *, data: str = "", max_reject: str = ""
) -> widgets.Widget | Card:
    """The metric by days, split, changed and compared, each with the line of code that gives the same.

    With `data`, the folder of accounts, another account, marketplace, policy or day can be opened. What is opened is
    counted at once, in every split: with a million orders that takes some seconds, and each change after it a tenth of
    one. In a batch there is nobody to explore, and a sentence stands in its place.
    """
    if in_batch():
        return Card(html="", text="Open the notebook in JupyterLab to explore.")
    subject = Subject(metric=metric, account=account, as_of=as_of, name=_name(metric))
    tabs = Tabs()
    tabs.show(subject)
    if not data:
        return tabs.widget
    opener = Opener(subject, data, max_reject, tabs.show)
    return widgets.VBox([opener.widget, tabs.widget])


class Tabs:
    """The four panels of a subject, drawn when they are first looked at."""

    def __init__(self) -> None:
        """No panel yet."""
        self.widget, self.panels = widgets.Tab(), list[Panel]()
        self.widget.observe(lambda _: self._look(), "selected_index")

    def show(self, subject: Subject) -> None:
        """The panels of another subject, and the one that was looked at before."""
        counted(subject)
        self.panels = [make(subject) for make in PANELS]
        place = self.widget.selected_index or 0
        self.widget.children = [panel.widget for panel in self.panels]
        self.widget.titles = [panel.title for panel in self.panels]
        self.widget.selected_index = place
        self._look()

    def _look(self) -> None:
        if self.panels and self.widget.selected_index is not None:
            self.panels[self.widget.selected_index].look_at()


def counted(subject: Subject) -> None:
    """Count all that a change may ask for, so that it is answered at once."""
    for by in subject.metric.definition.dimensions:
        tally(*subject.given, (by,))
    for by in replaceable(subject):
        flawed(*subject.given, (by,))
    all_listed(*subject.given)


def _name(metric: Metric) -> str:
    """What a notebook calls the metric; one of several metrics is looked up by its own name."""
    together: Sequence[Any] = [one for one in METRICS.values() if one.notebook == metric.definition.notebook]
    return "metric" if len(together) == 1 else f'session.metric("{metric.name}")'
