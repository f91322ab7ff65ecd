"""The names a notebook uses, and nothing else.

Each is imported when it is first used, so that `import sellerhealth` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellerhealth.measure.compare import compare as compare
    from sellerhealth.measure.compare import overview as overview
    from sellerhealth.measure.confirmation import if_not_confirmed as if_not_confirmed
    from sellerhealth.measure.confirmation import to_confirm as to_confirm
    from sellerhealth.measure.defects import defects as defects
    from sellerhealth.measure.defects import exclusions as exclusions
    from sellerhealth.measure.evaluate import breakdown as breakdown
    from sellerhealth.measure.evaluate import evaluate as evaluate
    from sellerhealth.measure.evaluate import leading_split as leading_split
    from sellerhealth.measure.evaluate import trend as trend
    from sellerhealth.measure.habits import answers_by_weekday as answers_by_weekday
    from sellerhealth.measure.habits import arrivals as arrivals
    from sellerhealth.measure.habits import habits as habits
    from sellerhealth.measure.judge import missing as missing
    from sellerhealth.measure.lift import lift as lift
    from sellerhealth.measure.notifications import by_category as by_category
    from sellerhealth.measure.notifications import lacking as lacking
    from sellerhealth.measure.notifications import notifications as notifications
    from sellerhealth.measure.notifications import standing as standing
    from sellerhealth.measure.performance import figures as figures
    from sellerhealth.measure.queue import queue as queue
    from sellerhealth.measure.ratings import last_valid as last_valid
    from sellerhealth.measure.ratings import stars as stars
    from sellerhealth.measure.stock import explained as explained
    from sellerhealth.measure.stock import missing_stock as missing_stock
    from sellerhealth.measure.stock import safety_stock as safety_stock
    from sellerhealth.measure.stock import stock as stock
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
    "measure.confirmation": ("if_not_confirmed", "to_confirm"),
    "measure.habits": ("answers_by_weekday", "arrivals", "habits"),
    "measure.lift": ("lift",),
    "measure.notifications": ("by_category", "lacking", "notifications", "standing"),
    "measure.performance": ("figures",),
    "measure.queue": ("queue",),
    "measure.ratings": ("last_valid", "stars"),
    "measure.stock": ("explained", "missing_stock", "safety_stock", "stock"),
    "show.amazons": ("amazons_word",),
    "show.card": ("actions", "causes", "definition_card", "files_read", "headline", "meaning", "next_to_leave"),
    "show.buy_box": ("buy_box", "lifts"),
    "show.desk": ("arrivals_chart", "queue_table", "tips_table", "weekdays_table"),
    "show.display": ("present",),
    "show.overview": ("files_to_add", "look_first", "tiles"),
    "show.shelf": ("confirm_table", "outlook_chart", "stock_card", "stock_table"),
    "show.standing": ("categories_table", "notifications_table", "standing_card", "state_card"),
    "show.today": ("today",),
    "show.weeks": ("stars_table", "valid_card", "weeks_chart", "weeks_table"),
    "show.chart": ("breakdown_chart", "calendar_chart", "headroom_chart", "trend_chart"),
    "show.table": (
        "defects_table",
        "example_table",
        "exclusions_table",
        "ledger_table",
        "policies_table",
        "split_table",
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
