"""The names a notebook uses, and nothing else.

Each is imported when it is first used, so that `import sellerhealth` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sellerhealth.measure.alarm import alarms as alarms
    from sellerhealth.measure.alarm import by_day as by_day
    from sellerhealth.measure.alarm import watch as watch
    from sellerhealth.measure.causes.bridge import bridge as bridge
    from sellerhealth.measure.causes.bridge import moved as moved
    from sellerhealth.measure.causes.explains import explains as explains
    from sellerhealth.measure.causes.funnel import funnel as funnel
    from sellerhealth.measure.causes.mix import mix as mix
    from sellerhealth.measure.causes.whose import untold as untold
    from sellerhealth.measure.causes.whose import whose as whose
    from sellerhealth.measure.certainty import signal as signal
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
    from sellerhealth.measure.evidence import evidence as evidence
    from sellerhealth.measure.evidence import evidence_rows as evidence_rows
    from sellerhealth.measure.habits import answers_by_weekday as answers_by_weekday
    from sellerhealth.measure.habits import arrivals as arrivals
    from sellerhealth.measure.habits import habits as habits
    from sellerhealth.measure.judge import missing as missing
    from sellerhealth.measure.lift import lift as lift
    from sellerhealth.measure.notifications import by_category as by_category
    from sellerhealth.measure.notifications import lacking as lacking
    from sellerhealth.measure.notifications import notifications as notifications
    from sellerhealth.measure.notifications import standing as standing
    from sellerhealth.measure.outlook.budget import budget as budget
    from sellerhealth.measure.outlook.calendar import calendar as calendar
    from sellerhealth.measure.outlook.developed import developed as developed
    from sellerhealth.measure.outlook.forecast import forecast as forecast
    from sellerhealth.measure.outlook.glide import clears_on as clears_on
    from sellerhealth.measure.outlook.glide import glide as glide
    from sellerhealth.measure.outlook.glide import glides as glides
    from sellerhealth.measure.outlook.scenarios import scenarios as scenarios
    from sellerhealth.measure.outlook.what_if import Change as Change
    from sellerhealth.measure.outlook.what_if import what_if as what_if
    from sellerhealth.measure.performance import figures as figures
    from sellerhealth.measure.queue import queue as queue
    from sellerhealth.measure.ratings import last_valid as last_valid
    from sellerhealth.measure.ratings import stars as stars
    from sellerhealth.measure.reconcile.orders import reconcile_rows as reconcile_rows
    from sellerhealth.measure.reconcile.steps import reconcile as reconcile
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
    "measure.alarm": ("alarms", "by_day", "watch"),
    "measure.certainty": ("signal",),
    "measure.outlook.budget": ("budget",),
    "measure.causes.funnel": ("funnel",),
    "measure.outlook.what_if": ("Change", "what_if"),
    "measure.outlook.scenarios": ("scenarios",),
    "measure.outlook.calendar": ("calendar",),
    "measure.outlook.glide": ("glide", "glides", "clears_on"),
    "measure.reconcile.steps": ("reconcile",),
    "measure.reconcile.orders": ("reconcile_rows",),
    "measure.evidence": ("evidence", "evidence_rows"),
    "measure.causes.bridge": ("bridge", "moved"),
    "measure.causes.explains": ("explains",),
    "measure.causes.mix": ("mix",),
    "measure.causes.whose": ("untold", "whose"),
    "measure.outlook.developed": ("developed",),
    "measure.outlook.forecast": ("forecast",),
    "show.amazons": ("amazons_word",),
    "show.card": ("actions", "causes", "definition_card", "files_read", "headline", "meaning"),
    "show.buy_box": ("buy_box", "lifts"),
    "show.desk": ("arrivals_chart", "queue_table", "tips_table", "weekdays_table"),
    "show.display": ("present",),
    "show.overview": ("files_to_add", "look_first", "tiles"),
    "show.shelf": ("confirm_table", "outlook_chart", "stock_card", "stock_table"),
    "show.standing": ("categories_table", "notifications_table", "standing_card", "state_card"),
    "show.today": ("today",),
    "show.weeks": ("stars_table", "valid_card", "weeks_chart", "weeks_table"),
    "show.chart": ("breakdown_chart", "headroom_chart", "trend_chart"),
    "show.table": (
        "defects_table",
        "example_table",
        "exclusions_table",
        "ledger_table",
        "policies_table",
        "split_table",
        "rejects_table",
    ),
    "show.alarms": ("alarm_charts", "early_warning", "warning_terms"),
    "show.certain": ("pattern_or_luck", "to_spare"),
    "show.funnel": ("stands_out", "funnel_chart"),
    "show.what_if": ("what_helps", "now_and_then"),
    "show.ahead": ("ahead",),
    "show.path": ("path_chart",),
    "show.calendar": ("calendar_chart", "calendar_table"),
    "show.reconciled": ("reconciled_rows", "reconciled_table"),
    "show.evidence": ("evidence_card", "evidence_tables"),
    "show.moved": ("moved_card", "moved_chart", "moved_table"),
    "show.mixed": ("explained_card", "mix_card", "mix_table"),
    "show.whose": ("whose_card",),
    "show.forecast": ("still_to_come",),
    "show.fan": ("fan_chart",),
    "learn.basics": ("basics", "what_a_rate_is", "what_a_target_is", "what_a_window_is"),
    "learn.background": ("glossary", "history"),
    "learn.by_hand": ("by_hand", "same_by_code", "twelve_rows"),
    "learn.crib": ("crib",),
    "learn.exercise": ("check", "exercises", "hint"),
    "learn.final": ("final",),
    "learn.progress": ("progress",),
    "learn.quiz": ("predict", "quiz", "recall"),
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
