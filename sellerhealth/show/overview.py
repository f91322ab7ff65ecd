"""The homepage of an account: a tile for each metric, and what to look at first."""

from collections.abc import Mapping, Sequence
from html import escape

import polars as pl

from sellerhealth.definition.account import Account
from sellerhealth.definition.metric import Basis, Metric, Status
from sellerhealth.definition.policy import Policy
from sellerhealth.measure.judge import missing
from sellerhealth.show import words
from sellerhealth.show.card import Card

WIDE, HIGH = 240, 48


def tiles(results: pl.DataFrame, trends: pl.DataFrame, each: pl.DataFrame, policies: Sequence[Policy]) -> Card:
    """One tile for each row of an overview: rate, target, verdict, headroom, trend line, and a link to its page.

    `trends` holds the trends of all metrics stacked, `each` the results under every policy; the first of
    `policies` gives the verdict, and where another one's figure differs it stands beside.
    """
    labels = {policy.name: policy.label for policy in policies}
    told = [
        _tile(row, trends, policies[0][row["metric"]], words.beside(row, each, labels))
        for row in results.iter_rows(named=True)
    ]
    return Card(
        html=f'<div class="tiles">{"".join(html for html, _ in told)}</div>', text="\n".join(text for _, text in told)
    )


def look_first(results: pl.DataFrame, splits: Mapping[str, pl.DataFrame], policy: Policy, account: Account) -> Card:
    """What to look at first: for each metric that misses its target, or is nearest to it, the leading cause.

    A metric that cannot be computed is named with the file that would mend it.
    """
    rows = [row for row in results.iter_rows(named=True) if row["numerator"]]
    bad = [row for row in rows if row["status"] == Status.BAD] or rows[:1]
    blind = [row["metric"] for row in results.iter_rows(named=True) if row["basis"] == Basis.NOT_COMPUTABLE]
    lines = [_lead(row, splits[row["metric"]], policy[row["metric"]]) for row in bad]
    lines += [_mend(policy[name], account) for name in dict.fromkeys(blind)]
    if not lines:
        lines = ["Nothing is known against the account in any window."]
    html = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return Card(html=f'<ol class="actions">{html}</ol>', text="\n".join(lines))


def _mend(metric: Metric, account: Account) -> str:
    """What keeps a figure from being computed, and the file that would mend it."""
    return f"{metric.label}: {' '.join(f'{need.reason} {need.remedy}' for need in missing(metric, account))}"


def _tile(row: words.Row, trends: pl.DataFrame, metric: Metric, beside: str) -> tuple[str, str]:
    status, rate, state = Status(row["status"]), words.rate(row), words.STATUS[row["status"]]
    told = " ".join(text for text in (words.verdict(row, metric), words.headroom(row, metric), beside) if text)
    name = f'<a href="{metric.definition.notebook}.html">{escape(metric.label)}</a>'
    where = f"{words.CHANNEL[row['channel']]}, {words.window(row)}"
    mine = trends.filter((pl.col("metric") == row["metric"]) & (pl.col("channel") == row["channel"]))
    html = (
        f'<section class="tile {status.lower()}"><h3>{name}</h3>'
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
    goal = float(metric.terms.target.value) if metric.terms.target else 0.0
    top = max(*shown["value"].to_list(), goal) * 1.1 or 1.0
    step = WIDE / (trend.height - 1)
    points = [
        f"{i * step:.1f},{HIGH - row / top * HIGH:.1f}"
        for i, row in enumerate(trend["value"].to_list())
        if row is not None
    ]
    first, last = shown.row(0, named=True), shown.row(-1, named=True)
    says = (
        f"From {words.percent(first['value'])} on {words.day(first['window_end'])} "
        f"to {words.percent(last['value'])} on {words.day(last['window_end'])}"
    )
    rule = f'<path class="goal" d="M0,{HIGH - goal / top * HIGH:.1f}H{WIDE}"></path>' if goal else ""
    return (
        f'<svg class="spark" viewBox="0 -2 {WIDE} {HIGH + 4}" role="img" aria-label="{escape(says)}">'
        f'{rule}<path class="line" d="M{"L".join(points)}"></path></svg>'
    )


def _lead(row: words.Row, split: pl.DataFrame, metric: Metric) -> str:
    by = [name for name in metric.definition.dimensions if name in split.columns]
    mine = split.filter((pl.col("channel") == row["channel"]) & (pl.col("numerator") > 0))
    where = f" ({words.CHANNEL[row['channel']]})" if len(metric.definition.channels) > 1 else ""
    lead = words.cause(mine.row(0, named=True), metric, by) if mine.height else ""
    return f"{metric.label}{where}, {words.rate(row)}. {lead} {metric.definition.how_to_act[0]}".replace("  ", " ")
