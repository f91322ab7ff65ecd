"""The twelve rows of an example worked by hand: every step with its numbers filled in, all taken from the record."""

from html import escape

import polars as pl

from sellerhealth.definition import policy as policies
from sellerhealth.definition.metric import DEFECTS, Metric, Unit
from sellerhealth.learn import arithmetic, notices
from sellerhealth.learn.course import Subject
from sellerhealth.learn.step import Step, beside
from sellerhealth.learn.worked import ABSENT, AFTER, APART, BEFORE, LEFT_OUT, ROW, account, worked
from sellerhealth.measure.evaluate import evaluate
from sellerhealth.measure.tally import window
from sellerhealth.metrics import policy
from sellerhealth.show import numbers, words
from sellerhealth.show.card import Card
from sellerhealth.show.table import HEADINGS, Table, table


def steps(metric: Subject) -> tuple[Step, ...]:
    """The steps from twelve rows to a verdict, and what the other policies make of the same rows.

    Example:
        >>> for step in steps(policy("handbook")["late_dispatch_rate"])[3:5]:
        ...     print(step.text)
        Divide
          3 of 8: 3 ÷ 8 = 0.375, which is 37.5 %.
        Compare with the target: below 4 %
          Compare whole numbers, not rounded rates: 3 × 100 = 300 is not below 4 × 8 = 32. It misses the target.
          On the edge: 1 of 25 is 4 %, and that is not below 4 %. 1 of 26 is.
    """
    if not isinstance(metric, Metric):
        return notices.steps(metric)
    found = worked(metric)
    made = (_window(metric, found), _population(metric, found), _counted(metric, found))
    return (*made, arithmetic.division(metric, found), arithmetic.verdict(metric, found), *_others(metric, found))


def by_hand(metric: Subject) -> Card:
    """The steps, and behind them what became of each row."""
    told = steps(metric)
    html = "".join(f"<li>{step.html}</li>" for step in told)
    text = "\n".join(f"{number}. {step.text}" for number, step in enumerate(told, 1))
    return Card(html=f'<ol class="steps">{html}</ol>', text=text)


def twelve_rows(metric: Subject) -> tuple[Card | Table, ...]:
    """The rules, and the tables of the example without a word on how a row is counted: that is the reader's to find."""
    example = metric.definition.example
    as_of = f"Count them as of {numbers.day(example.as_of)}."
    tables = [table(_to_count(example.rows(name)), _titled(name), as_of) for name in example.tables]
    return (rules(metric), *tables)


def rules(metric: Subject) -> Card:
    """What has to be known before a row can be counted: the window, each rule of the policy, points and weights."""
    definition, terms = metric.definition, metric.terms
    told = {"Policy": policies_label(metric.policy), **_place(metric)}
    told |= {choice.question: metric.option(name).meaning for name, choice in definition.choices.items()}
    told |= {question: f"{terms.values[name]:,}" for name, question in definition.values.items()}
    if terms.weights:
        told["How much does age weigh?"] = ", ".join(
            f"{weight} up to {days - 1} days old" for days, weight in terms.weights
        )
    if any("channel" in definition.example.rows(name).columns for name in definition.example.tables):
        told["MFN, AFN"] = "shipped by us, shipped by Amazon"
    html = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in told.items())
    return Card(html=f'<dl class="meaning">{html}</dl>', text="\n".join(f"{a}: {b}" for a, b in told.items()))


def _place(metric: Subject) -> dict[str, str]:
    """The window on the day of the example, and the day that puts a row into it."""
    as_of, counted_by = metric.definition.example.as_of, metric.option("event_date").meaning
    if not isinstance(metric, Metric):
        return {"Window": f"{numbers.span(metric.terms.windows[0])}, up to {numbers.day(as_of)}", "By": counted_by}
    start, end = window(metric, as_of, metric.window_days)
    place = {"window_days": metric.window_days, "window_start": start, "window_end": end}
    return {"Window": f"{numbers.window(place)}, both days counted", "By": counted_by}


def policies_label(name: str) -> str:
    """What a policy is called, and what it is about."""
    one = policy(name)
    return f"{one.label}. {one.about}"


def _titled(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _to_count(rows: pl.DataFrame) -> pl.DataFrame:
    known = rows.drop("remark", strict=False)
    return known.rename(lambda column: HEADINGS.get(column, column.replace("_", " ").capitalize()))


def same_by_code(metric: Subject) -> Card:
    """The figure that the package finds of the same rows, beside the one by hand."""
    if not isinstance(metric, Metric):
        return notices.same_by_code(metric)
    example, sums = metric.definition.example, worked(metric).select(pl.col("adds", "weighs").sum()).row(0)
    now = evaluate(metric, account(metric.definition), example.as_of).row(0, named=True)
    by_code = (now["numerator"], now["denominator"])
    sums_told = "" if metric.definition.unit is Unit.PERCENT else f"{arithmetic.pair(metric, *by_code)}: "
    told = f"{sums_told}{words.rate(now)}"
    return beside(arithmetic.pair(metric, *sums), told, is_same=by_code == sums)


def _window(metric: Metric, found: pl.DataFrame) -> Step:
    start, end = window(metric, metric.definition.example.as_of, metric.window_days)
    place = {"window_days": metric.window_days, "window_start": start, "window_end": end}
    outside = found.filter(pl.col("place").is_in([BEFORE, AFTER]))
    inside = found.filter(~pl.col("place").is_in([BEFORE, AFTER, ABSENT]))
    gone = _remarks(found.filter(place=ABSENT), "It does not stand")
    many = ROW[metric.definition.fact][1]
    counted_by = metric.option("event_date").meaning
    told = f"The window is {numbers.window(place)}, both days counted. It goes by {counted_by}."
    lines = (told, f"In it: {letters(inside)}.", *_reasons(outside, "Not in it"), *gone, *_numbered(found))
    return Step(f"Which {many} are in the window?", lines)


def _population(metric: Metric, found: pl.DataFrame) -> Step:
    left_out = found.filter(pl.col("place").is_in([LEFT_OUT, APART]))
    is_less = found.filter(pl.col("place").is_in([BEFORE, AFTER, ABSENT])).height > 0
    counted = found.filter("is_counted")
    whole = numbers.count(int(found["weighs"].sum()), metric.definition.unit_counted)
    whole = f"a weight of {found['weighs'].sum()}" if metric.terms.weights else whole
    told = (f"Counted: {letters(counted)}. That is {whole}.", *_reasons(left_out, "Left out"))
    return Step(f"Which of {'those' if is_less else 'them'} can be counted?", (metric.definition.out_of, *told))


def _counted(metric: Metric, found: pl.DataFrame) -> Step:
    """What each row adds: for a rate whether it does, for a mean how much."""
    definition = metric.definition
    if definition.unit is not Unit.PERCENT:
        return Step("What does each of them add?", (definition.counted, *arithmetic.addends(metric, found)))
    is_of_defects = definition.figure is DEFECTS
    adding = found.filter(pl.col("adds") > 0)
    rest = found.filter(pl.col("is_counted") & (pl.col("adds") == 0))
    title = f"Which of them are {definition.defect[1]}?" if is_of_defects else "Which of them does the rate count?"
    yes, no = ("Yes", "No") if is_of_defects else ("It counts", "It does not")
    told = [*_remarks(adding, yes), *_remarks(rest, no)]
    return Step(title, (definition.counted, *told, f"Together: {arithmetic.sum_of(adding['adds'].to_list())}."))


def _others(metric: Metric, found: pl.DataFrame) -> tuple[Step, ...]:
    """A step for each other policy."""
    return tuple(_other(metric, found, name) for name in policies.names() if name != metric.policy)


def _other(metric: Metric, found: pl.DataFrame, name: str) -> Step:
    chosen = policy(name)
    other, theirs = chosen[metric.name], worked(chosen[metric.name])
    title = f"Under the other policy: {chosen.label}"
    example = metric.definition.example
    now = evaluate(other, account(metric.definition), example.as_of).row(0, named=True)
    told = f"{words.rate(now)}. {words.verdict(now, other)}"
    changed = theirs.filter((theirs["is_counted"] != found["is_counted"]) | (theirs["adds"] != found["adds"]))
    if changed.is_empty():
        return Step(title, (f"The same rows count, in the same way. It is {told}",))
    rows = [f"{row['row']}: {_becomes(row, other)}. {sentence(row['remark'])}" for row in changed.iter_rows(named=True)]
    return Step(title, (f"It is {told} What is different:", *rows))


def _becomes(row: words.Row, metric: Metric) -> str:
    if not row["is_counted"]:
        return f"not counted ({row['reason']})"
    if metric.definition.unit is not Unit.PERCENT:
        return "counted"
    return f"counted, {'a' if row['is_defect'] else 'no'} {metric.definition.defect[0]}"


def _numbered(found: pl.DataFrame) -> list[str]:
    """How the rows of a letter that has several are told apart."""
    several = found.filter(pl.col("row").str.ends_with("1"))["row"].str.slice(0, 1)
    return [f"{letter}1, {letter}2 and so on are the rows of {letter}, in their order." for letter in several]


def letters(found: pl.DataFrame) -> str:
    """The rows by their letters; "none" where there are none."""
    return ", ".join(found["row"]) or "none"


def _reasons(found: pl.DataFrame, head: str) -> list[str]:
    """A sentence for each row that is not counted: its reason, and what the example says of it."""
    return [
        f"{head}: {row['row']}. {sentence(row['reason'])} {sentence(row['remark'])}"
        for row in found.iter_rows(named=True)
    ]


def _remarks(found: pl.DataFrame, head: str) -> list[str]:
    return [f"{head}: {row['row']}. {sentence(row['remark'])}" for row in found.iter_rows(named=True)]


def sentence(remark: str) -> str:
    """A remark of the example as a sentence.

    Example:
        >>> sentence("three days over: late")
        'Three days over: late.'
    """
    return f"{remark[:1].upper()}{remark[1:]}."
