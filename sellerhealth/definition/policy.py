"""A policy: a dated set of windows, targets and choices, read from policies/*.toml and checked."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Definition, Metric, Source, Target, Terms

LONGEST = 3660
"""Ten years: no window or lag is longer."""
FOLDER = Path(__file__).parent.parent / "policies"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A dated set of terms; `policy["late_dispatch_rate"]` is the metric under it."""

    name: str
    label: str
    dated: date
    about: str
    metrics: Mapping[str, Metric]

    def __getitem__(self, name: str) -> Metric:
        """The metric of that name; an unknown one is an InputError naming the nearest."""
        if name not in self.metrics:
            raise InputError(
                f"policy {self.name}", f"one of {', '.join(self.metrics)}", _did_you_mean(name, self.metrics)
            )
        return self.metrics[name]

    def __iter__(self) -> Iterator[Metric]:
        """The metrics in the order they are shown."""
        return iter(self.metrics.values())


def names() -> list[str]:
    """The policies there are, the default first.

    Example:
        >>> names()
        ['handbook', 'amazon-2026']
    """
    return sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda name: (name != "handbook", name))


def load(
    name: str, definitions: Mapping[str, Definition], overrides: Mapping[str, Mapping[str, Any]] | None = None
) -> Policy:
    """The policy of that name over these definitions, with an account's overrides laid on top.

    Raises InputError for an unknown policy or override, ValueError for a policy file that is not whole.
    """
    if name not in names():
        raise InputError("policy", f"one of {', '.join(names())}", _did_you_mean(name, names()))
    text = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    wanted = overrides or {}
    for metric in wanted:
        if metric not in definitions:
            raise InputError("account.toml", f"one of {', '.join(definitions)}", "Check [override].", column=metric)
    metrics = {
        key: _override(
            Metric(definition=definition, policy=name, terms=_terms(definition, text[key])), wanted.get(key, {})
        )
        for key, definition in definitions.items()
    }
    return Policy(name=name, label=text["label"], dated=text["dated"], about=text["about"], metrics=metrics)


def _terms(definition: Definition, text: Mapping[str, Any]) -> Terms:
    windows, target, chosen = text["windows"], text.get("target"), text["choice"]
    open_choices = {"event_date", *definition.choices}
    if set(chosen) != open_choices:
        raise ValueError(
            f"{definition.name}: the policy must settle {sorted(open_choices)}, it settles {sorted(chosen)}"
        )
    return _checked(
        definition,
        Terms(
            windows=tuple(windows["days"]),
            lag_days=windows["lag_days"],
            target=_target(target["value"], definition) if target else None,
            chosen={key: value["use"] for key, value in chosen.items()},
            sources={
                "windows": _source(windows),
                **({"target": _source(target)} if target else {}),
                **{key: _source(value) for key, value in chosen.items()},
            },
            not_established={
                key: value["why"] for key, value in {"windows": windows, **chosen}.items() if "why" in value
            },
        ),
    )


def _source(text: Mapping[str, Any]) -> Source:
    return Source(text=text["source"], dated=text["dated"])


def _target(value: float, definition: Definition) -> Target:
    return Target(value=Fraction(str(value)), condition=definition.condition)


def _checked(definition: Definition, terms: Terms) -> Terms:
    for key, use in terms.chosen.items():
        choice = definition.event_date if key == "event_date" else definition.choices[key]
        if use not in choice.options:
            raise InputError(
                f"choice {key} of {definition.name}", f"one of {', '.join(choice.options)}", "Correct the policy."
            )
    return terms


def _override(metric: Metric, wanted: Mapping[str, Any]) -> Metric:
    """The metric with an account's own windows, lag, target or choices, each named in `overridden`."""
    known, terms = {"windows", "lag_days", "target", "choice"}, metric.terms
    if strange := set(wanted) - known:
        raise InputError("account.toml", f"one of {', '.join(sorted(known))}", "Check [override].", column=min(strange))
    choices = wanted.get("choice", {})
    if not isinstance(choices, dict) or not all(isinstance(use, str) for use in choices.values()):
        raise InputError("account.toml", "a section of words in quotes", "Check [override].", column="choice")
    if strange := set(choices) - set(terms.chosen):
        raise InputError("account.toml", f"one of {', '.join(terms.chosen)}", "Check [override].", column=min(strange))
    return replace(
        metric,
        terms=_checked(
            metric.definition,
            replace(
                terms,
                windows=_windows(wanted.get("windows", terms.windows)),
                lag_days=_whole(wanted.get("lag_days", terms.lag_days), "lag_days", at_least=0),
                target=_own_target(wanted["target"], metric.definition) if "target" in wanted else terms.target,
                chosen={**terms.chosen, **choices},
                overridden=tuple(sorted((set(wanted) - {"choice"}) | set(choices))),
            ),
        ),
    )


def _windows(days: object) -> tuple[int, ...]:
    if not isinstance(days, list | tuple) or not days:
        raise InputError("account.toml", "a list of days such as [30, 10]", "Check [override].", column="windows")
    if len(set(map(str, days))) < len(days):
        raise InputError("account.toml", "each window once", "Check [override].", column="windows")
    return tuple(_whole(day, "windows", at_least=1) for day in days)


def _whole(value: object, column: str, *, at_least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not at_least <= value <= LONGEST:
        raise InputError(
            "account.toml", f"a whole number from {at_least} to {LONGEST}", "Check [override].", column=column
        )
    return value


def _own_target(value: object, definition: Definition) -> Target:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1:
        raise InputError("account.toml", "a share between 0 and 1, such as 0.04", "Check [override].", column="target")
    return _target(value, definition)


def _did_you_mean(name: str, known: Mapping[str, Any] | list[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else "Check the spelling."
