"""The homepage of an account: a tile for each metric, and what to look at first."""

from collections.abc import Mapping, Sequence
from html import escape

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric, Status
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import Level
from sellerhealth.measure.judge import missing
from sellerhealth.measure.notifications import lacking
from sellerhealth.show import numbers, words
from sellerhealth.show.buy_box import RATING, outlook
from sellerhealth.show.card import Card, items
from sellerhealth.show.standing import CLASS, mark, meaning, standing_sentences

WIDE, HIGH = 240, 48


def tiles(
    results: pl.DataFrame, trends: pl.DataFrame, each: pl.DataFrame, standing: pl.DataFrame, policies: Sequence[Policy]
) -> Card:
    """The seller rating, then a tile for each row of an overview and one for the notifications.

    A tile tells rate, target, verdict, headroom and trend, and leads to its page; what cannot be computed
    has none, see `not_told`. `trends` holds the trends of all metrics stacked, `each` the results under every
    policy; the first of `policies` gives the verdict, and where another one's figure differs it stands beside.
    """
    labels = {policy.name: policy.label for policy in policies}
    on_top = results.sort(pl.col("metric") != RATING, maintain_order=True)
    rows = on_top.filter((pl.col("basis") != Basis.NOT_COMPUTABLE.value) | (pl.col("metric") == RATING))
    told = [
        _tile(
            row, trends, policies[0][row["metric"]], words.beside(row, each, labels), _more(row, results, policies[0])
        )
        for row in rows.iter_rows(named=True)
    ]
    told.insert(1, _state_tile(standing.row(0, named=True), policies[0]))
    return Card(
        html=f'<div class="tiles">{"".join(html for html, _ in told)}</div>', text="\n".join(text for _, text in told)
    )


def files_to_add(policy: Policy, account: Account) -> Card:
    """The files the account lacks, each with the metrics that would gain by it, the most useful first."""
    lacks = [(metric.label, missing(metric, account)) for metric in policy]
    lacks += [(state.label, lacking(state, account)) for state in policy.states.values()]
    wanted: dict[str, dict[str, None]] = {}
    for label, needs in lacks:
        for need in (one for one in needs if not one.about):
            wanted.setdefault(need.remedy, {})[label] = None
    ranked = sorted(wanted.items(), key=lambda item: -len(item[1]))
    lines = [f"{remedy} Needed for: {', '.join(labels)}." for remedy, labels in ranked]
    return items(lines or ["No file is missing."])


def look_first(results: pl.DataFrame, splits: Mapping[str, pl.DataFrame], policy: Policy) -> Card:
    """What to look at first: for each metric that misses its target, or is nearest to it, the leading cause."""
    rows = [row for row in results.iter_rows(named=True) if row["defects"]]
    near = sorted((row for row in rows if row["used"] is not None), key=lambda row: -row["used"])
    bad = [row for row in rows if row["status"] == Status.BAD] or near[:1] or rows[:1]
    lines = [_lead(row, splits[row["metric"]].filter(account=row["account"]), policy[row["metric"]]) for row in bad]
    nothing = "Nothing is known against the account in any window."
    blind = "No figure can be computed yet: add the files named below."
    is_blind = (results["basis"] == Basis.NOT_COMPUTABLE.value).all()
    return items(lines or [blind if is_blind else nothing])


def _more(row: words.Row, results: pl.DataFrame, policy: Policy) -> str:
    """What a tile tells besides: the Buy Box outlook on the rating's."""
    own = results.filter(account=row["account"], marketplace=row["marketplace"])
    return outlook(own, policy) if row["metric"] == RATING else ""


def _state_tile(row: words.Row, policy: Policy) -> tuple[str, str]:
    state, level = policy.states[row["state"]], Level(row["level"])
    told = " ".join([meaning(row, state), *standing_sentences(row, state)])
    name = f'<a href="{state.definition.notebook}.html">{escape(state.label)}</a>'
    html = (
        f'<section class="tile {CLASS[level]}"><h3>{name}</h3><p class="figure"><span class="mark" aria-hidden="true">'
        f"{words.LEVEL_MARK[level]}</span> <strong>{mark(row, state)}</strong></p>"
        f'<p class="told">{escape(told)}</p></section>'
    )
    return html, f"{words.LEVEL_MARK[level]} {state.label}: {mark(row, state)}. {told}"


def _tile(row: words.Row, trends: pl.DataFrame, metric: Metric, beside: str, more: str) -> tuple[str, str]:
    status, rate, state = Status(row["status"]), words.rate(row), words.STATUS[row["status"]]
    sentences = (words.verdict(row, metric), words.band(row, metric), words.headroom(row, metric), more, beside)
    told = " ".join(text for text in sentences if text)
    name = f'<a href="{metric.definition.notebook}.html">{escape(metric.label)}</a>'
    several = len(metric.definition.channels) > 1
    where = f"{words.CHANNEL[row['channel']]}, {numbers.window(row)}" if several else numbers.window(row)
    mine = trends.filter((pl.col("metric") == row["metric"]) & (pl.col("channel") == row["channel"]))
    html = (
        f'<section class="tile {status.lower()}{" lead" if more else ""}"><h3>{name}</h3>'
        f'<p class="figure"><span class="mark" aria-hidden="true">{words.MARK[status]}</span> '
        f'<strong>{escape(rate)}</strong> <span class="state">{state}</span></p>'
        f'<p class="scope">{escape(where)}</p>{_sparkline(mine, metric)}<p class="told">{escape(told)}</p></section>'
    )
    return html, f"{words.MARK[status]} {metric.label}, {where}: {rate}. {told}"


def _sparkline(trend: pl.DataFrame, metric: Metric) -> str:
    """The last days as a line, with the target as a rule; what it shows is told beside it."""
    shown = trend.drop_nulls("value")
    if shown.height < 2:
        return ""
    goal = float(metric.terms.target.value) if metric.terms.target else None
    low, high = _span(metric, [*shown["value"].to_list(), *([] if goal is None else [goal])])
    step = WIDE / (trend.height - 1)
    points = [
        f"{i * step:.1f},{HIGH - (value - low) / (high - low) * HIGH:.1f}"
        for i, value in enumerate(trend["value"].to_list())
        if value is not None
    ]
    ends = (shown.row(0, named=True), shown.row(-1, named=True))
    told = [f"{numbers.figure(row['value'], row['unit'])} on {numbers.day(row['window_end'])}" for row in ends]
    says = f"From {told[0]} to {told[1]}"
    rule = f'<path class="goal" d="M0,{HIGH - (goal - low) / (high - low) * HIGH:.1f}H{WIDE}"></path>' if goal else ""
    return (
        f'<svg class="spark" viewBox="0 -2 {WIDE} {HIGH + 4}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(says)}">'
        f'{rule}<path class="line" d="M{"L".join(points)}"></path></svg>'
    )


def _span(metric: Metric, values: list[float]) -> tuple[float, float]:
    """The lowest and the highest value a line has room for: from zero, but where more is good from the least."""
    room = (max(values) - min(values)) * 0.1
    low = min(values) - room if metric.definition.condition.more_is_good else 0.0
    high = max(values) + (room or abs(max(values)) * 0.1)
    return low, high if high > low else low + 1.0


def _lead(row: words.Row, split: pl.DataFrame, metric: Metric) -> str:
    by = [name for name in metric.definition.dimensions if name in split.columns]
    mine = words.surest(split.filter(pl.col("channel") == row["channel"]))
    where = f" ({words.CHANNEL[row['channel']]})" if len(metric.definition.channels) > 1 else ""
    lead = words.cause(mine.row(0, named=True), metric, by) if mine.height else ""
    # Where no defect is sure, the first thing to do is to find out.
    is_unsure = row["unknown"] and row["unknown"] == row["defects"]
    act = metric.definition.unknown_reason if is_unsure else metric.definition.how_to_act[0]
    return f"{metric.label}{where}, {words.rate(row)}. {lead} {act}".replace("  ", " ")
