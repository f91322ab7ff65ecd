"""What a change of a control costs: `python -m tests.bench.redraw FOLDER` prints the processor's milliseconds as JSON.

Opening an account counts it, in every split; after that a change only looks at what was counted. The browser's part of
it, and the kernel's messages, are not in it.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import ipywidgets as widgets

from sellerhealth.session import open_session
from sellerhealth.show.controls.subject import Subject
from sellerhealth.show.controls.tabs import Tabs
from tests.bench.files import AS_OF

METRIC = "order_defect_rate"


def redraws(folder: Path) -> dict[str, Any]:
    """What opening costs, and of the `changes` each panel's first picture and each control's dearest move."""
    given = {"marketplace": "", "as_of": AS_OF.isoformat(), "policy": "", "data": str(folder.parent)}
    session = open_session(account=folder.name, **given)
    subject = Subject(metric=session.metric(METRIC), account=session.account, as_of=session.as_of)
    tabs = Tabs()
    opened = _spent(tabs.show, subject)
    changes = {}
    for panel in tabs.panels:
        changes[panel.title] = _spent(panel.redraw)
        for name, control in panel.controls.items():
            moves = [_spent(setattr, control, "value", value) for value in _others(control)]
            changes[f"{panel.title}, {name}"] = max(moves, default=0.0)
    return {"opened": opened, "changes": changes}


def _others(control: Any) -> list[Any]:
    """Some values that a control may take, none like the one before."""
    match control:
        case widgets.SelectionRangeSlider():
            days = [day for _, day in control.options]
            return [(days[3], days[-3]), (days[0], days[-1])]
        case widgets.Dropdown():
            values = [option[1] for option in control.options]
            return [*values[1:], values[0]]
        case widgets.BoundedIntText():
            return [*range(1, min(control.max, 5)), control.max]
        case _:
            return [control.value - timedelta(days=days) for days in (1, 7, 30)]


def _spent(does: Callable[..., object], *given: object) -> float:
    started = process_time()
    does(*given)
    return round(1000 * (process_time() - started), 1)


if __name__ == "__main__":
    print(json.dumps(redraws(Path(sys.argv[1]))))
