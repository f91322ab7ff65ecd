"""Widgets to explore a metric in JupyterLab. Reports leave them out: a slider without a kernel does nothing."""

from sellerhealth.show.controls.tabs import explore as explore
