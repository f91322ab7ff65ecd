"""The widgets: what they show, by hand; that the line of code gives the same; and that a change counts nothing anew."""

import ast
from datetime import date
from types import SimpleNamespace

import ipywidgets as widgets
import polars as pl
import pytest

import sellerhealth as sh
from sellerhealth.measure.defects import listed
from sellerhealth.measure.tally import known, tally
from sellerhealth.show.controls import change, compared, days, explore, split, tabs
from sellerhealth.show.controls.brush import Brush
from sellerhealth.show.controls.subject import Subject
from tests.show.figures import HANDBOOK, NAMES, example, lacking, metric, row
from tests.show.markup import harmless, text_of

MADE = (days.days_panel, split.split_panel, change.change_panel, compared.compared_panel)
every_panel = pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
every_metric = pytest.mark.parametrize("name", NAMES)
KINDS = ("order_defect_rate", "contact_response_time", "seller_rating", "average_response_time", "valid_tracking_rate")
"""One of each: two channels, a share of good ones, points with weights, hours by the week, packages."""
every_kind = pytest.mark.parametrize("name", KINDS)


def subject(name="late_dispatch_rate", seller=None):
    account, as_of = example(metric(name))
    return Subject(metric=metric(name), account=seller or account, as_of=as_of, name=tabs._name(metric(name)))


def shown(panel):
    """What a panel shows, as text: pictures by their words."""
    data = [output["data"] for output in panel.picture.outputs]
    return "\n".join(text_of(harmless(one["text/html"])) if "text/html" in one else one["text/plain"] for one in data)


def by_code(panel):
    """What the lines under a panel give, in a notebook that has its page open."""
    given = panel.subject
    session = SimpleNamespace(metric=lambda name: HANDBOOK[name])
    names = {"sh": sh, "metric": given.metric, "seller": given.account, "day": given.as_of, "session": session}
    found = []
    for line in ast.parse(panel.code.value).body:
        if isinstance(line, ast.Expr):
            found.append(eval(compile(ast.Expression(line.value), "line", "eval"), names))
        else:
            exec(compile(ast.Module([line], []), "line", "exec"), names)
    return found


def same(panel):
    assert panel.looks
    for look, found in zip(panel.looks, by_code(panel), strict=True):
        assert found.equals(look.frame), look.line


def moves(control):
    """The values a control can be moved to: the ends, and what lies between."""
    match control:
        case widgets.SelectionRangeSlider():
            days = [day for _, day in control.options]
            return [(days[0], days[-1]), (days[2], days[2])]
        case widgets.Dropdown():
            values = [option[1] for option in control.options]
            return [values[-1], values[0]]
        case widgets.BoundedIntText():
            return [1, control.max]
        case _:
            return [date(2026, 3, 17), date(2027, 1, 1)]


@every_panel
@every_metric
def test_each_choice_ends_in_a_line_that_gives_the_same(name, make):
    panel = make(subject(name))
    panel.redraw()
    same(panel)
    for control in panel.controls.values():
        for value in moves(control):
            control.value = value
            same(panel)
            assert shown(panel)


@pytest.mark.parametrize("name", ["order_defect_rate", "seller_rating", "customer_service_rating"])
def test_a_change_counts_nothing_anew(name):
    made = tabs.Tabs()
    made.show(subject(name))
    before = [counted.cache_info().misses for counted in (tally, known)]
    for panel in made.panels:
        panel.look_at()
        for control in panel.controls.values():
            for value in moves(control):
                control.value = value
    assert [counted.cache_info().misses for counted in (tally, known)] == before


def test_days_that_are_chosen_narrow_the_list():
    """Orders D and E are late, of four in the days chosen; K came before them."""
    panel = days.days_panel(subject())
    panel.redraw()
    assert "3 late orders of the days chosen" in shown(panel)
    panel.controls["span"].value = (date(2026, 3, 10), date(2026, 3, 24))
    assert "10 Mar 2026 to 24 Mar 2026 alone: 66.7 % (2 of 3)." in shown(panel)
    assert panel.looks[2].frame["order_id"].to_list() == ["E", "D"]
    panel.controls["span"].value = (date(2026, 3, 30), date(2026, 3, 30))
    assert "30 Mar 2026 alone: 0 % (0 of 1). No late order is known of these days." in shown(panel)
    assert len(panel.picture.outputs) == 2


def test_days_before_the_first_file_are_not_whole():
    panel = days.days_panel(subject())
    panel.controls["span"].value = (date(2026, 2, 20), date(2026, 3, 1))
    said = "The files tell of nothing before 1 Mar 2026, so these days may not be whole."
    assert said in shown(panel)
    panel.controls["span"].value = (date(2026, 3, 1), date(2026, 3, 2))
    assert said not in shown(panel)


def test_another_span_keeps_the_days_that_are_still_shown():
    panel = days.days_panel(subject())
    brush = panel.controls["span"]
    brush.value = (date(2026, 1, 10), date(2026, 3, 20))
    panel.controls["days"].value = 30
    assert brush.value == (date(2026, 3, 2), date(2026, 3, 20))
    panel.controls["days"].value = 365
    assert (brush.options[0][1], brush.value) == (date(2025, 4, 1), (date(2026, 3, 2), date(2026, 3, 20)))
    same(panel)


@pytest.mark.parametrize(
    ("first", "last", "chosen"),
    [
        (date(2026, 3, 9), date(2026, 3, 15), (date(2026, 3, 15), date(2026, 3, 15))),
        (date(2026, 3, 2), date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 8))),
        (date(2020, 1, 1), date(2030, 1, 1), (date(2026, 3, 1), date(2026, 3, 15))),
    ],
    ids=["within a week", "the wrong way round", "beyond both ends"],
)
def test_typed_days_are_those_that_can_be_chosen(first, last, chosen):
    brush = Brush([date(2026, 3, day) for day in (1, 8, 15)], date(2026, 3, 8), date(2026, 3, 8))
    brush.first.value, brush.last.value = None, last
    assert brush.slider.value == (date(2026, 3, 8), date(2026, 3, 8))
    brush.first.value = first
    assert brush.slider.value == chosen == (brush.first.value, brush.last.value)


def test_a_drag_is_drawn_once(monkeypatch):
    panel, drawn = days.days_panel(subject()), []
    monkeypatch.setattr(panel, "_draw", lambda **chosen: drawn.append(chosen) or days.draw(panel.subject, **chosen))
    panel.controls["span"].value = (date(2026, 3, 3), date(2026, 3, 9))
    panel.controls["days"].value = 30
    assert [one["span"] for one in drawn] == [(date(2026, 3, 3), date(2026, 3, 9))] * 2


def test_of_a_weekly_metric_whole_weeks_are_chosen():
    panel = days.days_panel(subject("customer_service_rating"))
    brush = panel.controls["span"]
    assert {day.isoweekday() for _, day in brush.options} == {7}
    brush.value = (date(2026, 3, 15), date(2026, 3, 15))
    assert "9 Mar 2026 to 15 Mar 2026 alone: 4 of 10 (2 answers)." in shown(panel)
    assert panel.looks[2].frame["thread_id"].to_list() == ["J"]


def test_clean_orders_and_a_mended_flaw():
    """3 late of 8: 68 more orders bring it below 4 %, and two of the three in time leave one."""
    panel = change.change_panel(subject())
    panel.redraw()
    assert "Nothing is changed yet: move a slider." in shown(panel)
    panel.controls["clean_orders"].value = 68
    assert "Now 37.5 % (3 of 8), then 3.9 % (3 of 76): good. The next late order breaks it." in shown(panel)
    assert "They fall into the same window, on top of the usual." in shown(panel)
    panel.controls["clean_orders"].value = 0
    panel.controls["defect"].value = 2
    assert "then 12.5 % (1 of 8)" in shown(panel)
    assert "Those cured are the newest." in shown(panel)
    assert "frozenset(['D', 'E'])" in panel.code.value
    panel.controls["defect"].value = 3
    assert "then 0 % (0 of 8)" in shown(panel)
    assert "EVERY" in panel.code.value


def test_an_order_with_two_flaws_is_a_defect_without_one():
    """Order C has negative feedback and a claim."""
    panel = change.change_panel(subject("order_defect_rate"))
    panel.controls["claim"].value = 2
    assert "Shipped by us: now 66.7 % (6 of 9), then 55.6 % (5 of 9)" in shown(panel)
    wanted = change.Change(cured={"claim": frozenset("C")})
    (_, says) = change.draw(panel.subject, wanted).pieces
    assert "It changes nothing: they are defects for another reason too." in says.text


def test_the_slider_reaches_what_it_takes():
    """592 clean orders are needed: the slider goes to twice as many."""
    box = change.change_panel(subject("order_defect_rate")).controls["clean_orders"]
    assert box.max == 1184
    assert change.change_panel(subject()).controls["clean_orders"].max == 136


def test_a_box_and_its_slider_hold_the_same():
    line = change.change_panel(subject()).widget.children[0].children[0]
    box, slider = line.children
    slider.value = 17
    assert (box.value, box.description) == (17, "More orders without a defect")


def test_of_a_mean_nobody_knows_what_a_clean_one_adds():
    panel = change.change_panel(subject("average_response_time"))
    assert set(panel.controls) == {"worst", "by_whom"}


THEN, NOW = row(window_end=date(2026, 3, 1), window_start=date(2026, 1, 31)), row()
DIFFERENT = {
    "worse": ({"defects": 11, "counted": 389, "value": 0.028, "numerator": 11, "denominator": 389}, "0.29 points worse: 1 more late order, and 1 fewer order counted."),
    "better": ({"defects": 14, "counted": 388, "value": 14 / 388, "numerator": 14}, "0.52 points better: 2 fewer late orders, and as many orders counted."),
    "the same": ({}, "The figure is the same: as many late orders, and as many orders counted."),
    "nothing then": ({"value": None, "denominator": 0}, "From nothing counted in the window to 1 Mar 2026, to 3.1 % (12 of 388) in the one to 31 Mar 2026."),
}  # fmt: skip


@pytest.mark.parametrize("case", DIFFERENT)
def test_a_difference_in_words(case):
    more, said = DIFFERENT[case]
    (told,) = compared.difference({**THEN, **more}, NOW, metric())
    assert told.startswith("From ")
    assert said in told
    assert ("misses" in told or "Good" in told) == (case != "nothing then")


def test_windows_that_share_days_say_so():
    near = {**THEN, "window_end": date(2026, 3, 2)}
    assert compared.difference(near, NOW, metric())[-1] == "The windows overlap: they share days."


def test_one_day_twice_asks_for_another():
    panel = compared.compared_panel(subject())
    panel.controls["then"].value = panel.controls["now"].value
    assert "Choose another day." in shown(panel)
    panel.controls["then"].value = None
    assert shown(panel) == "Choose both days."
    assert panel.code.value == ""


def test_a_step_back_is_a_window_a_month_or_a_year():
    panel = compared.compared_panel(subject())
    before = panel.widget.children[0].children[1]
    found = [(before.value, panel.controls["then"].value)]
    for days_before in (28, 364):
        before.value = days_before
        found.append((days_before, panel.controls["then"].value))
    assert found == [(30, date(2026, 3, 1)), (28, date(2026, 3, 3)), (364, date(2025, 4, 1))]


def test_each_channel_is_looked_at_by_itself():
    panel = split.split_panel(subject("order_defect_rate"))
    panel.redraw()
    part = panel.controls["part"]
    assert [label for label, _ in part.options] == ["Shipped by us", "Shipped by Amazon"]
    part.value = {"channel": "AFN"}
    assert set(panel.looks[0].frame["channel"]) == {"AFN"}
    assert part.layout.display is None
    assert split.split_panel(subject()).controls["part"].layout.display == "none"


@every_panel
@every_kind
def test_without_an_order_it_says_so(name, make):
    account, as_of = example(metric(name))
    early = Subject(metric=metric(name), account=account, as_of=as_of.replace(year=2020), name=tabs._name(metric(name)))
    panel = make(early)
    panel.redraw()
    assert shown(panel)
    assert "None" not in shown(panel)
    same(panel)


@every_panel
@every_kind
def test_what_cannot_be_computed_says_so(name, make):
    account, _ = example(metric(name))
    needed = [table for need in metric(name).definition.needs for table in need.any_of]
    panel = make(subject(name, lacking(account, *needed)))
    panel.redraw()
    same(panel)
    says = "No " if make is split.split_panel else "not computable"
    assert says in shown(panel)


def test_a_batch_is_told_to_open_the_notebook():
    found = explore(metric(), *example(metric()))
    assert found.text == "Open the notebook in JupyterLab to explore."


def test_every_panel_names_its_twin_in_a_report():
    told = [make(subject()).widget.children[-1].value for make in MADE]
    assert len(set(told)) == len(MADE)
    assert all("In a report: " in one for one in told)


def test_the_list_of_all_defects_is_that_of_the_measure():
    given = subject("order_defect_rate").given
    assert days.all_listed(*given).equals(listed(*given, pl.lit(value=True)))
