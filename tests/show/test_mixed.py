"""Which part of the business moved a figure, in words and as a table."""

from datetime import date

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.measure.causes.explains import explains
from sellerhealth.measure.causes.mix import mix, origins
from sellerhealth.show.mixed import explained_card, mix_card, mix_table
from tests.measure.test_mix import AS_OF, BEFORE, Counts, orders
from tests.metrics.edges import account
from tests.show.figures import ESCAPED, NAMES, example, hostile, metric
from tests.show.markup import harmless, is_twin, read

every_metric = pytest.mark.parametrize("name", NAMES)
WORSE = ({"A": (1, 50), "B": (1, 50)}, {"A": (11, 50), "B": (1, 50)})
BETTER = WORSE[::-1]
SIMPSON = ({"A": (2, 80), "B": (6, 20)}, {"A": (0, 20), "B": (20, 80)})


def split(then: Counts, now: Counts) -> pl.DataFrame:
    return mix(metric(), account(orders=orders(then, now)), AS_OF, "carrier", BEFORE)


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (WORSE, "By carrier, all 10 points lie with A, which got worse (1 of 50 then, 11 of 50 now)."),
        (BETTER, "By carrier, all 10 points lie with A, which got better (11 of 50 then, 1 of 50 now)."),
        (
            ({"A": (2, 50), "B": (1, 50)}, {"A": (5, 50), "B": (2, 50)}),
            (
                "By carrier, 3 of the 4 points lie with A, which got worse (2 of 50 then, 5 of 50 now); "
                "1 point with B, which got worse (1 of 50 then, 2 of 50 now)."
            ),
        ),
        (
            ({"A": (1, 50), "B": (2, 50)}, {"A": (0, 50), "B": (5, 50)}),
            "By carrier, all 2 points and more lie with B, which got worse (2 of 50 then, 5 of 50 now).",
        ),
        (
            ({"A": (0, 80), "B": (4, 20)}, {"A": (0, 20), "B": (16, 80)}),
            (
                "By carrier, 6 of the 12 points lie with the larger share of B (20 then, 80 now); "
                "6 points with the smaller share of A (80 then, 20 now)."
            ),
        ),
        (
            ({"A": (1, 50)}, {"A": (1, 50)}),
            "By carrier: the figure is what it was, so there is nothing to share out.",
        ),
        (({}, {"A": (1, 50)}), "By carrier there is nothing to compare: one of both days counts nothing."),
    ],
)
def test_in_words(sides: tuple[Counts, Counts], told: str):
    card = mix_card(split(*sides), metric(), "carrier")
    assert card.text == told
    assert is_twin(card)


def test_simpson_is_warned_of():
    assert mix_card(split(*SIMPSON), metric(), "carrier").text.endswith(
        "Careful: no carrier got worse by itself, and yet the whole did, "
        "because more of all went to those that are worse anyway."
    )
    assert mix_card(split(*SIMPSON[::-1]), metric(), "carrier").text.endswith(
        "Careful: no carrier got better by itself, and yet the whole did, "
        "because more of all went to those that are better anyway."
    )


def test_many_small_parts():
    then = {f"C{place}": (0, 10) for place in range(20)}
    now = dict.fromkeys(then, (1, 10))
    told = mix_card(split(then, now), metric(), "carrier").text
    assert told == "By carrier, many small parts add up to the change."


def test_the_table_adds_up():
    title, subtitle, headings, rows = read(mix_table(split(*SIMPSON), metric(), "carrier"))
    assert title == "What moved it, by carrier"
    assert subtitle.startswith("By itself: it got better or worse.")
    assert headings == ["Carrier", "Then", "Now", "By itself", "By its share", "Together"]
    assert rows == [
        ("A", "2.5 % (2 of 80)", "0 % (0 of 20)", "-1.25 points", "+7.7 points", "+6.4 points"),
        ("B", "30 % (6 of 20)", "25 % (20 of 80)", "-2.5 points", "+8.1 points", "+5.6 points"),
    ]


def test_a_value_of_one_day_has_none_on_the_other():
    rows = read(mix_table(split({"A": (1, 50)}, {"A": (1, 50), "C": (10, 50)}), metric(), "carrier"))[3]
    assert [row[1:3] for row in rows if row[0] == "C"] == [("none", "20 % (10 of 50)")]


def test_several_accounts_are_named():
    one = split(*WORSE)
    both = pl.concat([one, one.with_columns(account=pl.lit("else"))])
    assert mix_card(both, metric(), "carrier").text.splitlines()[1].startswith("else, by carrier, all 10 points lie")
    headings, rows = read(mix_table(both, metric(), "carrier"))[2:]
    assert headings[:2] == ["Account", "Carrier"]
    assert [row[0] for row in rows] == ["example", "example", "else", "else"]


def test_no_rows_no_table():
    assert mix_table(split({}, {"A": (1, 50)}), metric(), "carrier") is None


def seller(then: Counts, now: Counts) -> Account:
    return account(orders=orders(then, now))


def test_what_explains_most():
    told = explained_card(explains(metric(), seller(*WORSE), AS_OF, BEFORE), metric()).text
    assert told == (
        "Compared by carrier, weekday, product, handling time and warehouse, 2 in all, one explains most of the change. "
        "All 10 points lie with carrier A (1 of 50 then, 11 of 50 now)."
    )


def test_what_luck_explains_as_well():
    both = ({"A": (1, 50), "B": (1, 50)}, {"A": (6, 50), "B": (6, 50)})
    told = explained_card(explains(metric(), seller(*both), AS_OF, BEFORE), metric()).text
    assert told.endswith("2 in all, no single one explains most of the change by more than luck.")


def test_nothing_to_explain_is_not_told():
    same = ({"A": (5, 50), "B": (1, 50)}, {"A": (5, 50), "B": (1, 50)})
    assert explained_card(explains(metric(), seller(*same), AS_OF, BEFORE), metric()).text == ""
    assert explained_card(explains(metric(), account(), AS_OF, BEFORE), metric()).text == ""


@every_metric
def test_every_metric_by_every_origin(name: str):
    one, (told, as_of) = metric(name), example(metric(name))
    for by in origins(one, told):
        found = mix(one, told, as_of, by, date(2026, 3, 20))
        assert is_twin(mix_card(found, one, by))
        table = mix_table(found, one, by)
        assert table is None or harmless(table.as_raw_html())
    assert is_twin(explained_card(explains(one, told, as_of, date(2026, 3, 20)), one))


def test_a_value_from_a_file_is_only_text():
    found = hostile(split(*WORSE))
    assert ESCAPED in harmless(mix_table(found, metric(), "carrier").as_raw_html())
    assert ESCAPED in harmless(mix_card(found, metric(), "carrier").html)
