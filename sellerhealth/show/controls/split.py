"""The headline split by a dimension of one's choice."""

from sellerhealth.measure.evaluate import breakdown, leading_split
from sellerhealth.measure.judge import missing
from sellerhealth.show import words
from sellerhealth.show.chart import breakdown_chart
from sellerhealth.show.controls.panel import Drawn, Panel, choice, told, which
from sellerhealth.show.controls.subject import Keys, Look, Subject, only

MOST_NAMED = 3


def split_panel(subject: Subject) -> Panel:
    """Bars of defects per value of a dimension."""
    metric = subject.metric
    names = [(words.DIMENSION[name], name) for name in metric.definition.dimensions]
    by = choice("Split by", names, leading_split(metric, subject.account)[0])
    return Panel(
        "Split",
        subject,
        {"part": which(subject), "by": by},
        lambda **chosen: draw(subject, **chosen),
        twin="the bars under What moved it.",
    )


def draw(subject: Subject, part: Keys, by: str) -> Drawn:
    """The bars, and the values with the most defects in words."""
    metric = subject.metric
    split = breakdown(*subject.given, by).filter(**part)
    line = subject.call("sh.breakdown", by=by) + only(part)
    named = words.surest(split).head(MOST_NAMED).iter_rows(named=True)
    lines = [words.cause(row, metric, (by,)) for row in named] or _nothing(subject)
    return Drawn(
        pieces=[breakdown_chart(split, metric, by), told(lines)],
        looks=(Look(says=f"the figure by {words.DIMENSION[by]}", frame=split, line=line),),
    )


def _nothing(subject: Subject) -> list[str]:
    reasons = [f"{need.reason} {need.remedy}" for need in missing(subject.metric, subject.account)]
    return [f"No {subject.metric.definition.defect[0]} is known in the window.", *reasons]
