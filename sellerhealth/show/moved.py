"""What moved a figure between two days: in sentences, as a picture, and the very defects."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric, Unit
from sellerhealth.facts import IDENTITY
from sellerhealth.measure.causes.bridge import STEPS
from sellerhealth.measure.tally import KEYS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.display import titled
from sellerhealth.show.table import EMPTY, Table, first_shown, table, worded

BECAME = {
    "entered_defects": "Entered the window",
    "left_defects": "Left the window",
    "became_defects": "Found since, among those counted already",
    "no_defects_any_more": "None any more",
    "newly_counted": "Counts only now",
    "no_longer_counted": "Counts no longer",
}
"""What became of a defect, by its step."""
BARS = {
    "Defects entered": ("entered_defects",),
    "Found since": ("became_defects", "newly_counted"),
    "Defects left": ("left_defects",),
    "None any more": ("no_defects_any_more", "no_longer_counted"),
    "Clean": ("entered_clean", "left_clean"),
    "Count otherwise": ("revalued",),
}
"""The bars between then and now, and the steps each holds."""
AMOUNTS = ("counted", "defects", "numerator", "denominator")
MOST_SHOWN = 6
ROOM = 2.2
"""How much wider than its longest bar a picture is, so that what it says stands behind it."""
Steps = dict[str, words.Row]


def moved_card(found: pl.DataFrame, metric: Metric) -> Card:
    """From which figure to which, what entered, left and changed; a paragraph for each channel."""
    if found.is_empty():
        return paragraphs(["What moved it cannot be told: the figure cannot be computed from these files."])
    return paragraphs([_told(_by_step(part), metric, where(part, found)) for part in _parts(found)])


def moved_chart(found: pl.DataFrame, metric: Metric) -> alt.LayerChart | None:
    """A bridge from the figure then to the figure now, of the first channel; None without both, or where nothing moved.

    Each bar begins where the one before it ends; what it moves the figure by does not depend on which comes first.
    """
    steps = _by_step(_parts(found)[0]) if found.height else {}
    if not steps or steps["then"]["value"] is None or steps["now"]["value"] is None:
        return None
    bars = _bars(steps, metric)
    low, high = bars.columns[1:3]
    first, last = min(bars[low].to_list()), max(bars[high].to_list())
    if first == last:
        return None
    shape = ".2~%" if metric.definition.unit is Unit.PERCENT else ".2~f"
    base = alt.Chart(bars).encode(
        y=alt.Y("name:N", sort=bars["name"].to_list(), title=None, axis=alt.Axis(grid=False, labelLimit=150)),
        x=alt.X(
            f"{low}:Q",
            title=None,
            axis=alt.Axis(format=shape, labelOverlap=True, tickCount=4),
            scale=alt.Scale(domain=[first, first + (last - first) * ROOM], nice=False),
        ),
        tooltip=[alt.Tooltip("name:N"), alt.Tooltip("label:N", title="moved it by")],
    )
    layers: list[Any] = [
        base.transform_filter(alt.datum.style == style)
        .mark_bar(style=style, height={"band": 0.65})
        .encode(x2=f"{high}:Q")
        for style in ("main", "bad", "good")
    ]
    layers.append(
        base.mark_text(style="ink", align="left", dx=6).encode(x=alt.X(f"{high}:Q"), text=alt.Text("label:N"))
    )
    says = _told(steps, metric, "")
    return titled(layers, "What moved it?", _days(steps, metric), says, height=30 * bars.height)


def moved_table(rows: pl.DataFrame, metric: Metric, most: int = MOST_SHOWN) -> Table:
    """The very defects that entered, left or changed, the newest first."""
    several = ["account"] if rows["account"].n_unique() > 1 else []
    own = [*several, *IDENTITY[metric.definition.fact], *metric.definition.defect_columns, "skus"]
    empty = {name for name in rows.columns if rows[name].null_count() == rows.height > 0}
    told = [name for name in dict.fromkeys(own) if name in rows.columns and name not in empty]
    shown = rows.head(most).select(
        pl.col("step").replace_strict(BECAME, default=EMPTY).alias("What became of it"),
        *(worded(name) if name in ("topic", "cancelled_by") else pl.col(name) for name in told),
    )
    title = f"{numbers.count(words.number_of(rows), metric.definition.defect).capitalize()} moved it"
    return table(shown, title, f"The newest first.{first_shown(rows.height, most)}")


def where(part: pl.DataFrame, found: pl.DataFrame) -> str:
    """Of which account and channel a part of the rows is, where there are several; else empty."""
    told = [part["account"][0]] if found["account"].n_unique() > 1 else []
    told += [words.CHANNEL[part["channel"][0]]] if found["channel"].n_unique() > 1 else []
    place = ", ".join(told)
    return place if len(told) != 1 or told[0] == part["account"][0] else place[0].upper() + place[1:]


def points(effect: float, metric: Metric, *, signed: bool = False) -> str:
    """A change of a figure, in its unit: percentage points, hours, or points.

    Example:
        >>> from sellerhealth.metrics import policy
        >>> points(0.0099, policy("handbook")["order_defect_rate"])
        '0.99 points'
    """
    size = abs(effect)
    is_share = metric.definition.unit is Unit.PERCENT
    told = numbers.percent(size).removesuffix(" %") if is_share else numbers.plain(size)
    sign = ("+" if effect > 0 else "-" if effect < 0 else "") if signed else ""
    thing = ("hour", "hours") if metric.definition.unit is Unit.HOURS else ("point", "points")
    return f"{sign}{told} {thing[0] if told == '1' else thing[1]}"


def _told(steps: Steps, metric: Metric, place: str) -> str:
    told = [_ends(steps, metric, place)]
    if steps["then"]["value"] is not None and steps["now"]["value"] is not None:
        told += _counts(steps, metric) if _is_count(metric) else [_mean(steps, metric)]
    return " ".join(line for line in told if line)


def _counts(steps: Steps, metric: Metric) -> list[str]:
    """What became of the defects, and what the clean rows did."""
    defects, thinner = _defects(steps, metric), _thinner(steps, metric)
    return (
        [defects, thinner]
        if defects or thinner
        else [f"No {metric.definition.defect[0]} entered the window or left it."]
    )


def _ends(steps: Steps, metric: Metric, place: str) -> str:
    then, now = steps["then"], steps["now"]
    start = f"{place}: from" if place else "From"
    return f"{start} {_rate(then, metric)}, as known on {numbers.day(then['before'])}, to {_rate(now, metric)} now."


def _defects(steps: Steps, metric: Metric) -> str:
    """How many defects came, went and changed; the first that is told names them. Empty where none did."""
    amount = {name: steps[name]["defects"] for name in STEPS}
    since = amount["became_defects"] + max(amount["newly_counted"], 0)
    cured = -amount["no_defects_any_more"] - min(amount["no_longer_counted"], 0)
    things = metric.definition.unit_counted[1]
    left = "left it" if amount["entered_defects"] else "left the window"
    parts = (
        (amount["entered_defects"], "entered the window", "entered the window"),
        (-amount["left_defects"], left, left),
        (since, f"was found since among {things} counted before", f"were found since among {things} counted before"),
        (cured, "is none any more", "are none any more"),
    )
    told = [(number, one if number == 1 else many) for number, one, many in parts if number]
    if not told:
        return ""
    (first, verb), *others = told
    sentence = [f"{numbers.count(first, metric.definition.defect)} {verb}", *(f"{n:,} {verb}" for n, verb in others)]
    return f"{numbers.listed(sentence)}."


def _thinner(steps: Steps, metric: Metric) -> str:
    """That a figure moved with no new defect, or with as many as then, because of the clean rows; else empty."""
    then, now = steps["then"], steps["now"]
    clean = steps["entered_clean"]["counted"] + steps["left_clean"]["counted"]
    came = sum(max(steps[name]["defects"], 0) for name in STEPS)
    got_worse = now["defects"] * then["counted"] > then["defects"] * now["counted"]
    defect, thing = metric.definition.defect, metric.definition.unit_counted
    if not came and got_worse and clean < 0:
        lead = f"No new {defect[0]}"
    elif now["defects"] == then["defects"] and now["value"] != then["value"] and (clean < 0) == got_worse:
        lead = f"As many {defect[1]} as then"
    else:
        return ""
    number = numbers.count(abs(clean), (f"more clean {thing[0]}", f"more clean {thing[1]}"))
    ways = "left the window than entered it" if clean < 0 else "entered the window than left it"
    return f"{lead}: it {'rose' if now['value'] > then['value'] else 'fell'} because {number} {ways}."


def _mean(steps: Steps, metric: Metric) -> str:
    """What entered and what left moved a mean by."""
    thing = metric.definition.unit_counted
    told = []
    for name, verb in (("entered", "entered the window"), ("left", "left it")):
        both = [steps[f"{name}_{kind}"] for kind in ("clean", "defects")]
        number, effect = sum(abs(one["counted"]) for one in both), sum(one["effect"] for one in both)
        if number:
            told.append(f"{numbers.count(number, thing)} {verb} and moved it by {points(effect, metric, signed=True)}")
    other = sum(steps[name]["effect"] for name in STEPS if not name.startswith(("entered", "left")))
    if round(other, 6):
        told.append(f"what stayed in it counts otherwise now, {points(other, metric, signed=True)}")
    listed = numbers.listed(told)
    return f"{listed[0].upper()}{listed[1:]}." if told else ""


def _is_count(metric: Metric) -> bool:
    """Whether the figure is a share of what is counted, so that its defects are all that moves it."""
    return metric.definition.unit is Unit.PERCENT


def _rate(row: words.Row, metric: Metric) -> str:
    goal = metric.terms.target
    return words.rate(
        {
            **row,
            "metric": metric.name,
            "policy": metric.policy,
            "unit": metric.definition.unit.value,
            "target": float(goal.value) if goal else None,
        }
    )


def _days(steps: Steps, metric: Metric) -> str:
    days = numbers.span(metric.window_days)
    return f"{days}: as known on {numbers.day(steps['then']['before'])}, and on {numbers.day(steps['now']['as_of'])}"


def _bars(steps: Steps, metric: Metric) -> pl.DataFrame:
    """One row a bar: where it begins and ends, what it says, and its colour. Only the ends of a share are percent."""
    place, more_is_good = steps["then"]["value"], metric.definition.condition.more_is_good
    rows = []
    for name, parts in BARS.items():
        effect = sum(steps[part]["effect"] for part in parts)
        if any(steps[part][amount] for part in parts for amount in AMOUNTS):
            style = "good" if (effect > 0) == more_is_good else "bad"
            told = f"{points(effect, metric, signed=True)}{_counted(steps, parts)}"
            low, high = sorted((place, place + effect))
            rows.append({"name": _name(name, metric), "low": low, "high": high, "label": told, "style": style})
            place += effect
    bars = pl.DataFrame([_end("Then", steps, metric, rows), *rows, _end("Now", steps, metric, rows)])
    return bars if metric.definition.unit is Unit.PERCENT else bars.rename({"low": "begins", "high": "ends"})


def _end(name: str, steps: Steps, metric: Metric, rows: Sequence[words.Row]) -> words.Row:
    """The bar of a figure: from zero, but where more is good from a little below the lowest of the others."""
    row = steps[name.lower()]
    places = [row["value"], *(place for bar in rows for place in (bar["low"], bar["high"]))]
    lowest = min(places) - (max(places) - min(places)) / 2 if metric.definition.condition.more_is_good else 0.0
    # Its counts stand in the words above: on a phone there is no room behind the longest bar.
    told = _rate(row, metric).partition(" (")[0]
    return {"name": name, "low": max(lowest, 0.0), "high": row["value"], "label": told, "style": "main"}


def _name(bar: str, metric: Metric) -> str:
    return f"Clean {metric.definition.unit_counted[1]}" if bar == "Clean" else bar


def _counted(steps: Steps, parts: tuple[str, ...]) -> str:
    """How many defects, or clean rows net, a bar stands for."""
    if parts == BARS["Clean"]:
        net = sum(steps[part]["counted"] for part in parts)
        return f" ({net:+,})"
    number = abs(sum(steps[part]["defects"] for part in parts))
    return f" ({number:,})" if number else ""


def _parts(found: pl.DataFrame) -> list[pl.DataFrame]:
    return found.partition_by(KEYS, maintain_order=True)


def _by_step(part: pl.DataFrame) -> Steps:
    return {row["step"]: row for row in part.iter_rows(named=True)}
