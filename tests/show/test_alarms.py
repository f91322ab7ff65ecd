"""What a reader is told of early signs: what rings, that nothing does, and what cannot be watched."""

import json
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from sellerhealth.definition.account import Account
from sellerhealth.definition.example import EVERYTHING
from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.measure.alarm import ALARMS, BY_DAY, COUNTS, WATCH, Watched
from sellerhealth.measure.signals import SIGNALS, watched
from sellerhealth.show.alarms import SIGNS, alarm, alarm_charts, early_warning, warning_terms
from tests.show.figures import AMAZON, ESCAPED, EVIL, HANDBOOK
from tests.show.pictures import drawn, says, whole

TODAY = date(2026, 3, 31)
SHOP = Account(name="shop", marketplace=MARKETPLACES["US"], zone="UTC", tables={}, provided=EVERYTHING, last_day=TODAY)
CONTACTS = (
    "Buyers write more about fulfilment: 14 conversations on about 120 orders in the 14 days to 31 Mar 2026 (11.7 %), "
    "where it was 4.1 % (63 of 1,540) in the 180 days before. It has rung since 26 Mar 2026. "
    "Answer them first, and mend what they ask about: claims and bad feedback follow some weeks later."
)
LUCK = "By luck alone, all together ring about once in 6 months at most."


def ringing_row(**more):
    """Contacts that ring."""
    return {
        "account": "shop",
        "marketplace": "US",
        "signal": "contacts",
        "leads_to": "order_defect_rate",
        "rang_on": date(2026, 3, 26),
        "rang_until": TODAY,
        "still_rings": True,
        "told_until": TODAY,
        "short_numerator": 14,
        "short_denominator": 119.8,
        "long_numerator": 20,
        "long_denominator": 241.3,
        "past_numerator": 63,
        "past_denominator": 1540.2,
        "past_days": 180,
        "times": 2.86,
        **more,
    }


def rang(*rows):
    return pl.DataFrame(list(rows), schema_overrides={"times": pl.Float64}) if rows else nothing()


def nothing():
    return rang(ringing_row()).clear()


def watching(name="shop", policy=HANDBOOK, **states):
    """Every signal of an account, silent where nothing else is said."""
    rows = [
        {
            "account": name,
            "marketplace": "US",
            "signal": signal,
            "leads_to": SIGNALS[signal].leads_to,
            "state": states.get(signal, Watched.SILENT).value,
            "told_until": date(2026, 3, 3),
            "past_days": 5,
        }
        for signal in watched(policy)
    ]
    return pl.DataFrame(rows)


def told(state, found=None, account=SHOP, policy=HANDBOOK):
    return early_warning(state, rang() if found is None else found, policy, account).text


def test_the_frames_here_are_of_the_shape_they_have():
    assert list(ringing_row()) == ALARMS
    assert set(watching().columns) <= set(WATCH)


def test_an_alarm_in_words():
    assert alarm(ringing_row(), HANDBOOK) == CONTACTS


def test_one_of_one():
    row = ringing_row(short_numerator=1, short_denominator=1.2, past_numerator=0, past_denominator=29.0, past_days=28)
    assert alarm(row, HANDBOOK).startswith(
        "Buyers write more about fulfilment: 1 conversation on about 1 order in the 14 days to 31 Mar 2026 (83.3 %), "
        "where it was none (0 of 29) in the 28 days before."
    )


EACH = {
    "contacts": "Buyers write more about fulfilment: 14 conversations on about 120 orders in the",
    "returns": "More is sent back: 14 returns on about 120 orders in the",
    "unconfirmed": "More orders are not confirmed in time: 14 of 120 orders in the",
    "late": "More orders are late: 14 of 120 orders in the",
    "cancellations": "More orders are cancelled before shipment: 14 of 120 orders in the",
    "deliveries": "More comes late: 14 of 120 units in the",
}


@pytest.mark.parametrize(("signal", "begins"), EACH.items())
def test_every_signal_is_told(signal, begins):
    sentence = alarm(ringing_row(signal=signal), HANDBOOK)
    assert sentence.startswith(begins)
    assert sentence.endswith(SIGNS[signal].act)
    assert SIGNS[signal].act.endswith(".")
    assert SIGNS[signal].asks.endswith("?")
    assert SIGNS[signal].page in {metric.name for metric in HANDBOOK}


def test_every_signal_there_is():
    assert list(EACH) == list(SIGNS) == list(SIGNALS)


def test_what_rings_is_a_list_the_worst_first():
    worse = ringing_row(signal="cancellations", times=None, past_numerator=0)
    found = rang(ringing_row(), ringing_row(signal="late", times=9.5), worse)
    states = watching(contacts=Watched.RINGS, late=Watched.RINGS, cancellations=Watched.RINGS)
    card = early_warning(states, found, HANDBOOK, SHOP)
    first, second, third, rest = card.text.splitlines()
    assert first.startswith("1. ! More orders are cancelled before shipment: ")
    assert second.startswith("2. ! More orders are late: ")
    assert third == f"3. ! {CONTACTS}"
    assert rest == f"6 signs watched, 3 ring. {LUCK}"
    pages = ["02_cancellation_rate", "01_late_dispatch_rate", "03_contact_response_time"]
    assert [part.split('.html"')[0] for part in card.html.split('<a href="')[1:]] == pages


def test_one_that_rings():
    text = told(watching(contacts=Watched.RINGS), rang(ringing_row()))
    assert text == f"1. ! {CONTACTS}\n6 signs watched, 1 rings. {LUCK}"


def test_silence():
    assert told(watching()) == f"No early sign: 6 signs watched, none rings. {LUCK}"
    assert told(watching(policy=AMAZON), policy=AMAZON).startswith("No early sign: 5 signs watched, none rings.")


def test_the_months_are_those_of_the_policy():
    monthly = replace(HANDBOOK, warning=replace(HANDBOOK.warning, months=1))
    assert told(watching(), policy=monthly).endswith("about once in 1 month at most.")


def test_what_rang_and_is_over():
    over = {"still_rings": False, "rang_on": date(2026, 2, 1), "rang_until": date(2026, 2, 9)}
    found = rang(ringing_row(**over), ringing_row(**over, signal="late"))
    assert told(watching(), found).splitlines()[1] == (
        "Rang and over: what buyers write about fulfilment (1 Feb 2026 to 9 Feb 2026) "
        "and late orders (1 Feb 2026 to 9 Feb 2026)."
    )


def test_what_is_not_watched_says_why_and_what_to_add():
    states = watching(returns=Watched.NOT_TOLD, unconfirmed=Watched.NOT_TOLD, late=Watched.NOT_TOLD)
    gone = ("returns", "orders.ship_by_at", "order_items.item_ship_by_at")
    poor = replace(SHOP, provided=frozenset(name for name in EVERYTHING if name not in gone))
    assert told(states, account=poor).splitlines() == [
        f"No early sign: 3 signs watched, none rings. {LUCK}",
        "Not watched: returns. There is no file of returns. Add the returns report (Orders, Manage Returns).",
        (
            "Not watched: orders not confirmed in time and late orders. No file says by when all orders had to be shipped. "
            "Add the order report with ship-by dates (Orders, Order Reports)."
        ),
    ]


OTHERWISE = {
    "files that end": (Watched.ENDED, "The files tell of days up to 3 Mar 2026 only: add a newer export."),
    "too little past": (
        Watched.TOO_LITTLE,
        "It takes 28 days before the last 28 to compare with; the files tell of 5 days.",
    ),
    "a file without a row": (Watched.NOT_TOLD, "The files tell of none."),
}


@pytest.mark.parametrize(("state", "reason"), OTHERWISE.values(), ids=list(OTHERWISE))
def test_other_reasons(state, reason):
    assert told(watching(returns=state)).splitlines()[1] == f"Not watched: returns. {reason}"


def test_one_day_of_past():
    found = watching(returns=Watched.TOO_LITTLE).with_columns(past_days=pl.lit(1))
    assert told(found).endswith("compare with; the files tell of 1 day.")


def test_nothing_can_be_watched():
    states = watching(**dict.fromkeys(SIGNALS, Watched.NOT_TOLD))
    text = told(states, account=replace(SHOP, provided=frozenset()))
    assert text.startswith("No early sign can be watched yet.\nNot watched: ")
    assert "luck" not in text


def test_several_accounts_are_named():
    states = pl.concat([watching("east", contacts=Watched.RINGS), watching("west")])
    text = told(states, rang(ringing_row(account="east")))
    assert text == f"1. ! east: {CONTACTS}\n12 signs of 2 accounts watched, 1 rings. {LUCK}"


def test_what_is_not_watched_of_several_accounts_says_of_which():
    states = pl.concat([watching("east"), watching("west", returns=Watched.TOO_LITTLE)])
    assert told(states).splitlines()[1].startswith("Not watched: west: returns. It takes 28 days")


def test_a_hostile_name_is_escaped():
    states = pl.concat([watching(EVIL, contacts=Watched.RINGS), watching("west")])
    html = early_warning(states, rang(ringing_row(account=EVIL)), HANDBOOK, SHOP).html
    assert EVIL not in html
    assert ESCAPED in html


def by_day(signal="contacts", days=200, ringing=5):
    """So many days up to today, the last of them ringing; the first ones without an order."""
    rows = [
        {
            "account": "shop",
            "signal": signal,
            "event_on": TODAY - timedelta(days=days - 1 - number),
            **{name: 3 if name.endswith("numerator") else 70.0 * (number > 120) for name in COUNTS},
            "past_days": 100,
            "short_chance": 0.001,
            "long_chance": 0.01,
            "is_ringing": number >= days - ringing,
            "alarm": 1,
        }
        for number in range(days)
    ]
    return pl.DataFrame(rows)


def test_the_days_here_are_of_the_shape_they_have():
    assert by_day().columns == BY_DAY


def test_a_picture_of_what_rings():
    (chart,) = alarm_charts(by_day(), rang(ringing_row()), HANDBOOK)
    spec = whole(chart)
    assert says(spec) == CONTACTS
    assert spec["title"] == {
        "text": "Do buyers write more about fulfilment?",
        "subtitle": "14 days solid (thick: it rings), 28 dashed; before, dotted: 4.1 %",
    }
    rows = drawn(spec)
    assert sum(row.get("rings") is not None for row in rows) == 5
    assert len([row for row in rows if "short" in row]) == 90
    assert {row["short"] for row in rows if "short" in row} == {None, 0.0429}
    assert [row["before"] for row in rows if "before" in row] == [0.0409]
    assert len(json.dumps(spec)) < 12_000


def test_a_picture_of_one_of_several_accounts_says_of_which():
    both = pl.concat([by_day(), by_day().with_columns(account=pl.lit("west"))])
    (chart,) = alarm_charts(both, rang(ringing_row()), HANDBOOK)
    assert chart.to_dict()["title"]["subtitle"].startswith("shop: 14 days solid")


def test_three_pictures_at_most_and_none_of_what_is_over():
    signals = list(SIGNALS)
    days = pl.concat([by_day(signal) for signal in signals])
    many = rang(*(ringing_row(signal=signal) for signal in signals))
    titles = [chart.to_dict()["title"]["text"] for chart in alarm_charts(days, many, HANDBOOK)]
    assert titles == [SIGNS[signal].asks for signal in signals[:3]]
    assert alarm_charts(days, rang(ringing_row(still_rings=False)), HANDBOOK) == []
    assert alarm_charts(days, rang(), HANDBOOK) == []


def test_the_terms_say_what_is_assumed_and_whose_they_are():
    first, _, last = warning_terms(HANDBOOK).text.splitlines()
    assert first == (
        "An early sign rings when the last 14 days are worse than luck allows, and the last 28 days are worse too, than up "
        "to 180 days before them. It assumes that those were ordinary; bad weeks among them are allowed for."
    )
    assert last.startswith("Ours, not Amazon's; ")
    assert "(23 Nov 2026)." in last
    assert "account.toml" not in last
    own = replace(HANDBOOK, warning=replace(HANDBOOK.warning, months=12, overridden=("months",)))
    assert warning_terms(own).text.endswith("Set by this account in account.toml.")
