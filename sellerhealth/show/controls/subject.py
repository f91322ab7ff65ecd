"""What is explored: a metric of an account on a day, and how a notebook gets there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Metric
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.tally import tally
from sellerhealth.show import numbers, words

Keys = dict[str, str]
"""The account and the channel that are looked at: those of both names of which there are several."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A metric of an account on a day; `opening` are the lines that open it, none where the page has it open.

    `name` is what the metric is called after them: a page of several metrics has no single one that is `metric`.
    """

    metric: Metric
    account: Account
    as_of: date
    opening: tuple[str, ...] = ()
    name: str = "metric"

    @property
    def given(self) -> tuple[Metric, Account, date]:
        """What every measure asks for first."""
        return self.metric, self.account, self.as_of

    @cached_property
    def now(self) -> pl.DataFrame:
        """The headline of each account and channel."""
        return evaluate(*self.given).filter(window_days=self.metric.window_days)

    @cached_property
    def parts(self) -> list[tuple[str, Keys]]:
        """Each account and channel by itself, under the name it is chosen by."""
        rows = self.now.select("account", "channel").rows()
        several = {name: len({row[place] for row in rows}) > 1 for place, name in enumerate(("account", "channel"))}
        told = []
        for account, channel in rows:
            names = {"account": account, "channel": words.value(channel, "shipped_by")}
            keys = {"account": account, "channel": channel}
            label = ", ".join(names[name] for name in names if several[name]) or words.value(channel, "shipped_by")
            told.append((label, {name: keys[name] for name in keys if several[name]}))
        return told

    def not_full(self, row: words.Row) -> str:
        """That the files tell of nothing in the first days of a window; empty where they reach back to it."""
        days = tally(*self.given).filter(account=row["account"])["event_on"]
        first = days.min()
        if not isinstance(first, date) or first <= row["window_start"]:
            return ""
        return f"The files tell of nothing before {numbers.day(first)}, so these days may not be whole."

    def call(self, function: str, **more: Any) -> str:
        """A call of a measure on it, as it is written in a notebook.

        Example:
            >>> from sellerhealth.metrics import policy
            >>> metric = policy("handbook")["late_dispatch_rate"]
            >>> example = metric.definition.example
            >>> subject = Subject(metric=metric, account=example.account(), as_of=example.as_of)
            >>> subject.call("sh.trend", days=90, window_days=10)
            'sh.trend(metric, seller, day, days=90, window_days=10)'
        """
        told = [self.name, "seller", "day", *(f"{name}={written(value)}" for name, value in more.items())]
        return f"{function}({', '.join(told)})"


@dataclass(frozen=True, kw_only=True)
class Look:
    """A frame that is shown, what it is, and the line of code that gives the same; `imports` are what it needs."""

    says: str
    frame: pl.DataFrame
    line: str
    imports: tuple[str, ...] = field(default=())


DATE = "from datetime import date"
POLARS = "import polars as pl"


def code(subject: Subject, looks: tuple[Look, ...]) -> str:
    """The lines that give what is shown, to be copied into a cell of the notebook."""
    imports = dict.fromkeys(name for look in looks for name in look.imports)
    lines = [line for look in looks for line in (f"# {look.says}", look.line)]
    return "\n".join([*imports, *subject.opening, *lines])


def only(keys: Mapping[str, str], **more: Any) -> str:
    """What keeps the rows of an account and channel, as it is written; nothing where there is only one.

    Example:
        >>> only({"channel": "MFN"}, window_end=date(2026, 3, 31)), only({})
        ('.filter(channel="MFN", window_end=date(2026, 3, 31))', '')
    """
    told = [f"{name}={written(value)}" for name, value in {**keys, **more}.items()]
    return f".filter({', '.join(told)})" if told else ""


def written(value: Any) -> str:
    """A value as it is written in code.

    Example:
        >>> written("MFN"), written(date(2026, 3, 9)), written(30)
        ('"MFN"', 'date(2026, 3, 9)', '30')
    """
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case _:
            return repr(value)
