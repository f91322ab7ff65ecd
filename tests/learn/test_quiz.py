"""Questions: as a page shows them, and which are recalled."""

import pytest

from sellerhealth import policy
from sellerhealth.definition.lesson import Answer, Question
from sellerhealth.learn import course
from sellerhealth.learn.basics import BASICS, DAYS, LENGTH, basics, what_a_rate_is, what_a_target_is, what_a_window_is
from sellerhealth.learn.final import MOST, scores
from sellerhealth.learn.question import ask, style
from sellerhealth.learn.quiz import predict, quiz, recall, recalled
from sellerhealth.report.pages.blocks import QUESTIONS, TAGS, clean
from tests.report.markup import Page
from tests.show.markup import harmless, text_of

HANDBOOK = policy("handbook")
EVERY = [HANDBOOK.states[one.name] if one.name in HANDBOOK.states else HANDBOOK[one.name] for one in course.subjects()]
ODD = Question(
    asks="Is <b>1 of 100</b> & more under 1 %?",
    answers=(
        Answer(text="<script>window.PWNED = 1</script>", told="1 % is not <i>under</i> 1 %.", idea='1 % is "under" 1 %.'),
        Answer(text="No.", told="It is exactly 1 %."),
        Answer(text="' onclick='x", told="No.", idea="<img src=x onerror=x>"),
    ),
)  # fmt: skip

each = pytest.mark.parametrize("metric", EVERY, ids=lambda metric: metric.name)


def page(card):
    return Page(str(clean(card.html, (), TAGS | QUESTIONS)))


def test_every_answer_is_a_button_of_one_group_with_its_label():
    made = page(ask([ODD], "here"))
    assert [one.text for one in made.all("legend")] == ["Is <b>1 of 100</b> & more under 1\u00a0%?"]
    buttons = made.all("input", type="radio")
    assert len(buttons) == len(made.all("label")) == 3
    assert len({one.attributes["name"] for one in buttons}) == 1
    assert [one.attributes["class"] for one in buttons] == ["wrong", "right", "wrong"]
    assert [one.text.strip() for one in made.all("label")] == [answer.text for answer in ODD.answers]
    assert len(made.all("fieldset")) == 1


def test_what_is_told_is_behind_one_button_to_open_in_the_order_of_the_answers():
    made = page(ask([ODD], "here"))
    assert made.only("summary").text == "Check my answer"
    told, told_first = [one.text for one in made.all("p")], "1\u00a0% is not <i>under</i> 1\u00a0%."
    assert told == [
        "Choose an answer first.",
        f'<script>window.PWNED = 1</script> ✕ Not quite. {told_first} The idea behind it: 1\u00a0% is "under" 1\u00a0%.',
        "No. ✓ Right. It is exactly 1\u00a0%.",
        "' onclick='x ✕ Not quite. No. The idea behind it: <img src=x onerror=x>",
        "Answer: No. It is exactly 1\u00a0%.",
    ]  # fmt: skip


def test_in_jupyterlab_keys_are_left_to_what_has_the_focus():
    """Its own keys work on whatever has the focus itself, so a question has to keep them off each button."""
    html = ask([ODD], "here").html
    assert html.count('data-lm-suppress-shortcuts="true"') == html.count("<input") + html.count("<summary") == 4


def test_hostile_text_stays_text():
    html = harmless(ask([ODD], "here").html)
    assert "<script" not in html
    assert "<img" not in html
    assert {one.tag for one in page(ask([ODD], "here")).elements} == {
        *("fieldset", "legend", "div", "label", "input", "span", "details", "summary", "p", "strong", "em"),
    }


def test_a_page_takes_nothing_but_radio_buttons():
    html = '<input type="text" name="a" value="b" onfocus="x"><input name="c"><input type="submit" formaction="//x">'
    found = Page(str(clean(html, (), TAGS | QUESTIONS))).all("input")
    assert [one.attributes for one in found] == [
        {"type": "radio", "name": "a"}, {"type": "radio", "name": "c"}, {"type": "radio"},
    ]  # fmt: skip
    assert "input" not in str(clean(html)), "a report asks nothing"


def test_groups_differ_by_question_and_place_and_never_by_chance():
    names = [one.attributes["name"] for place in ("a", "b") for one in page(ask(BASICS, place)).all("input")]
    assert len(set(names)) == 2 * len(BASICS)
    assert ask(BASICS, "a").html == ask(BASICS, "a").html


def test_on_paper_the_right_answer_stands_below():
    made = page(ask(BASICS, "here"))
    hidden = [one.text for one in made.all("p", class_="paper") if "hidden" in one.attributes]
    assert len(hidden) == len(BASICS)
    assert hidden[0].startswith("Answer: 37.5")


def test_the_text_names_the_right_answer():
    assert ask([ODD], "x").text.endswith("  Answer: b) It is exactly 1 %.")
    assert ask([], "x").html == ""


def test_the_style_sheet_knows_every_place():
    assert all(f":nth-of-type({number})" in scores() for number in range(1, MOST + 1))
    most = max(len(question.answers) for one in EVERY for question in one.definition.lesson.questions)
    assert f"label:nth-child({most}) :checked" in style()


@each
def test_a_metric_asks_its_own_questions(metric):
    lesson = metric.definition.lesson
    legends = [one.text.replace("\u00a0", " ") for one in page(quiz(metric)).all("legend")]
    assert legends == [question.asks for question in (*lesson.questions, lesson.tomorrow)]
    assert lesson.predict.asks in text_of(predict(metric).html)


@each
def test_three_are_recalled_of_earlier_lessons_only(metric):
    asked = recalled(metric)
    assert len({question.asks for question in asked}) == 3
    earlier = [one for one in course.subjects() if one.notebook < metric.definition.notebook]
    known = [*BASICS, *(question for one in earlier for question in one.lesson.questions)]
    assert all(question in known for question in asked)
    if earlier:
        assert asked[0] in earlier[-1].lesson.questions
    assert len(page(recall(metric)).all("fieldset")) == 3


def test_the_first_lesson_recalls_the_basics_and_the_second_both():
    first, second = EVERY[:2]
    assert all(question in BASICS for question in recalled(first))
    places = [question in BASICS for question in recalled(second)]
    assert places == [False, True, True]


def test_most_lessons_are_recalled_somewhere():
    asked = [question for metric in EVERY for question in recalled(metric)]
    assert len({question.asks for question in asked}) > len(asked) / 2


def test_the_basics_count_right():
    assert what_a_rate_is().text.count("✕ late") == 3
    assert what_a_rate_is().text.count("✓ on time") == 5
    sums = [tuple(map(sum, zip(*DAYS[end - LENGTH : end], strict=True))) for end in (10, 11, 12)]
    assert sums == [(20, 2), (17, 2), (16, 2)]
    for told in ("10 % (2 of 20)", "11.8 % (2 of 17)", "12.5 % (2 of 16)", "day 1 has left with its 4 good orders"):
        assert told in what_a_window_is().text
    assert "1 of 100  1 %  1 × 100 = 100  ✕ not below 100" in what_a_target_is().text
    assert "1 of 101  0.99 %  1 × 100 = 100  ✓ below 101" in what_a_target_is().text
    assert basics().html.count("<fieldset") == len(BASICS) >= 3


@pytest.mark.parametrize("question", BASICS, ids=lambda question: question.asks[:30])
def test_the_basics_name_every_wrong_idea(question):
    for answer in question.answers:
        assert answer.told.endswith(".")
        assert answer.is_right or answer.idea.endswith(".")
