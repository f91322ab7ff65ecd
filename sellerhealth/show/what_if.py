"""What would help: each change with the figure it would give, and what it assumes."""

import polars as pl

from sellerhealth.definition.metric import Metric
from sellerhealth.measure.outlook.scenarios import Kind
from sellerhealth.measure.tally import KEYS
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card, paragraphs
from sellerhealth.show.table import Table, table

MOST_ROWS = 6
PAST = "Too late for these: it shows what they cost."
MENDED = {
    "negative_feedback": (
        "negative feedback of # is removed",
        "Amazon removes only what breaks its rules, such as words about the product alone.",
    ),
    "claim": ("the claims on # are all denied", "Every appeal is won."),
    "chargeback": ("the chargebacks on # are decided for us", "Every dispute is won."),
    "cancellation": ("# had not been cancelled by us", PAST),
    "late_shipment": ("# had been confirmed in time", PAST),
    "late_answer": ("the buyers of # had been answered in time", PAST),
    "refund": ("# had not been refunded", PAST),
    "buyer_message": ("the buyers of # had had no need to write", PAST),
}
"""Per flaw: how it reads when it is away from a number of orders, and what that assumes."""
FULLY = "It shows in full once a whole window has passed."


def what_helps(found: pl.DataFrame, metric: Metric, most: int = MOST_ROWS) -> Table | Card:
    """Each change that would help the headline, with the figure it would give; a sentence where none would.

    `found` are the `scenarios` of the metric.
    """
    if found.is_empty():
        return paragraphs(["As far as these files tell, no change of this window would make the figure better."])
    shown = found.group_by(KEYS, maintain_order=True).head(most).head(2 * most)
    several = shown["channel"].n_unique() > 1
    rows = [
        {
            "If": _sentence(f"{_whose(row, several=several)}{what(row, metric)}"),
            # Counts stay on their line: "(3 of" and "713)" below it are hard to read.
            "Then": f"{words.MARK[row['status']]} {words.rate(row)}".replace(" of ", "\u00a0of\u00a0"),
            "It takes that": assumes(row),
        }
        for row in shown.iter_rows(named=True)
    ]
    goal = f" ✓ is {words.target(metric)}, ✕ is not." if metric.terms.target else ""
    subtitle = f"Each by itself, in the window of {numbers.window(found.row(0, named=True))}; the best first.{goal}"
    return table(pl.DataFrame(rows), "What would help?", subtitle)


def what(row: words.Row, metric: Metric) -> str:
    """The change, as it reads after "if".

    Example:
        >>> from sellerhealth.metrics import policy
        >>> row = {"kind": "CURED", "subject": "claim", "dimension": None, "changed": 7}
        >>> what(row, policy("handbook")["order_defect_rate"])
        'the claims on 7 orders are all denied'
    """
    one, number = metric.definition.unit_counted, row["changed"]
    things = numbers.count(number, one)
    subject = words.value(row["subject"], row["dimension"]) if row["dimension"] else row["subject"]
    match row["kind"]:
        case Kind.CLEAN_ORDERS:
            more, defect = things.replace(" ", " more ", 1), metric.definition.defect[0]
            return f"{more} came, {'not' if number == 1 else 'none of them'} a {defect}"
        case Kind.UNDECIDED_DENIED:
            return f"the undecided claims on {things} are denied"
        case Kind.CURED:
            template, _ = MENDED.get(subject, (f"# were without {subject.replace('_', ' ')}", ""))
            return template.replace("#", things)
        case Kind.REPLACED:
            return f"the {things} of {subject} had gone as the others did"
        case _:
            return f"{subject} had not been sold ({things})"


def assumes(row: words.Row) -> str:
    """What a change takes for granted."""
    match row["kind"]:
        case Kind.CLEAN_ORDERS:
            return "They fall into the same window, on top of the usual."
        case Kind.UNDECIDED_DENIED:
            return "Amazon decides for us."
        case Kind.CURED:
            return MENDED.get(row["subject"], ("", PAST))[1]
        case Kind.REPLACED:
            return f"What takes its place does as well as the others.{_luck(row)} {FULLY}"
        case _:
            return f"Nothing else is bought instead.{_luck(row)} {FULLY}"


def _luck(row: words.Row) -> str:
    return "" if row["stands_out"] else " It does not stand out: it may have been luck."


def now_and_then(found: pl.DataFrame, metric: Metric) -> Card:
    """The headline as it is and as it would be, a sentence for each channel; `found` is a `what_if`."""
    rows = found.filter(pl.col("window_days") == metric.window_days)
    now, then = (rows.filter(case=case).iter_rows(named=True) for case in ("now", "then"))
    several = len(metric.definition.channels) > 1
    told = [_both(before, after, metric, several=several) for before, after in zip(now, then, strict=True)]
    return paragraphs(told)


def _both(now: words.Row, then: words.Row, metric: Metric, *, several: bool) -> str:
    where = _sentence(f"{_whose(now, several=several)}now")
    verdict = words.STATUS[then["status"]].lower()
    return f"{where} {words.rate(now)}, then {words.rate(then)}: {verdict}. {words.headroom(then, metric)}".strip()


def _whose(row: words.Row, *, several: bool) -> str:
    return f"{words.CHANNEL[row['channel']]}: " if several else ""


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
