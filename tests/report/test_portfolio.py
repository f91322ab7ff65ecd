"""What a run left, read back: verdicts, the worst first, what changed, what is stale, what cannot be read."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from sellerhealth.report.index.portfolio import Earlier, Failure, Portfolio, Unreported, read
from tests.report.left import BAD, LATE, NOTICES, OVERVIEW, UNKNOWN, leave, lost, ran
from tests.report.tiny import figure, state

MARCH, FEBRUARY = "2026-03-01", "2026-02-22"
AFN = {"metric": "order_defect_rate", "channel": "AFN", "target": 0.01}
UNLISTED = {"unread": None, "read": None, "under_review": None, "open": None}
TOLD = "cell 5 ended with ValueError."


def only(out):
    (entry,) = read(out).entries
    return entry


def titles(out):
    return [entry.title for entry in read(out).entries]


def both(out, before, now):
    """An account with one figure in each of two periods."""
    leave(out, *before, as_of=FEBRUARY)
    leave(out, *now, as_of=MARCH)
    return only(out)


def test_nothing_at_all_is_an_empty_portfolio(tmp_path):
    assert read(tmp_path) == read(tmp_path / "none") == Portfolio()
    assert read(tmp_path).summary == "0 accounts."


def test_an_account_is_told_by_its_overview(tmp_path):
    leave(tmp_path, figure(), figure(**AFN, status="BAD", value=0.02, numerator=2, headroom=-2), title="Harbor & Pine")
    leave(tmp_path, figure(**BAD), notebook=LATE)
    entry = only(tmp_path)
    assert (entry.account, entry.title, entry.marketplace, entry.as_of) == (
        "shop",
        "Harbor & Pine",
        "US",
        date(2026, 3, 1),
    )
    assert (entry.policy, entry.href) == ("handbook", "2026-03-01/shop/US/00_account_health.html")
    assert (entry.status, entry.verdict) == ("bad", "1 figure misses its target.")
    assert [asdict(one) for one in entry.figures] == [
        {
            "name": "late_dispatch_rate MFN",
            "label": "Late Dispatch Rate",
            "rate": "1 % (1 of 100)",
            "target": "below 4 %",
            "mark": "✓",
            "state": "Good",
            "status": "good",
            "used": 0.25,
        },
        {
            "name": "order_defect_rate AFN",
            "label": "Order Defect Rate, shipped by Amazon",
            "rate": "2 % (2 of 100)",
            "target": "below 1 %",
            "mark": "✕",
            "state": "Misses the target",
            "status": "bad",
            "used": 2.0,
        },
    ]


@pytest.mark.parametrize(
    ("rows", "status", "verdict"),
    [
        ([BAD, {**BAD, **AFN}], "bad", "2 figures miss their target."),
        ([BAD, {**AFN, "value": 0.005}], "bad", "1 figure misses its target."),
        ([{}], "good", "No figure misses its target."),
        ([{}, {**UNKNOWN, **AFN}], "good", "No figure misses its target."),
        ([UNKNOWN], "none", "No figure has a verdict."),
        ([{"status": "TOO_FEW"}], "none", "No figure has a verdict."),
    ],
)
def test_the_verdict(tmp_path, rows, status, verdict):
    leave(tmp_path, *(figure(**row) for row in rows))
    assert (only(tmp_path).status, only(tmp_path).verdict) == (status, verdict)


def test_the_worst_stands_first(tmp_path):
    rows = {
        "almost": [{"value": 0.039}],
        "calm": [{}],
        "late": [BAD],
        "worst": [BAD, {"metric": "cancellation_rate", **BAD}],
        "later": [{**BAD, "value": 0.09}],
        "unknown": [UNKNOWN],
    }
    for name, told in rows.items():
        leave(tmp_path, *(figure(**row) for row in told), account=name)
    leave(tmp_path, state(level="RED"), account="accused", notebook=NOTICES)
    assert titles(tmp_path) == ["Accused", "Worst", "Later", "Late", "Almost", "Calm", "Unknown"]


def test_accounts_that_are_alike_stand_by_name_and_marketplace(tmp_path):
    for account, marketplace in [("b", "US"), ("a", "US"), ("a", "DE"), ("part/a", "US")]:
        leave(tmp_path, account=account, marketplace=marketplace)
    told = [(entry.account, entry.marketplace) for entry in read(tmp_path).entries]
    assert told == [("a", "DE"), ("a", "US"), ("b", "US"), ("part/a", "US")]


def test_an_account_is_as_bad_as_the_most_of_a_limit_it_used(tmp_path):
    """95 % of a target of 90 % is no worse than 92 %: where more is good, value by target says nothing."""
    in_time = {"metric": "contact_response_time", "channel": "ALL", "target": 0.9}
    leave(tmp_path, figure(**in_time, value=0.95, used=0.5), account="calm")
    leave(tmp_path, figure(**in_time, value=0.92, used=0.8), account="close")
    assert titles(tmp_path) == ["Close", "Calm"]


def test_without_an_overview_every_notebook_speaks_for_its_metrics(tmp_path):
    """The headline of each: an account is not good because the one page that is bad is not the first."""
    leave(tmp_path, figure(window_days=30), figure(**BAD, window_days=10), notebook=LATE)
    leave(tmp_path, figure(**BAD, metric="cancellation_rate"), notebook="02_cancellation_rate")
    entry = only(tmp_path)
    assert (entry.href, entry.verdict) == (
        "2026-03-01/shop/US/01_late_dispatch_rate.html",
        "1 figure misses its target.",
    )
    assert [(one.label, one.status) for one in entry.figures] == [
        ("Late Dispatch Rate", "good"),
        ("Cancellation Rate", "bad"),
    ]


def test_what_cannot_be_computed_is_not_told(tmp_path):
    leave(tmp_path, figure(), figure(**UNKNOWN, metric="seller_rating", channel="ALL"))
    assert [one.label for one in only(tmp_path).figures] == ["Late Dispatch Rate"]


@pytest.mark.parametrize(
    ("level", "mark", "told", "status"),
    [
        ("GREEN", "✓", "Green check", "good"),
        ("YELLOW", "!", "Yellow exclamation mark", "warn"),
        ("RED", "✕", "Red cross", "bad red"),
        ("NONE", "–", "No verdict", "none"),
    ],
)
def test_how_the_notifications_stand_by_the_chosen_policy(tmp_path, level, mark, told, status):
    leave(tmp_path)
    marker = leave(tmp_path, state(level=level), notebook=NOTICES)
    text = json.loads(marker.read_text(encoding="utf-8"))
    text["record"]["results"].append(state(policy="amazon-2026", level="GREEN"))
    marker.write_text(json.dumps(text), encoding="utf-8")
    first, second = only(tmp_path).figures
    assert (first.name, first.label, first.rate, first.used) == ("policy_violations", "Policy violations", "", None)
    assert (first.mark, first.state, first.status) == (mark, told, status)
    assert second.label == "Late Dispatch Rate"


def test_a_red_cross_is_an_alarm(tmp_path):
    leave(tmp_path)
    leave(tmp_path, state(level="RED"), notebook=NOTICES)
    entry = only(tmp_path)
    assert (entry.status, entry.alarms) == ("bad", ("The account is being looked into.",))
    assert entry.verdict == "The account is being looked into. No figure misses its target."


def test_a_state_is_told_by_the_rule_that_decided_it(tmp_path):
    """An account may choose another rule than its policy."""
    leave(tmp_path, state(level="RED", rule="rating", rating=90, is_estimate=True), notebook=NOTICES)
    entry = only(tmp_path)
    assert entry.alarms == ("The Account Health Rating is critical.",)
    assert [one.state for one in entry.figures] == ["Red cross (by our estimate)"]


def test_a_figure_is_told_with_the_target_of_its_own_row(tmp_path):
    """An account may set another target than its policy."""
    without = {**figure(metric="feedback_rating", channel="ALL", status="NONE"), "target": None, "used": None}
    leave(tmp_path, figure(target=0.02), without)
    assert [one.target for one in only(tmp_path).figures] == ["below 2 %", ""]


def test_rows_of_another_policy_are_not_told(tmp_path):
    leave(tmp_path, figure())
    leave(tmp_path, state(level="RED"), notebook=NOTICES, policy="amazon-2026")
    assert [one.label for one in only(tmp_path).figures] == ["Late Dispatch Rate"]


def test_the_latest_period_is_in_front_and_leads_to_the_earlier_ones(tmp_path):
    for day in (FEBRUARY, MARCH, "2025-12-28"):
        leave(tmp_path, as_of=day, notebook=LATE)
    leave(tmp_path, as_of=FEBRUARY)
    (tmp_path / "2025-12-28/shop/US/01_late_dispatch_rate.html").unlink()
    entry = only(tmp_path)
    assert entry.as_of == date(2026, 3, 1)
    assert entry.earlier == (Earlier(as_of=date(2026, 2, 22), href="2026-02-22/shop/US/00_account_health.html"),)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({}, {}, ()),
        (BAD, {**BAD, "value": 0.09, "numerator": 9}, ()),
        (UNKNOWN, {"status": "TOO_FEW"}, ()),
        ({}, BAD, ("Late Dispatch Rate turned bad: 1 % (1 of 100) on 22 Feb 2026, 8 % (8 of 100) now.",)),
        (BAD, {}, ("Late Dispatch Rate turned good: 8 % (8 of 100) on 22 Feb 2026, 1 % (1 of 100) now.",)),
        (UNKNOWN, BAD, ("Late Dispatch Rate turned bad: nothing counted on 22 Feb 2026, 8 % (8 of 100) now.",)),
        (
            BAD,
            UNKNOWN,
            ("No verdict any more for Late Dispatch Rate: 8 % (8 of 100) on 22 Feb 2026, nothing counted now.",),
        ),
        (
            BAD,
            {"status": "TOO_FEW"},
            (
                "No verdict any more for Late Dispatch Rate: 8 % (8 of 100) on 22 Feb 2026, 1 % (1 of 100), too few to say now.",
            ),
        ),
        (
            {"status": "NONE", "basis": "UPPER_BOUND", "value": 0.05, "numerator": 5},
            BAD,
            ("Late Dispatch Rate turned bad: at most 5 % (5 of 100), no verdict on 22 Feb 2026, 8 % (8 of 100) now.",),
        ),
        (
            {"value": 0.03, "numerator": 3},
            {"value": 0.03, "numerator": 3, "status": "BAD", "target": 0.02},
            (
                "Late Dispatch Rate turned bad: 3 % (3 of 100) on 22 Feb 2026, 3 % (3 of 100) now. Its target was below 4 %, and is below 2 % now.",
            ),
        ),
    ],
)
def test_what_changed_is_a_verdict(tmp_path, before, now, told):
    entry = both(tmp_path, [figure(**before)], [figure(**now)])
    assert (entry.changes, entry.since) == (told, date(2026, 2, 22))


def test_a_figure_that_came_or_went_has_changed_where_it_has_a_verdict(tmp_path):
    entry = both(tmp_path, [figure(**AFN)], [figure(**BAD)])
    assert entry.changes == (
        "Late Dispatch Rate turned bad: not told on 22 Feb 2026, 8 % (8 of 100) now.",
        "No verdict any more for Order Defect Rate, shipped by Amazon: 1 % (1 of 100) on 22 Feb 2026, not told now.",
    )


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("GREEN", "GREEN", ()),
        (
            "GREEN",
            "YELLOW",
            ("Policy violations turned yellow: green check on 22 Feb 2026, yellow exclamation mark now.",),
        ),
        ("RED", "GREEN", ("Policy violations turned green: red cross on 22 Feb 2026, green check now.",)),
        (
            "YELLOW",
            "NONE",
            ("No verdict any more for Policy violations: yellow exclamation mark on 22 Feb 2026, no verdict now.",),
        ),
    ],
)
def test_another_level_is_a_change(tmp_path, before, now, told):
    entry = both(tmp_path, [state(**UNLISTED, level=before)], [state(**UNLISTED, level=now)])
    assert entry.changes == told


def test_notifications_are_counted_where_a_list_is_kept(tmp_path):
    entry = both(tmp_path, [state(**UNLISTED)], [state(level="RED", unread=2, under_review=1)])
    assert entry.changes == (
        "Policy violations turned red: green check on 22 Feb 2026, red cross (2 unread, 1 under review) now.",
    )


def test_the_worst_change_stands_first(tmp_path):
    rows = [figure(**BAD), figure(metric="cancellation_rate"), figure(**AFN)]
    leave(tmp_path, *rows, as_of=FEBRUARY)
    leave(tmp_path, state(), notebook=NOTICES, as_of=FEBRUARY)
    leave(tmp_path, figure(), figure(**BAD, metric="cancellation_rate"), figure(**{**UNKNOWN, **AFN}), as_of=MARCH)
    leave(tmp_path, state(level="RED"), notebook=NOTICES, as_of=MARCH)
    verbs = [sentence.split(":")[0] for sentence in only(tmp_path).changes]
    assert verbs == [
        "Cancellation Rate turned bad",
        "Policy violations turned red",
        "No verdict any more for Order Defect Rate, shipped by Amazon",
        "Late Dispatch Rate turned good",
    ]


def test_changes_are_told_since_the_nearest_period_under_the_same_policy(tmp_path):
    leave(tmp_path, figure(**BAD), as_of="2026-02-08")
    leave(tmp_path, figure(**BAD), as_of="2026-02-15")
    leave(tmp_path, figure(), as_of=FEBRUARY, policy="amazon-2026")
    leave(tmp_path, figure(), as_of=MARCH)
    entry = only(tmp_path)
    assert (entry.since, len(entry.changes), len(entry.earlier)) == (date(2026, 2, 15), 1, 3)


def test_only_the_latest_period_and_the_one_before_are_read(tmp_path):
    """Of two hundred accounts and fifty weeks the others are linked only, whatever is in them."""
    for day in ("2026-02-08", "2026-02-15"):
        leave(tmp_path, as_of=day).write_text("{", encoding="utf-8")
    for day in (FEBRUARY, MARCH):
        leave(tmp_path, as_of=day)
    assert (read(tmp_path).unreadable, len(only(tmp_path).earlier)) == ((), 3)


def test_without_a_period_before_nothing_is_said_of_changes(tmp_path):
    leave(tmp_path, marketplace="DE", as_of=FEBRUARY)
    leave(tmp_path, account="other", as_of=FEBRUARY)
    leave(tmp_path, as_of=MARCH)
    told = [(entry.since, entry.changes) for entry in read(tmp_path).entries]
    assert told == [(None, ()), (None, ()), (None, ())]


def test_a_report_that_could_not_be_made_anew_is_stale(tmp_path):
    leave(tmp_path, notebook=LATE)
    ran(tmp_path, shop={"state": "failed", "failed": [lost()]})
    (tmp_path / "2026-03-01/shop/US/01_late_dispatch_rate.failed.html").touch()
    entry = only(tmp_path)
    assert (entry.is_stale, entry.why) == (True, "the last run failed in 01_late_dispatch_rate.")
    page = "2026-03-01/shop/US/01_late_dispatch_rate.failed.html"
    assert entry.failed == (Failure(notebook=LATE, as_of=date(2026, 3, 1), told=TOLD, href=page),)


def test_a_report_of_an_earlier_day_is_stale_when_the_later_one_failed(tmp_path):
    leave(tmp_path, as_of=FEBRUARY)
    ran(tmp_path, shop={"state": "failed", "failed": [lost(), lost(notebook=OVERVIEW)]})
    entry = only(tmp_path)
    assert (entry.why, entry.as_of) == ("the last run failed in 2 reports.", date(2026, 2, 22))
    assert [(one.as_of, one.href) for one in entry.failed] == [(date(2026, 3, 1), "")] * 2


@pytest.mark.parametrize("folder", ["2026-03-01/shop/US", "2026-02-22/shop/US"])
def test_a_failure_beside_reports_that_are_new_is_named_and_makes_none_stale(tmp_path, folder):
    leave(tmp_path)
    ran(tmp_path, shop={"state": "failed", "failed": [lost(folder)]})
    entry = only(tmp_path)
    assert (entry.is_stale, [one.notebook for one in entry.failed]) == (False, [LATE])


def test_a_failure_of_one_marketplace_is_none_of_the_other(tmp_path):
    leave(tmp_path, marketplace="DE")
    leave(tmp_path, marketplace="FR")
    ran(tmp_path, shop={"state": "failed", "failed": [lost("2026-03-08/shop/FR")]})
    assert [(entry.marketplace, entry.is_stale, len(entry.failed)) for entry in read(tmp_path).entries] == [
        ("DE", False, 0),
        ("FR", True, 1),
    ]


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (
            {"state": "refused", "reason": "orders.tsv: expected rows."},
            "the last run refused the account: orders.tsv: expected rows.",
        ),
        ({"state": "failed", "reason": "It took too long."}, "the last run failed: It took too long."),
        ({"state": "reported"}, ""),
    ],
)
def test_an_account_that_came_to_nothing_keeps_its_report_and_says_why(tmp_path, last, why):
    leave(tmp_path)
    ran(tmp_path, shop=last)
    portfolio = read(tmp_path)
    assert ([entry.why for entry in portfolio.entries], portfolio.refused) == ([why], ())


def test_an_account_without_any_report_is_named(tmp_path):
    failed = [lost("2026-03-01/part/two/US"), lost("2026-03-01/part/two/US", OVERVIEW)]
    ran(
        tmp_path,
        **{
            "two": {"state": "refused", "reason": "It has no file."},
            "part/two": {"state": "failed", "failed": failed},
            "gone": {"state": "reported"},
        },
    )
    assert read(tmp_path).refused == (
        Unreported(account="gone", marketplace="", reason="No report of it can be read: run the report again."),
        Unreported(
            account="part/two",
            marketplace="US",
            reason="01_late_dispatch_rate: cell 5 ended with ValueError. So did 1 other report.",
        ),
        Unreported(account="two", marketplace="", reason="It has no file."),
    )


def test_a_marketplace_without_any_report_is_named_beside_the_one_that_has_one(tmp_path):
    leave(tmp_path, marketplace="DE")
    ran(tmp_path, shop={"state": "failed", "failed": [lost("2026-03-01/shop/FR")]})
    portfolio = read(tmp_path)
    assert [(one.account, one.marketplace) for one in portfolio.refused] == [("shop", "FR")]
    assert [entry.is_stale for entry in portfolio.entries] == [False]


def cut(text):
    return text[: len(text) // 2]


def changed(**more):
    return lambda text: json.dumps({**json.loads(text), **more})


def recorded(**more):
    return lambda text: json.dumps({**json.loads(text), "record": {**json.loads(text)["record"], **more}})


def with_row(row):
    return recorded(results=[row])


DAMAGED = {
    "empty": lambda _: "",
    "cut": cut,
    "a list": lambda _: "[]",
    "deep": lambda _: "[" * 100_000,
    "no number": lambda text: text.replace("0.01", "NaN", 1),
    "another page": changed(notebook="02_cancellation_rate"),
    "no record": changed(record=None),
    "another account": recorded(account="other"),
    "another day": recorded(as_of="2026-03-02"),
    "no day": recorded(as_of="yesterday"),
    "no such policy": recorded(policy="amazon-2031"),
    "no results": recorded(results=None),
    "results that are no rows": recorded(results=[7]),
    "a row of nothing": with_row({"metric": "late_dispatch_rate"}),
    "no such metric": with_row(figure(metric="joy")),
    "no such channel": with_row(figure(channel="MOON")),
    "no such verdict": with_row(figure(status="GREAT")),
    "text for a number": with_row({**figure(), "value": "1 %"}),
    "a number beyond all measure": with_row(figure(value=1e300)),
    "a count beyond all measure": with_row(figure(numerator=10**30)),
    "a share without its count": with_row(figure(numerator=None)),
    "no such state": with_row(state(state="weather")),
    "no such level": with_row(state(level="PINK")),
    "no such rule": with_row(state(rule="dice")),
    "a list of notifications that is not whole": with_row(state(unread=None)),
    "half a character": recorded(title="\ud800"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_marker_is_left_out_and_named(tmp_path, damage):
    leave(tmp_path, account="sound")
    marker = leave(tmp_path, notebook=LATE)
    marker.write_text(damage(marker.read_text(encoding="utf-8")), encoding="utf-8")
    portfolio = read(tmp_path)
    assert [entry.account for entry in portfolio.entries] == ["sound"]
    assert portfolio.unreadable == (
        "2026-03-01/shop/US/01_late_dispatch_rate.html cannot be read: run the report again.",
    )


def test_a_marker_of_a_newer_version_that_says_more_is_read(tmp_path):
    marker = leave(tmp_path)
    marker.write_text(changed(mood="fine")(marker.read_text(encoding="utf-8")), encoding="utf-8")
    assert (titles(tmp_path), read(tmp_path).unreadable) == (["Shop"], ())


def test_bytes_that_are_no_text_are_left_out_and_named(tmp_path):
    leave(tmp_path).write_bytes(b'{"notebook": "\xff"}')
    assert len(read(tmp_path).unreadable) == 1


def test_a_marker_without_its_page_is_left_out_and_named(tmp_path):
    leave(tmp_path)
    (tmp_path / "2026-03-01/shop/US/00_account_health.html").unlink()
    assert (read(tmp_path).entries, len(read(tmp_path).unreadable)) == ((), 1)


def test_where_the_latest_cannot_be_read_the_earlier_one_is_stale(tmp_path):
    leave(tmp_path, as_of=FEBRUARY)
    leave(tmp_path, as_of=MARCH).write_text("{", encoding="utf-8")
    entry = only(tmp_path)
    assert (entry.as_of, entry.why) == (date(2026, 2, 22), "its report of 1 Mar 2026 cannot be read.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"version": 1',
        '{"version": 2, "accounts": {}}',
        '{"version": 1, "accounts": []}',
        '{"version": 1, "accounts": {"shop": {"state": "lost"}}}',
        *(
            json.dumps({"version": 1, "accounts": {"shop": {"state": "failed", "failed": [lost(folder, name)]}}})
            for folder, name in [
                ("../../etc/US", LATE),
                ("2026-03-01/../US", LATE),
                ("2026-03-01/US", LATE),
                ("2026-03-01", LATE),
                ("2026-13-01/shop/US", LATE),
                ("2026-03-01/shop/US", "../../secret"),
                ("2026-03-01/shop/US", "javascript:alert(1)"),
            ]
        ),
    ],
)
def test_a_damaged_run_json_is_left_out_and_named(tmp_path, text):
    leave(tmp_path)
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    portfolio = read(tmp_path)
    assert [entry.is_stale for entry in portfolio.entries] == [False]
    assert portfolio.unreadable == ("run.json cannot be read: run the report again.",)


def test_what_is_no_report_is_passed_over(tmp_path):
    leave(tmp_path)
    for name in (
        "notes",
        "2026-03-01/.done",
        "2026-13-01/shop/US/.done",
        "20260301/shop/US/.done",
        "2026-03-01/empty/US/.done",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "2026-03-01/shop/US/.done/.unfinished.json").write_text("{", encoding="utf-8")
    (tmp_path / "2026-03-01/shop/US/.done/notes.txt").write_text("{", encoding="utf-8")
    assert (len(read(tmp_path).entries), read(tmp_path).unreadable) == (1, ())


def test_a_day_that_is_a_file_is_named(tmp_path):
    (tmp_path / "2026-03-01").write_text("?", encoding="utf-8")
    assert read(tmp_path).unreadable == ("2026-03-01 cannot be read: run the report again.",)


def test_the_summary_counts_everything_once(tmp_path):
    leave(tmp_path, figure(**BAD), account="bad")
    leave(tmp_path, figure(), account="bad", as_of=FEBRUARY)
    leave(tmp_path, figure(**UNKNOWN), account="blind")
    for name in ("good", "fine"):
        leave(tmp_path, account=name)
    failed = {"state": "failed", "failed": [lost("2026-03-01/fine/US")]}
    refused = {"state": "refused", "reason": "It has no file."}
    ran(tmp_path, good=refused, fine=failed, lost=refused)
    assert read(tmp_path).summary == (
        "4 accounts: 1 bad, 2 good, 1 without a verdict; 1 changed; 1 stale; 1 with a failed report; 1 not reported."
    )


def test_marketplaces_are_not_counted_as_accounts(tmp_path):
    leave(tmp_path)
    assert read(tmp_path).summary == "1 account: 1 good."
    leave(tmp_path, marketplace="CA")
    assert read(tmp_path).summary == "2 accounts by marketplace: 2 good."
