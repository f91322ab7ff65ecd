"""What is asked about the First Contact Resolution Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "Ten buyers wrote, and each got one answer. Three wrote again two days later. Of the other seven you "
            "heard nothing for weeks. How many matters were solved at first contact?"
        ),
        answers=(
            Answer(
                text="None for sure: nobody said that it was solved.",
                told=(
                    "Few buyers say so. Silence for seven days is taken for solved, which is kinder than the "
                    "truth: 7 of 10 is 70 %."
                ),
                idea="Only a buyer who says so is content.",
            ),
            Answer(
                text="All ten: each of them got an answer.",
                told="An answer is not yet a solution. Three had to write again, so 7 of 10 is 70 %.",
                idea="An answered matter is a solved one.",
            ),
            Answer(
                text="Seven: a long silence counts as solved.",
                told=(
                    "Seven days without a further message are taken for solved: 7 of 10 is 70 %. Some of the "
                    "silent ones will have given up, so the truth may be lower."
                ),
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                "A buyer writes at 09:00 and again at 10:00. You answer both at 11:00, and the buyer stays "
                "silent. Is the matter solved at first contact?"
            ),
            answers=(
                Answer(
                    text="No: it took two messages of the buyer.",
                    told=(
                        "Both came before your first answer, and after it came none: solved, like matter J of the "
                        "example."
                    ),
                    idea="Two messages mean that the first contact failed.",
                ),
                Answer(
                    text="Yes: after your answer nothing came.",
                    told=(
                        "What counts is what follows your first answer. How often the buyer writes before it "
                        "makes no difference."
                    ),
                ),
                Answer(
                    text="It is two matters, and one of them is solved.",
                    told="Messages of one conversation are one matter: 1 of 1.",
                    idea="Each message is a matter of its own.",
                ),
            ),
        ),
        Question(
            asks=(
                "You answer, and the buyer stays silent. In the survey the same buyer says that it was not "
                "solved. How does the matter count?"
            ),
            answers=(
                Answer(
                    text="As solved: the buyer did not write again.",
                    told="Silence is only a guess. The buyer's own word goes before it: 0 of 1.",
                    idea="Silence says more than a survey.",
                ),
                Answer(
                    text="Not at all: the two contradict each other.",
                    told="The survey decides, as the buyer knows best: the matter counts, as not solved.",
                    idea="What is contradicted is left out.",
                ),
                Answer(
                    text="As half solved: one word against the other.",
                    told="A matter is solved or not. The survey decides: 0 of 1.",
                    idea="A doubtful matter counts half.",
                ),
                Answer(
                    text="As not solved: the buyer's own word decides.",
                    told=(
                        "Silence is taken for solved only where the buyer has not said otherwise, as with matter "
                        "K of the example."
                    ),
                ),
            ),
        ),
        Question(
            asks="Which definition of this rate does Amazon publish?",
            answers=(
                Answer(
                    text="None: this one is ours, by conversations and the survey.",
                    told=(
                        "No page of Amazon's defines it. So compare your own weeks with each other, not with "
                        "somebody else's figure."
                    ),
                ),
                Answer(
                    text="Matters that were solved within 24 hours.",
                    told=(
                        "That would be a rate of speed, and no page of Amazon's says it. This one asks whether "
                        "the buyer had to write again."
                    ),
                    idea="First contact resolution is a matter of speed.",
                ),
                Answer(
                    text="Messages that got a single answer.",
                    told="That would count messages; this rate counts matters. Amazon publishes no definition.",
                    idea="Each message with one answer is solved.",
                ),
                Answer(
                    text="Survey answers with a score of 8 or more.",
                    told="Scores make the Customer Service Rating. Amazon publishes no definition of this rate.",
                    idea="A high score is a solved matter.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "Last week a buyer wrote and you answered; since then there is silence. Tomorrow nobody writes. What "
            "could still make the rate better?"
        ),
        answers=(
            Answer(
                text="Nothing: without a message nothing changes.",
                told="Time decides open matters: after seven days of silence 6 of 10 becomes 7 of 11.",
                idea="Without a new message nothing can change.",
            ),
            Answer(
                text="Matters that nobody answered, as they grow old.",
                told="They count as not solved once 24 hours are over: 6 of 10 may become 6 of 11.",
                idea="A matter that nobody answers goes away.",
            ),
            Answer(
                text="That matter, when seven days of silence are over.",
                told=(
                    "Until then it is too early to say, and it is left out. Then it counts as solved: 6 of 10 "
                    "becomes 7 of 11."
                ),
            ),
            Answer(
                text="The survey, which counts silent buyers as content.",
                told=(
                    "Who does not answer the survey is not in it. The silence after your answer decides: 6 of 10 "
                    "becomes 7 of 11."
                ),
                idea="A survey without an answer counts as content.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="In matter E the buyer writes again an hour later than that. What is the rate then?",
            answer=Fraction(7, 10),
            feedback={
                Fraction(6, 10): "More than seven days after the answer it is another matter.",
                Fraction(6, 9): "The matter was decided before and is decided still: it stays counted.",
            },
            hints=(
                "Up to how many days after the answer is a message about the same matter?",
                "E wrote after exactly seven days. An hour later it is another matter, so this one was solved.",
                "E joins the six that are solved, and the ten matters stay ten.",
            ),
            solution="E is solved then: 7 of 10.",
        ),
        Exercise(
            question="Look at the same matters at the end of 2 April. Nobody has written since. What is the rate then?",
            answer=Fraction(7, 11),
            feedback={
                Fraction(6, 10): "H was answered on 26 March: its seven days of silence are over.",
                Fraction(7, 10): "H was not among the ten: it was too early to say. Now it is decided, and counted.",
                Fraction(6, 11): "Seven days of silence count as solved.",
            },
            hints=(
                "Which matter was it too early to judge?",
                "H was answered on 26 March at 12:00, so its seven days end on 2 April at 12:00.",
                "H comes in, and as a solved one: one more among the solved, one more among all.",
            ),
            solution="H is decided and solved: 7 of 11.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule="No definition is published, not today and not before. What Amazon counts is not established.",
            source="Amazon's help, which has no page on it",
        ),
        Era(
            since="2026",
            rule=(
                "The last eight weeks, week by week. The handbook names no target, so there is no verdict. A "
                "further message within seven days is about the same matter; that is a named choice."
            ),
            source="the handbook",
        ),
    ),
    terms=("first contact", "matter"),
)
