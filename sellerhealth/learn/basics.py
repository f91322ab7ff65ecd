"""What a newcomer needs before the first metric: a rate, its denominator, a window, a target; and questions on them."""

from collections.abc import Sequence
from html import escape

from sellerhealth.definition.lesson import Answer, Question
from sellerhealth.learn.question import ask
from sellerhealth.show import numbers
from sellerhealth.show.card import Card

LENGTH = 10
DAYS = ((4, 0), (2, 0), (2, 0), (2, 1), (1, 0), (2, 0), (2, 1), (1, 0), (2, 0), (2, 0), (1, 0), (1, 0))
"""The orders of twelve days, and how many of them were late."""
BASICS = (
    Question(
        asks="You sent 8 orders and 3 of them were late. What is the rate of late orders?",
        answers=(
            Answer(
                text="3 %",
                told="3 is the number of late orders. The rate says out of how many: 3 of 8.",
                idea="The rate is the number of bad orders.",
            ),
            Answer(text="37.5 %", told="3 of 8 is 3 ÷ 8 = 0.375, and that is 37.5 %."),
            Answer(
                text="27.3 %",
                told="That is 3 of 11. The 3 late orders are among the 8, not on top of them.",
                idea="The bad orders come on top of the others.",
            ),
        ),
    ),
    Question(
        asks="Last week 2 of 8 orders were late. This week 2 of 4 were. What did the rate do?",
        answers=(
            Answer(
                text="It stayed the same.",
                told="The numerator stayed at 2, the denominator fell: 2 of 8 is 25 %, 2 of 4 is 50 %.",
                idea="Only a new bad order can change the rate.",
            ),
            Answer(
                text="It fell.",
                told="Fewer orders do not help by themselves: 2 of 8 is 25 %, 2 of 4 is 50 %.",
                idea="Fewer orders mean less trouble, so a lower rate.",
            ),
            Answer(text="It rose.", told="2 of 8 is 25 %, 2 of 4 is 50 %. The same two weigh more among fewer."),
        ),
    ),
    Question(
        asks="A window of 10 days ends on 20 March. Which is its first day?",
        answers=(
            Answer(text="11 March", told="From 11 to 20 March there are 10 days, both ends counted."),
            Answer(
                text="10 March",
                told="From 10 to 20 March there are 11 days: both ends count.",
                idea="The first day is the last one less ten.",
            ),
            Answer(
                text="1 March",
                told="A window moves on by a day each day. It does not wait for a month to begin.",
                idea="A window is a month of the calendar.",
            ),
        ),
    ),
    Question(
        asks="The target is below 1 %. Of 100 orders, 1 went wrong. Is the target met?",
        answers=(
            Answer(
                text="Yes, 1 % is still fine.",
                told="Below 1 % means less than 1 %. 1 of 100 is exactly 1 %; 1 of 101 is below.",
                idea="Below 1 % includes 1 %.",
            ),
            Answer(
                text="Nobody can say: one order is too few.",
                told="One order is enough here: 1 of 100 is 1 %, and that is not below 1 %.",
                idea="A single order can never break a target.",
            ),
            Answer(text="No.", told="1 of 100 is exactly 1 %, and 1 % is not below 1 %."),
        ),
    ),
    Question(
        asks="A late order of 3 March is in a window of 10 days. On which day does it count for the last time?",
        answers=(
            Answer(
                text="13 March",
                told="On 13 March the window begins on 4 March: the order has left.",
                idea="It counts for ten more days after its own.",
            ),
            Answer(text="12 March", told="On 12 March the window begins on 3 March. A day later it has left."),
            Answer(
                text="The day it is put right",
                told="A late order stays late. It leaves by itself when the window has moved past it.",
                idea="What is put right no longer counts.",
            ),
        ),
    ),
)


def what_a_rate_is() -> Card:
    """Eight orders, three of them late: numerator, denominator and rate."""
    late = ("1", "4", "6")
    rows = [(f"Order {number}", "✕ late" if number in late else "✓ on time") for number in map(str, range(1, 9))]
    told = (
        "The denominator is how many there are: 8 orders.",
        "The numerator is how many of them count: 3 late orders.",
        "The rate is one divided by the other: 3 ÷ 8 = 0.375, or 37.5 %. Counts stand beside it: 37.5 % (3 of 8).",
    )
    return _table("What a rate is: 3 of 8", ("Order", "What became of it"), rows, told)


def what_a_window_is() -> Card:
    """Ten days that move on by one each day: what leaves changes the rate as much as what comes."""
    ends = range(LENGTH, len(DAYS) + 1)
    rows = [(f"Day {end}", f"Day {end - LENGTH + 1} to {end}", _of(DAYS[end - LENGTH : end])) for end in ends]
    told = (
        f"A window is so many days, both ends counted. This one has {LENGTH}, and each day it moves on by one.",
        f"On day 11, day 1 has left with its {DAYS[0][0]} good orders. Nothing new went wrong, and the rate rose.",
        "A late order counts until the window has moved past its day. Then it leaves by itself.",
    )
    return _table("What a window is: ten days that move on", ("On", "It holds", "The rate"), rows, told)


def what_a_target_is() -> Card:
    """Below 1 %, and the counts on its edge."""
    counts = ((0, 100), (1, 99), (1, 100), (1, 101), (2, 200), (2, 201))
    rows = [
        (f"{top} of {bottom}", numbers.percent(top / bottom), f"{top} × 100 = {top * 100}",
         f"✓ below {bottom}" if top * 100 < bottom else f"✕ not below {bottom}")
        for top, bottom in counts
    ]  # fmt: skip
    told = (
        "A target says how good is good enough. Below 1 % means less than 1 %: exactly 1 % misses it.",
        "Compare the counts, not the rounded rate: 1 of 100 misses the target, 1 of 101 meets it.",
        "Other targets are met from below: at least 90 % is met by exactly 90 %.",
    )
    return _table("What a target is: below 1 %", ("Counts", "Rate", "Times a hundred", "Target"), rows, told)


def basics() -> Card:
    """The questions on all of it."""
    return ask(BASICS, "basics")


def _of(days: Sequence[tuple[int, int]]) -> str:
    orders, late = (sum(column) for column in zip(*days, strict=True))
    return f"{numbers.percent(late / orders)} ({late} of {orders})"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], told: Sequence[str]) -> Card:
    """A small table with its sentences below."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    lines = "".join(f"<p>{escape(line)}</p>" for line in told)
    html = (
        f"<table><caption>{escape(title)}</caption><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>{lines}"
    )
    text = "\n".join([title, *("  ".join(row) for row in rows), *told])
    return Card(html=html, text=text)
