"""What cannot be compared, what no file tells, what is left, and what was not known yet."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from sellerhealth import policy
from sellerhealth.measure.reconcile.orders import reconcile_rows
from sellerhealth.measure.reconcile.snapshot import Obstacle
from sellerhealth.measure.reconcile.steps import RECONCILED, reconcile
from sellerhealth.measure.reconcile.unread import uncovered_days
from tests.metrics.edges import account, many

AS_OF = date(2026, 3, 31)
HANDBOOK = policy("handbook")
HEADER = "marketplace|figure|figure_from|figure_to|figure_count|figure_out_of|figure_rate|figure_status"
NORMAL = "US|accountStatus||2026-03-31||||NORMAL"
ORDERS = "order_id|channel|status|purchased_at|ship_by_at|confirmed_at"
DAYS = [date(2026, 3, day) for day in range(2, 32)]
PLAIN = [f"plain-{day}|MFN|SHIPPED|{day}|{day}|{day}" for day in DAYS]
LATE = "late-#|MFN|SHIPPED|2026-03-10|2026-03-10|2026-03-20"


def late(*figures, orders=(*PLAIN, many(LATE, 2)), as_of=AS_OF, rules="handbook", **more):
    """The late dispatch rate of an order a day and two late ones, 2 of 32, beside these figures of Amazon's."""
    told = ";".join([HEADER, *figures, NORMAL])
    seller = account(orders=";".join([ORDERS, *orders]), performance=told)
    return reconcile(policy(rules)["late_dispatch_rate"], replace(seller, **more), as_of)


def figure(count, out_of, first="2026-03-02", last="2026-03-31", name="lateShipmentRate"):
    return f"US|{name}|{first}|{last}|{count}|{out_of}|0.01|"


def steps(found):
    return found.select("cause", "numerator", "denominator").rows()


def test_without_a_report_there_is_nothing_to_compare():
    found = late()
    assert found.is_empty()
    assert found.schema == RECONCILED


def test_equal_counts_have_no_step():
    (row,) = late(figure(2, 32)).to_dicts()
    assert (row["cause"], row["own_numerator"], row["own_denominator"]) == (None, 2, 32)
    assert row["reported_on"] == AS_OF


def test_an_account_without_orders_and_a_report_of_none_agree_on_nothing():
    (row,) = late(figure(0, 0), orders=()).to_dicts()
    assert row["obstacle"] == Obstacle.BEFORE_FILES


OBSTACLES = {
    "no counts": (["US|lateShipmentRate|2026-03-02|2026-03-31|||0.06|"], {}, Obstacle.NO_COUNTS),
    "a count out of nothing told": (["US|lateShipmentRate|2026-03-02|2026-03-31|2||0.06|"], {}, Obstacle.NO_COUNTS),
    "no first day": (["US|lateShipmentRate||2026-03-31|2|32|0.06|"], {}, Obstacle.NO_DAYS),
    "days that end before they begin": ([figure(2, 32, "2026-04-02", "2026-03-31")], {}, Obstacle.NO_DAYS),
    "before the files": ([figure(2, 32, "2026-01-01", "2026-01-30")], {}, Obstacle.BEFORE_FILES),
    "no confirmations": (
        [figure(2, 32)],
        {"provided": frozenset({"orders", "orders.ship_by_at", "performance"})},
        Obstacle.NOT_COMPUTABLE,
    ),
}


@pytest.mark.parametrize("case", OBSTACLES)
def test_what_cannot_be_compared_says_why(case):
    figures, more, obstacle = OBSTACLES[case]
    (row,) = late(*figures, **more).to_dicts()
    assert row["obstacle"] == obstacle
    assert (row["step"], row["cause"], row["own_numerator"]) == (0, None, None)


def test_an_older_figure_of_nobodys_orders_is_compared_where_one_way_of_shipping_is_used():
    orders = ";".join([ORDERS, *PLAIN])
    metric, told = HANDBOOK["order_defect_rate"], figure(0, 15, last="2026-03-16", name="orderDefectRate")
    one = account(orders=orders, performance=f"{HEADER};{told};{NORMAL}")
    assert reconcile(metric, one, AS_OF).select("channel", "obstacle", "own_denominator").row(0) == ("MFN", None, 15)
    both = account(orders=f"{orders};amazons|AFN|SHIPPED|2026-03-10||", performance=f"{HEADER};{told};{NORMAL}")
    assert reconcile(metric, both, AS_OF).select("channel", "obstacle").row(0) == (None, Obstacle.NO_CHANNEL)


def test_a_figure_of_packages_is_not_compared_with_units():
    metric = HANDBOOK["on_time_delivery_rate"]
    seller = account(performance=f"{HEADER};{figure(9, 10, name='onTimeDeliveryRate')};{NORMAL}")
    assert reconcile(metric, seller, AS_OF)["obstacle"].to_list() == [Obstacle.OTHER_UNIT]


def test_other_days_lead_from_the_headline_to_amazons():
    found = late(figure(2, 22, last="2026-03-21"))
    assert steps(found) == [("WINDOW", 0, -10)]
    assert found.select("own_numerator", "own_denominator").row(0) == (2, 22)


def test_what_no_rule_explains_is_left_over():
    assert steps(late(figure(5, 41))) == [("UNEXPLAINED", 3, 9)]
    assert steps(late(figure(1, 30))) == [("UNEXPLAINED", -1, -2)]


def test_a_rule_that_only_comes_nearer_is_named_and_the_rest_left_over():
    """Two more are late by the first moment; Amazon counts a third."""
    orders = (*PLAIN, many(LATE, 2), many("day-#|MFN|SHIPPED|2026-03-11|2026-03-11|2026-03-12", 2))
    found = late(figure(5, 34), orders=orders)
    assert steps(found) == [("CHOICE", 2, 0), ("UNEXPLAINED", 1, 0)]
    assert found["option"].to_list() == ["first_moment", None]


def test_a_rule_that_goes_past_amazons_count_is_not_named():
    orders = (*PLAIN, many(LATE, 2), many("day-#|MFN|SHIPPED|2026-03-11|2026-03-11|2026-03-12", 9))
    assert steps(late(figure(4, 41), orders=orders)) == [("UNEXPLAINED", 2, 0)]


def test_of_two_rules_that_explain_it_as_well_the_other_is_told():
    """One order more: it is cancelled, or it is not paid yet."""
    both = ("cancelled|MFN|CANCELLED|2026-03-10|2026-03-10|", "unpaid|MFN|PENDING|2026-03-10|2026-03-10|2026-03-10")
    found = late(figure(2, 33), orders=(*PLAIN, many(LATE, 2), *both))
    assert found.select("cause", "option", "others").rows() == [("CANCELLED", "counted", 1)]


def test_rows_that_could_not_be_read_may_be_the_orders_that_lack():
    lost = pl.DataFrame({"file": ["a"] * 3, "row": [1, 2, 3], "column": [""] * 3, "reason": ["is empty"] * 3})
    found = late(figure(3, 35), rejects=lost)
    assert steps(found) == [("UNREAD", 1, 3)]
    assert found["unread_rows"].to_list() == [3]
    assert steps(late(figure(3, 36), rejects=lost)) == [("UNEXPLAINED", 1, 4)], "four orders in three rows"
    assert steps(late(figure(3, 32), rejects=lost)) == [("UNEXPLAINED", 1, 0)], "a late order is an order"


def test_complaints_about_orders_in_no_file_are_orders_that_lack():
    assert steps(late(figure(3, 33), strangers={"feedback": 1, "messages": 9})) == [("UNREAD", 1, 1)]
    assert steps(late(figure(3, 34), strangers={"feedback": 1, "messages": 9})) == [("UNEXPLAINED", 1, 2)]


def test_days_that_no_file_covers_explain_what_lacks_and_no_rule_is_named():
    """Three orders a day from 12 March on; Amazon counted ten days before that as well."""
    days = [f"{turn}-{day}|MFN|SHIPPED|{day}|{day}|{day}" for day in DAYS[10:] for turn in "abc"]
    cancelled = many("cancelled-#|MFN|CANCELLED|2026-03-20|2026-03-20|", 30)
    found = late(figure(1, 90), orders=(*days, cancelled))
    assert steps(found) == [("UNREAD", 1, 30)]
    assert found["unread_days"].to_list() == [10]


def test_what_is_unsure_in_the_files_may_not_count_for_amazon():
    orders = "order_id|channel|status|purchased_at|cancelled_by"
    plain = ";".join(f"{day}|MFN|SHIPPED|{day}|" for day in DAYS)
    seller = account(
        orders=f"{orders};{plain};ours|MFN|CANCELLED|2026-03-27|SELLER;{many('who-#|MFN|CANCELLED|2026-03-27|', 3)}",
        performance=f"{HEADER};{figure(2, 11, '2026-03-24', '2026-03-30', 'preFulfillmentCancellationRate')};{NORMAL}",
    )
    metric = HANDBOOK["cancellation_rate"]
    assert steps(reconcile(metric, seller, AS_OF)) == [("UNSURE", -2, 0)]
    rows = reconcile_rows(metric, seller, AS_OF)
    assert rows.select("order_id", "numerator").rows() == [("who-1", None), ("who-2", None), ("who-3", None)]


def test_defects_that_none_of_the_files_can_tell_are_missing():
    orders = "order_id|channel|status|purchased_at;" + ";".join(f"{day}|MFN|SHIPPED|{day}" for day in DAYS)
    told = figure(2, 15, last="2026-03-16", name="orderDefectRate.mfn")
    seller = account(orders=orders, performance=f"{HEADER};{told};{NORMAL}", without=("claims",))
    assert steps(reconcile(HANDBOOK["order_defect_rate"], seller, AS_OF))[1:] == [("MISSING", 2, 0)]


RATED = f"{HEADER};{figure(1, 10, '2026-01-07', '2026-03-07', 'orderDefectRate.mfn')};US|accountStatus||2026-03-22||||NORMAL"


def rated(removed_on, performance=RATED):
    """Ten orders, one of them rated one star on 10 March; Amazon's report is of 22 March."""
    orders = ";".join(f"{day}|MFN|SHIPPED|2026-03-0{day}" for day in range(1, 8))
    return account(
        orders=f"order_id|channel|status|purchased_at;{orders};{many('more-#|MFN|SHIPPED|2026-03-02', 3)}",
        feedback=f"order_id|rated_on|rating|removed_on;1|2026-03-10|1|{removed_on}",
        performance=performance,
    )


def test_feedback_removed_after_the_report_counted_on_its_day():
    found = reconcile(HANDBOOK["order_defect_rate"], rated("2026-03-25"), AS_OF)
    assert steps(found) == [("SINCE", 1, 0)]
    assert found.select("own_numerator", "own_denominator", "reported_on").row(0) == (1, 10, date(2026, 3, 22))
    rows = reconcile_rows(HANDBOOK["order_defect_rate"], rated("2026-03-25"), AS_OF)
    assert rows.select("cause", "order_id", "numerator", "denominator").rows() == [("SINCE", "1", 1, 0)]


def test_feedback_that_amazon_still_counted_though_removed():
    found = reconcile(HANDBOOK["order_defect_rate"], rated("2026-03-20"), AS_OF)
    assert found.select("cause", "option", "numerator").rows() == [("FEEDBACK", "removed_still_counted", 1)]


def test_feedback_that_amazon_left_out_before_it_was_removed():
    found = reconcile(HANDBOOK["order_defect_rate"], rated("2026-03-25", RATED.replace("|1|10|", "|0|10|")), AS_OF)
    told = found.select("cause", "option", "numerator").rows()
    assert told == [("SINCE", None, 1), ("FEEDBACK", "removed_since_left_out", -1)]
    seller = rated("2026-03-25", RATED.replace("|1|10|", "|0|10|"))
    rows = reconcile_rows(HANDBOOK["order_defect_rate"], seller, AS_OF)
    assert rows.select("cause", "order_id", "numerator").rows() == [("SINCE", "1", 1), ("FEEDBACK", "1", -1)]


KINDS = {
    "a claim": ({"claims": 0, "negativeFeedback": 1}, ("CHOICE", "seller_at_fault")),
    "a rating": ({"claims": 1, "negativeFeedback": 0}, ("FEEDBACK", "last")),
}


@pytest.mark.parametrize("case", KINDS)
def test_where_several_rules_explain_it_the_kinds_that_amazon_tells_decide(case):
    """One defect fewer: the claim that Amazon paid, or the rating that a better one followed."""
    kinds, expected = KINDS[case]
    span = ("2026-01-16", "2026-03-16")
    parts = [figure(count, 60, *span, f"orderDefectRate.mfn.{kind}") for kind, count in kinds.items()]
    seller = account(
        orders=f"order_id|channel|status|purchased_at;{';'.join(f'{day}|MFN|SHIPPED|{day}' for day in DAYS)}",
        claims="order_id|claim_type|opened_on|claim_status|funded_by;2026-03-05|A_TO_Z|2026-03-10|GRANTED|AMAZON",
        feedback="order_id|rated_on|rating;2026-03-06|2026-03-10|1;2026-03-06|2026-03-11|5",
        performance=";".join([HEADER, figure(1, 15, *span, "orderDefectRate.mfn"), *parts, NORMAL]),
    )
    (step,) = reconcile(HANDBOOK["order_defect_rate"], seller, AS_OF).filter(pl.col("option").is_not_null()).to_dicts()
    assert (step["cause"], step["option"]) == expected
    silent = without_kinds(seller)
    assert reconcile(HANDBOOK["order_defect_rate"], silent, AS_OF)["others"].max() > step["others"]


def without_kinds(seller):
    """The account with a report that does not tell the kinds."""
    plain = ~pl.col("figure").str.contains("mfn.", literal=True)
    return replace(seller, tables={**seller.tables, "performance": seller.tables["performance"].filter(plain)})


def test_a_report_is_known_from_its_own_day_on():
    assert reconcile(HANDBOOK["order_defect_rate"], rated("2026-03-25"), date(2026, 3, 21)).is_empty()
    assert reconcile(HANDBOOK["order_defect_rate"], rated("2026-03-25"), date(2026, 3, 22)).height == 1


def test_each_account_of_a_folder_has_its_own():
    one = account(orders=";".join([ORDERS, *PLAIN, many(LATE, 2)]), performance=f"{HEADER};{figure(2, 32)};{NORMAL}")
    tables = {
        name: pl.concat([table, table.with_columns(account=pl.lit("second"))]) for name, table in one.tables.items()
    }
    counted = pl.when(account="second").then(3).otherwise("figure_count").alias("figure_count")
    tables["performance"] = tables["performance"].with_columns(counted)
    found = reconcile(HANDBOOK["late_dispatch_rate"], replace(one, tables=tables), AS_OF)
    assert found.select("account", "cause", "own_numerator", "own_denominator").rows() == [
        ("example", None, 2, 32),
        ("second", "UNEXPLAINED", 2, 32),
    ]


def test_packages_shipped_by_amazon_may_be_counted_in():
    """The figure is the share of packages that could be followed."""
    tracked = ";".join(f"{day}|1|{day}|yes" for day in DAYS[:20])
    seller = account(
        tracking=f"order_id|package_id|tracking_promised_on|has_valid_tracking;{tracked};amazons|1|2026-03-05|no",
        orders="order_id|channel;amazons|AFN",
        performance=f"{HEADER};{figure(20, 21, '2026-03-02', '2026-03-21', 'validTrackingRate')};{NORMAL}",
    )
    found = reconcile(HANDBOOK["valid_tracking_rate"], seller, AS_OF)
    assert steps(found)[-1] == ("CHANNEL", 0, 1)
    (row,) = reconcile_rows(HANDBOOK["valid_tracking_rate"], seller, AS_OF).to_dicts()
    assert (row["order_id"], row["package_id"], row["numerator"], row["denominator"]) == ("amazons", "1", 0, 1)


def test_units_are_counted_not_rows():
    header = "order_id|sku|units|delivery_promised_on|delivery_arrived_on"
    seller = account(
        deliveries=f"{header};A|X|1|2026-03-11|2026-03-11;B|X|3|2026-03-12|;C|X|1|2026-03-20|2026-03-20",
        performance=f"{HEADER};{figure(2, 5, '2026-03-11', '2026-03-24', 'unitOnTimeDeliveryRate')};{NORMAL}",
    )
    metric = HANDBOOK["on_time_delivery_rate"]
    assert reconcile(metric, seller, AS_OF).select("option", "numerator", "denominator").rows() == [("late", 0, 3)]
    assert reconcile_rows(metric, seller, AS_OF).select("order_id", "denominator").rows() == [("B", 3)]


MESSAGES = "message_id|thread_id|sender|sent_at"


def test_messages_are_placed_by_amazons_days():
    """Written on the evening of the 30th, it is of the 31st in UTC."""
    figures = figure(1, 1, "2026-03-01", "2026-03-30", "responseTimeMetrics.responseUnder24Hours")
    sent = (
        "1|A|BUYER|2026-03-10 09:00;2|A|SELLER|2026-03-10 10:00;3|B|BUYER|2026-03-30 18:00;4|B|SELLER|2026-03-30 19:00"
    )
    seller = account(messages=f"{MESSAGES};{sent}", performance=f"{HEADER};{figures};{NORMAL}")
    found = reconcile(HANDBOOK["contact_response_time"], seller, AS_OF)
    assert found.select("option", "numerator", "denominator").rows()[-1] == ("received_utc", -1, -1)


SILENCES = {
    "none": (3, range(1, 31), 0),
    "ten days before": (3, range(11, 31), 10),
    "a week in the middle": (3, [*range(1, 11), *range(18, 31)], 7),
    "a long weekend": (30, [*range(1, 11), *range(15, 31)], 0),
    "a quiet shop": (1, range(7, 31), 0),
    "nothing at all": (3, [], 30),
}


@pytest.mark.parametrize("case", SILENCES)
def test_days_that_no_file_covers(case):
    a_day, days, expected = SILENCES[case]
    told = {"event_on": [date(2026, 3, day) for day in days], "counted": [a_day] * len(days)}
    counted = pl.DataFrame(told, schema={"event_on": pl.Date, "counted": pl.Int64})
    assert uncovered_days(counted, (date(2026, 3, 1), date(2026, 3, 30))) == expected
