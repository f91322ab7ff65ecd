"""Which value of a dimension stands out: the funnel plot, and what it says in words."""

from typing import Any

import altair as alt
import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.measure.causes.funnel import LIMITS, edges
from sellerhealth.measure.tally import KEYS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.display import titled

MOST_NAMED, MOST_DOTS = 3, 20
MANY = {
    "category": ("category", "categories"),
    "sku": ("SKU", "SKUs"),
    "shipped_by": ("way to ship", "ways to ship"),
}
"""The names of values in the plural, where it is not made by an s."""
ENDS = {"rate": "all together", "high_95": "95 of 100", "high_998": "998 of 1,000"}
"""How many luck keeps inside of a line."""
LOOKS: tuple[tuple[list[str], dict[str, Any]], ...] = (
    (["rate"], {"style": "ink", "strokeWidth": 1.4}),
    (["low_95", "high_95"], {"style": "other", "strokeWidth": 1.4}),
    (["low_998", "high_998"], {"style": "other", "strokeWidth": 1.3, "strokeDash": [4, 3]}),
)
BEHIND: dict[str, Any] = {"style": "soft", "align": "right", "dx": -2, "dy": -2}
WIDTH, HEADROOM = 1.1, 1.12
"""How much wider and higher the picture is than what is drawn, so that names stand beside and above it."""


def stands_out(found: pl.DataFrame, metric: Metric, by: str) -> Card:
    """Which values stand out after so many were compared, a sentence or two for each channel; `found` is a `funnel`."""
    groups = found.partition_by(KEYS, maintain_order=True)
    several = len(groups) > 1
    told = [_told(group, metric, by, several=several) for group in groups]
    return paragraphs(told or [f"There is no {MANY.get(by, (words.DIMENSION[by], ''))[0]} to compare in the window."])


def _told(group: pl.DataFrame, metric: Metric, by: str, *, several: bool) -> str:
    """What one comparison says.

    Its values are ordered: those that stand out, the least likely by luck first, stand before the others.
    """
    row = group.row(0, named=True)
    name = words.CHANNEL[row["channel"]]
    where = f"{name[0].upper()}{name[1:]}: " if several else ""
    compared, out = row["compared"], group.filter("stands_out")
    if not compared:
        return where + _too_few(int(group["defects"].sum()), metric.definition.defect, _named(by)[1])
    every = f"{where}Of {numbers.count(group.height, _named(by))}"
    head = f"{every} compared," if compared == group.height else f"{every} {compared:,} can be compared, and"
    if out.is_empty():
        return f"{head} none stands out: none is worse than luck alone makes it."
    names = [_one(each, by) for each in out.head(MOST_NAMED).iter_rows(named=True)]
    verb = "one stands out" if out.height == 1 else f"{out.height} stand out"
    rest = f", and {out.height - MOST_NAMED} more" if out.height > MOST_NAMED else ""
    others = " None of the others is worse than luck alone makes it." if out.height < compared else ""
    return f"{head} {verb}: {'; '.join(names)}{rest}.{others}"


def _too_few(seen: int, defect: tuple[str, str], many: str) -> str:
    """Why nothing could be compared.

    Example:
        >>> _too_few(1, ("late order", "late orders"), "carriers")
        '1 late order is too few to compare carriers: nothing can be told from luck.'
    """
    if not seen:
        return f"No {defect[0]} is known for sure in the window, so there is nothing to compare {many} by."
    verb = "is" if seen == 1 else "are"
    return f"{numbers.count(seen, defect)} {verb} too few to compare {many}: nothing can be told from luck."


def _one(row: words.Row, by: str) -> str:
    """A value with its counts, and what the others have.

    Example:
        >>> others = {"others_defects": 7, "others_counted": 600, "others_rate": 7 / 600}
        >>> _one({"sku": "MUG", "defects": 6, "counted": 61, "rate": 6 / 61, **others}, "sku")
        'MUG, 9.8 % (6 of 61) where the others have 1.17 % (7 of 600)'
    """
    return f"{words.value(row[by], by)}, {_rate(row, '')} where the others have {_rate(row, 'others_')}"


def _rate(row: words.Row, whose: str) -> str:
    """A rate with its counts; of a value alone there are no others."""
    if row[f"{whose}rate"] is None:
        return "–"
    return f"{numbers.percent(row[f'{whose}rate'])} ({row[f'{whose}defects']:,} of {row[f'{whose}counted']:,})"


def _named(by: str) -> tuple[str, str]:
    one = words.DIMENSION[by]
    return MANY.get(by, (one, f"{one}s"))


def funnel_chart(found: pl.DataFrame, metric: Metric, by: str) -> alt.LayerChart | None:
    """Each value by how many were counted and how many went wrong, and between which lines luck keeps them.

    Of several channels the first with anything to compare; None where nothing can be compared. `found` is a `funnel`.
    """
    able = found.filter(pl.col("compared") > 0)
    if able.is_empty():
        return None
    group = able.filter(pl.struct(KEYS) == pl.struct(pl.lit(able[name][0]).alias(name) for name in KEYS))
    row = group.row(0, named=True)
    things, defects = metric.definition.unit_counted[1], metric.definition.defect[1]
    largest = group.sort("stands_out", "counted", descending=True, maintain_order=True).head(MOST_DOTS)
    shown = pl.DataFrame([_dot(each, by) for each in largest.iter_rows(named=True)])
    asks = f"Which {_named(by)[0]} stands out?"
    cut = f"; the {MOST_DOTS} largest are shown" if group.height > MOST_DOTS else ""
    scope = f"{numbers.window(row)}; share of {defects}, and what luck keeps inside{cut}"
    says = _told(group, metric, by, several=found.select(KEYS).n_unique() > 1)
    return titled([*_lines(edges(group), group), *_dots(shown, by, things)], asks, scope, says)


def _dot(row: words.Row, by: str) -> dict[str, Any]:
    """A value as it is drawn, with all that is told of it beside the picture."""
    return {
        "name": words.value(row[by], by),
        "own": _rate(row, ""),
        "others": _rate(row, "others_"),
        "most_by_luck": numbers.percent(row["high_95"]),
        "stands_out": "yes" if row["stands_out"] else "no",
        "counted": row["counted"],
        "rate": round(row["rate"], 4),
    }


def _lines(drawn: pl.DataFrame, group: pl.DataFrame) -> list[Any]:
    """The rate of all, and the two pairs of limits, each named where it ends."""
    top = pl.max_horizontal(group["rate"].max(), drawn["high_95"].max(), pl.lit(0.001))
    highest = min(1.0, drawn.select(top).item() * HEADROOM)
    widest = drawn.select(pl.col("counted").max()).item() * WIDTH
    x = alt.X("counted:Q", scale=alt.Scale(domain=[0, widest], nice=False))
    y = alt.Y("share:Q", axis=alt.Axis(format=".1~%", grid=False), scale=alt.Scale(domain=[0, highest], nice=False))
    short = drawn.with_columns(pl.exclude("counted").round(4))
    base = alt.Chart(short).transform_fold(["rate", *LIMITS], as_=["line", "share"]).encode(x=x, y=y, detail="line:N")
    lines = [
        base.transform_filter(alt.FieldOneOfPredicate(field="line", oneOf=names)).mark_line(clip=True, **look)
        for names, look in LOOKS
    ]
    last = short.tail(1).unpivot(list(ENDS), index="counted", variable_name="line", value_name="share")
    ends = last.filter(pl.col("share") <= highest).with_columns(pl.col("line").replace_strict(ENDS).alias("says"))
    text = alt.Chart(ends).encode(x=x, y=y, text=alt.Text("says:N"))
    # The two limits may end near each other: one name stands above its line, the others beside and below theirs.
    above = text.transform_filter(alt.datum.line == "high_998").mark_text(baseline="bottom", **BEHIND)
    below = text.transform_filter(alt.datum.line != "high_998").mark_text(baseline="line-top", **BEHIND)
    return [*lines, above, below]


def _dots(shown: pl.DataFrame, by: str, things: str) -> list[Any]:
    """The values; those that stand out are diamonds with their names."""
    base = alt.Chart(shown).encode(
        x=alt.X("counted:Q", title=f"{things.capitalize()} counted", axis=alt.Axis(format=",d", tickMinStep=1)),
        y=alt.Y("rate:Q", title=None, axis=alt.Axis(format=".1~%", grid=False)),
        tooltip=[
            alt.Tooltip("name:N", title=words.DIMENSION[by]),
            alt.Tooltip("own:N", title="has"),
            alt.Tooltip("others:N", title="the others have"),
            alt.Tooltip("most_by_luck:N", title="most by luck"),
        ],
    )
    inside, outside = (base.transform_filter(alt.datum.stands_out == out) for out in ("no", "yes"))
    return [
        inside.mark_point(style="main", filled=True, size=60, opacity=0.85),
        outside.mark_point(style="bad", filled=True, size=130, shape="diamond"),
        outside.mark_text(style="ink", dy=-14, fontWeight=600).encode(text=alt.Text("name:N")),
    ]
