"""What is counted out of what, day by day, before anything rings."""

import pytest

from sellerhealth import policy
from sellerhealth.definition import policy as policies
from sellerhealth.measure.signals import SIGNALS, signals, watched
from sellerhealth.metrics import METRICS, STATES
from tests.measure.signs import START, Counter, Trade, account, message, on, order, sent_back

HANDBOOK = policy("handbook")
EACH_DAY = [order(f"D{number}", on(number)) for number in range(100)]


def counts(found, signal):
    """Per day of a signal, by its number: how many of how many."""
    rows = found.filter(signal=signal).select("event_on", "numerator", "denominator").rows()
    return {(day - START).days: (number, round(out_of, 6)) for day, number, out_of in rows}


def told(signal, as_of, rules=HANDBOOK, **tables):
    return counts(signals(rules, account(as_of, **tables), as_of), signal)


@pytest.mark.parametrize("rules", policies.names())
@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_one_counts_row_by_row(seed, rules):
    trade = Trade(seed)
    for as_of in (on(119), on(80 + seed)):
        found = signals(policy(rules), trade.account, as_of)
        for name in ("shop", "other"):
            mine = found.filter(account=name).select("signal", "event_on", "numerator", "denominator").rows()
            expected = Counter(trade, name, rules, as_of).signals()
            assert {(signal, day) for signal, day, *_ in mine} == set(expected)
            for signal, day, number, out_of in mine:
                assert (number, pytest.approx(out_of)) == expected[signal, day], (signal, day)


def test_an_order_a_day_is_one_order_a_day_to_write_about():
    found = told("contacts", on(99), orders=EACH_DAY, messages=[message("A", on(0)), message("B", on(98), "D90")])
    assert list(found) == [98, 99], "a silence of months is a hole: the file starts anew after it"
    weekly = [message(f"T{week}", on(7 * week), f"D{7 * week}") for week in range(15)]
    found = told("contacts", on(99), orders=EACH_DAY, messages=weekly)
    assert {number: found[number] for number in (41, 42, 98, 99)} == {41: (0, 1), 42: (1, 1), 98: (1, 1), 99: (0, 1)}
    # All fifteen wrote on the day they bought; of 57 parts 16 are of that day, and one is of each later age.
    assert found[0] == (1, round(16 / 57, 6))
    assert found[1] == (0, round(17 / 57, 6))


ABOUT = {
    "an order of ours": ({}, {}, 1),
    "the same conversation again": ({}, {"again": "DELIVERY"}, 1),
    "a product": ({}, {"topic": "PRODUCT"}, 0),
    "a product first, its return later": ({}, {"topic": "PRODUCT", "again": "RETURN"}, 1),
    "nothing that is known": ({}, {"topic": None}, 0),
    "an order that Amazon ships": ({"channel": "AFN"}, {}, 0),
    "an order of another marketplace": ({"marketplace": "DE"}, {}, 0),
    "an order in no file": ({}, {"order_id": "?"}, 1),
    "no order": ({}, {"order_id": None}, 1),
    "something the shop wrote": ({}, {"sender": "SELLER"}, 0),
}


@pytest.mark.parametrize(("of", "words", "expected"), ABOUT.values(), ids=list(ABOUT))
def test_which_conversations_count(of, words, expected):
    again = [message("A", on(60), "X", words.pop("again"))] if "again" in (words := dict(words)) else []
    asked = {**message("A", on(59), "X"), **words}
    days = [message(f"P{day}", on(day), None, "PRODUCT") for day in range(0, 61, 10)]
    found = told("contacts", on(60), orders=[*EACH_DAY[:60], order("X", on(50), **of)], messages=[*days, asked, *again])
    assert sum(number for number, _ in found.values()) == expected


def test_an_order_is_sent_back_once_on_the_day_it_was_first_asked_for():
    returns = [
        sent_back("D1", on(20), "S"),
        sent_back("D1", on(18), "T"),
        sent_back("D9", on(30), refunded=9.5),
        sent_back("?", on(25)),
    ]
    found = told("returns", on(40), orders=EACH_DAY[:41], returns=returns)
    assert {day: number for day, (number, _) in found.items() if number} == {18: 1, 30: 1}
    assert list(found) == list(range(18, 31)), "the last ten days are quieter than any before: the file may end there"
    assert max(told("returns", on(35), orders=EACH_DAY[:41], returns=returns)) == 35


CONFIRMED = {
    "a day early": (1, 0, 0),
    "on the day": (2, 0, 0),
    "the day after": (3, 1, 0),
    "two days after": (4, 1, 0),
    "three days after": (5, 1, 1),
    "never": (None, 1, 1),
}


@pytest.mark.parametrize(("confirmed", "unconfirmed", "late"), CONFIRMED.values(), ids=list(CONFIRMED))
def test_late_by_the_ship_by_time_and_by_the_rule(confirmed, unconfirmed, late):
    orders = [*EACH_DAY[:30], order("X", on(15), confirmed=confirmed)]
    found = signals(HANDBOOK, account(on(29), orders=orders), on(29))
    for signal, expected, settled in (("unconfirmed", unconfirmed, 1), ("late", late, 3)):
        days = counts(found, signal)
        assert days[17] == (expected, 2)
        assert sum(number for number, _ in days.values()) == expected
        assert max(days) == 29 - settled, "a younger one can still be confirmed in time, or turn late"


def test_what_is_not_settled_is_not_looked_at():
    orders = [*EACH_DAY[:27], order("X", on(27), confirmed=None)]
    for last, expected in ((29, {}), (30, {29: (1, 1)})):
        found = told("unconfirmed", on(last), orders=[*orders, *EACH_DAY[28:last]])
        assert {day: part for day, part in found.items() if part[0]} == expected


def test_a_log_of_confirmations_that_ended_is_no_wave_of_late_orders():
    orders = [*EACH_DAY[:50], *(order(f"N{day}", on(day), confirmed=None) for day in range(50, 70))]
    found = signals(HANDBOOK, account(on(69), orders=orders), on(69))
    # The last confirmation is of day 50; the day after an order was due it was told of still.
    assert max(counts(found, "unconfirmed")) == 49
    assert max(counts(found, "late")) == 47
    assert not any(number for number, _ in counts(found, "unconfirmed").values())


def test_under_a_rule_by_the_moment_what_is_unconfirmed_is_late():
    amazon = policy("amazon-2026")
    found = signals(amazon, account(on(29), orders=[*EACH_DAY[:30], order("X", on(15), confirmed=3)]), on(29))
    assert set(found["signal"]) == {"late", "cancellations"}
    assert counts(found, "late")[17] == (1, 2)


def test_the_ship_by_day_counts_whatever_day_an_account_has_chosen():
    wanted = {"late_dispatch_rate": {"choice": {"event_date": "purchase"}}}
    own = policies.load("handbook", METRICS, STATES, wanted)
    orders = [*EACH_DAY[:30], order("X", on(15), confirmed=None)]
    assert told("late", on(29), own, orders=orders) == told("late", on(29), orders=orders)


CANCELLED = {
    "by us": (("SELLER",), 1),
    "by the buyer": (("BUYER",), 0),
    "by Amazon, never confirmed": (("AMAZON",), 1),
    "no file says by whom": ((None,), 1),
    "of one no file says by whom: then all count": (("BUYER", None, "SELLER"), 3),
    "all say by whom": (("BUYER", "BUYER", "SELLER"), 1),
}


@pytest.mark.parametrize(("who", "expected"), CANCELLED.values(), ids=list(CANCELLED))
def test_whose_cancellations_count(who, expected):
    more = [
        order(f"C{day}", on(day), confirmed=None, status="CANCELLED", cancelled_by=one, cancelled_at=None)
        for day, one in enumerate(who)
    ]
    found = told("cancellations", on(29), orders=[*EACH_DAY[:30], *more])
    assert sum(number for number, _ in found.values()) == expected
    assert sum(out_of for _, out_of in found.values()) == 29 + len(who)
    assert max(found) == 28, "an order of today may be cancelled yet"


def test_deliveries_are_told_as_late_as_the_metric_looks_at_them():
    deliveries = [
        {"account": "shop", "order_id": f"D{day}", "sku": "S", "units": 2, "delivery_promised_on": on(day + 5),
         "delivery_arrived_on": on(day + 5 + (day == 3)), "is_on_time": None}
        for day in range(20)
    ]  # fmt: skip
    found = told("deliveries", on(29), orders=EACH_DAY[:30], deliveries=deliveries)
    assert found == {day: (2 * (day == 8), 2) for day in range(5, 23)}


def test_an_input_that_is_missing_tells_nothing():
    for table, gone in (("messages", {"contacts"}), ("returns", {"returns"}), ("orders", set(SIGNALS))):
        rows = {"orders": EACH_DAY, "messages": [message("A", on(99))], "returns": [sent_back("D1", on(99))]}
        found = signals(HANDBOOK, account(on(99), without=[table], **{**rows, table: []}), on(99))
        assert not gone & set(found["signal"])


def test_nothing_at_all():
    found = signals(HANDBOOK, account(on(0)), on(0))
    assert found.is_empty()
    assert found.columns == ["account", "signal", "event_on", "numerator", "denominator"]


def test_what_came_later_is_forgotten():
    messages = [message(f"T{day}", on(day), f"D{day}") for day in range(100)]
    rows = {"orders": EACH_DAY, "messages": messages, "returns": [sent_back(f"D{day}", on(day)) for day in range(100)]}
    early = signals(HANDBOOK, account(on(99), **rows), on(60))
    until = {name: early.filter(signal=name)["event_on"].max() for name in early["signal"].unique()}
    assert until == {name: on(60 - days) for name, days in watched(HANDBOOK).items() if name != "deliveries"}
    # A later order that nobody knows who cancelled makes no difference to what is told of those before.
    gone = {"confirmed": None, "status": "CANCELLED"}
    rows["orders"] = [order("B", on(9), cancelled_by="BUYER", **gone), *EACH_DAY, order("L", on(70), **gone)]
    early = signals(HANDBOOK, account(on(99), **rows), on(60))
    assert not any(number for number, _ in counts(early, "cancellations").values())
    then = {name: one[:61] for name, one in rows.items()} | {"orders": rows["orders"][:62]}
    assert early.equals(signals(HANDBOOK, account(on(60), **then), on(60)))
