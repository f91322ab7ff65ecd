"""A policy: a dated set of windows, targets and choices, read from policies/*.toml and checked."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from sellerhealth.definition import early_warning
from sellerhealth.definition.early_warning import EarlyWarning
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Definition, Metric, Source, Terms
from sellerhealth.definition.state import State, StateDefinition
from sellerhealth.definition.target import Target

LONGEST = 3660
"""Ten years: no window or lag is longer; a window of that many days is called lifetime."""
FOLDER = Path(__file__).parent.parent / "policies"


@dataclass(frozen=True, kw_only=True, eq=False)
class Policy:
    """A dated set of terms; `policy["late_dispatch_rate"]` is the metric under it."""

    name: str
    label: str
    dated: date
    about: str
    metrics: Mapping[str, Metric]
    states: Mapping[str, State]
    warning: EarlyWarning

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
    name: str,
    definitions: Mapping[str, Definition],
    states: Mapping[str, StateDefinition],
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
) -> Policy:
    """The policy of that name over these definitions, with an account's overrides laid on top.

    Raises InputError for an unknown policy or override, ValueError for a policy file that is not whole.
    """
    if name not in names():
        raise InputError("policy", f"one of {', '.join(names())}", _did_you_mean(name, names()))
    text = _text(name)
    wanted = overrides or {}
    for key in wanted:
        if key not in {*definitions, *states, early_warning.SECTION}:
            known = ", ".join([*definitions, *states, early_warning.SECTION])
            raise InputError("account.toml", f"one of {known}", "Check [override].", column=key)
    metrics = {
        key: _override(
            Metric(definition=definition, policy=name, terms=_terms(definition, text[key])), wanted.get(key, {})
        )
        for key, definition in definitions.items()
    }
    stated = {
        key: _override_state(
            State(definition=definition, policy=name, terms=_terms(definition, text[key])), wanted.get(key, {})
        )
        for key, definition in states.items()
    }
    warning = early_warning.read(text[early_warning.SECTION], wanted.get(early_warning.SECTION, {}))
    told = {key: text[key] for key in ("label", "dated", "about")}
    return Policy(name=name, metrics=metrics, states=stated, warning=warning, **told)


@cache
def _text(name: str) -> Mapping[str, Any]:
    """A policy's file, which comes with the package."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _terms(definition: Definition | StateDefinition, text: Mapping[str, Any]) -> Terms:
    windows, target, chosen, values = text["windows"], text.get("target"), text["choice"], text.get("value", {})
    _settled(definition, "choice", {"event_date", *definition.choices}, set(chosen))
    _settled(definition, "value", set(definition.values), set(values))
    single = {name: text[name] for name in ("windows", "target", "weights", "bands", "fewest") if name in text}
    told = {**single, **chosen, **values}
    return _checked(
        definition,
        Terms(
            windows=tuple(windows["days"]),
            lag_days=windows["lag_days"],
            is_weekly=windows.get("weekly", False),
            target=_target(target["value"], definition) if target and isinstance(definition, Definition) else None,
            chosen={key: value["use"] for key, value in chosen.items()},
            values={key: value["is"] for key, value in values.items()},
            weights=tuple((days, weight) for days, weight in single.get("weights", {}).get("steps", ())),
            bands=tuple((start, name) for start, name in single.get("bands", {}).get("from", ())),
            fewest=single.get("fewest", {}).get("count", 0),
            sources={key: _source(value) for key, value in told.items()},
            not_established={key: value["why"] for key, value in told.items() if "why" in value},
        ),
    )


def _settled(definition: Definition | StateDefinition, kind: str, wanted: set[str], given: set[str]) -> None:
    if wanted != given:
        raise ValueError(
            f"{definition.name}: the policy must settle {kind} {sorted(wanted)}, it settles {sorted(given)}"
        )


def _source(text: Mapping[str, Any]) -> Source:
    return Source(text=text["source"], dated=text["dated"])


def _target(value: float, definition: Definition) -> Target:
    return Target(value=Fraction(str(value)), condition=definition.condition)


def _checked(definition: Definition | StateDefinition, terms: Terms) -> Terms:
    for key, use in terms.chosen.items():
        choice = definition.event_date if key == "event_date" else definition.choices[key]
        if use not in choice.options:
            raise InputError(
                f"choice {key} of {definition.name}", f"one of {', '.join(choice.options)}", "Correct the policy."
            )
    return terms


def _override(metric: Metric, wanted: Mapping[str, Any]) -> Metric:
    """The metric with an account's own windows, lag, target, choices or values, each named in `overridden`."""
    _refuse_strange(wanted, {"windows", "lag_days", "target", "choice", "value"})
    terms = _own_terms(metric.definition, metric.terms, wanted)
    lag = _whole(wanted.get("lag_days", terms.lag_days), "lag_days", at_least=0)
    target = _own_target(wanted["target"], metric.definition) if "target" in wanted else terms.target
    return replace(metric, terms=replace(terms, lag_days=lag, target=target))


def _override_state(state: State, wanted: Mapping[str, Any]) -> State:
    """The state with an account's own window, choices or values; it looks back over one window."""
    _refuse_strange(wanted, {"windows", "choice", "value"})
    terms = _own_terms(state.definition, state.terms, wanted)
    if len(terms.windows) > 1:
        raise InputError("account.toml", "one window, such as [180]", "Check [override].", column="windows")
    return replace(state, terms=terms)


def _refuse_strange(wanted: Mapping[str, Any], known: set[str]) -> None:
    if strange := set(wanted) - known:
        raise InputError("account.toml", f"one of {', '.join(sorted(known))}", "Check [override].", column=min(strange))


def _own_terms(definition: Definition | StateDefinition, terms: Terms, wanted: Mapping[str, Any]) -> Terms:
    """The terms with an account's own windows, choices and values; `overridden` names all it sets."""
    choices = wanted.get("choice", {})
    if not isinstance(choices, dict) or not all(isinstance(use, str) for use in choices.values()):
        raise InputError("account.toml", "a section of words in quotes", "Check [override].", column="choice")
    if strange := set(choices) - set(terms.chosen):
        raise InputError("account.toml", f"one of {', '.join(terms.chosen)}", "Check [override].", column=min(strange))
    values = _values(wanted.get("value", {}), terms, definition)
    return _checked(
        definition,
        replace(
            terms,
            windows=_windows(wanted.get("windows", terms.windows), is_weekly=terms.is_weekly),
            chosen={**terms.chosen, **choices},
            values={**terms.values, **values},
            overridden=tuple(sorted((set(wanted) - {"choice", "value"}) | {*choices, *values})),
        ),
    )


def _values(given: object, terms: Terms, definition: Definition | StateDefinition) -> Mapping[str, int]:
    """An account's own numbers for values the policy sets."""
    if not isinstance(given, dict):
        raise InputError("account.toml", "a section of whole numbers", "Check [override].", column="value")
    if strange := set(given) - set(terms.values):
        known = ", ".join(terms.values) or "none for this metric"
        raise InputError("account.toml", f"one of {known}", "Check [override].", column=min(strange))
    for name, value in given.items():
        _whole(value, name, at_least=_least(name, definition))
    return given


def _least(name: str, definition: Definition | StateDefinition) -> int:
    """The least a value may be; points of a metric may be below zero."""
    if isinstance(definition, StateDefinition):
        return definition.least.get(name, 0)
    return -LONGEST if name.startswith("points_") else 0


def _windows(days: object, *, is_weekly: bool) -> tuple[int, ...]:
    if not isinstance(days, list | tuple) or not days:
        raise InputError("account.toml", "a list of days such as [30, 10]", "Check [override].", column="windows")
    if len(set(map(str, days))) < len(days):
        raise InputError("account.toml", "each window once", "Check [override].", column="windows")
    if is_weekly and any(isinstance(day, int) and day % 7 for day in days):
        raise InputError("account.toml", "whole weeks, such as [56]", "Check [override].", column="windows")
    return tuple(_whole(day, "windows", at_least=1) for day in days)


def _whole(value: object, column: str, *, at_least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not at_least <= value <= LONGEST:
        raise InputError(
            "account.toml", f"a whole number from {at_least} to {LONGEST}", "Check [override].", column=column
        )
    return value


def _own_target(value: object, definition: Definition) -> Target:
    most = definition.unit.most or LONGEST
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < most:
        kind = "a share" if most == 1 else "a number"
        expected = f"{kind} between 0 and {most}, such as {0.04 * most:g}"
        raise InputError("account.toml", expected, "Check [override].", column="target")
    return _target(value, definition)


def _did_you_mean(name: str, known: Mapping[str, Any] | list[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else "Check the spelling."
