"""The names a notebook uses, and nothing else.

Each is imported when it is first used, so that `import sellerhealth` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellerhealth.measure.compare import compare as compare
    from sellerhealth.measure.compare import overview as overview
    from sellerhealth.measure.defects import defects as defects
    from sellerhealth.measure.defects import exclusions as exclusions
    from sellerhealth.measure.evaluate import breakdown as breakdown
    from sellerhealth.measure.evaluate import evaluate as evaluate
    from sellerhealth.measure.evaluate import leading_split as leading_split
    from sellerhealth.measure.evaluate import trend as trend
    from sellerhealth.measure.judge import missing as missing
    from sellerhealth.metrics import METRICS as METRICS
    from sellerhealth.metrics import policy as policy
    from sellerhealth.session import open_session as open_session
    from sellerhealth.sources.account import open_account as open_account

_HOME = {
    "definition.errors": ("InputError",),
    "metrics": ("METRICS", "policy"),
    "sources.account": ("open_account",),
    "session": ("open_session",),
    "measure.evaluate": ("breakdown", "evaluate", "leading_split", "trend"),
    "measure.defects": ("defects", "exclusions"),
    "measure.compare": ("compare", "overview"),
    "measure.judge": ("missing",),
    "show.card": ("actions", "causes", "definition_card", "files_read", "headline", "meaning"),
    "show.overview": ("look_first", "tiles"),
    "show.chart": ("breakdown_chart", "calendar_chart", "headroom_chart", "trend_chart"),
    "show.table": (
        "defects_table",
        "example_table",
        "exclusions_table",
        "ledger_table",
        "policies_table",
        "rejects_table",
    ),
    "show.controls": ("explore",),
    "show.record": ("record",),
}
_NAMES = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_NAMES)  # noqa: PLE0605 - made from the map above


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"sellerhealth has no {name}")
    return getattr(import_module(f"sellerhealth.{_NAMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
