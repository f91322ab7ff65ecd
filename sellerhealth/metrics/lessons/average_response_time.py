"""What is asked about the Average Response Time."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks="Nine messages were answered after one hour and one after 91 hours. What is the average?",
        answers=(
            Answer(
                text="10 hours: 100 hours over ten messages.",
                told="100 over 10 messages is 10. Of the 100 hours 91 are those of one forgotten message.",
            ),
            Answer(
                text="1 hour: that is how long nearly all waited.",
                told="That is what usually happens, and a mean is something else: 100 over 10 messages is 10.",
                idea="An average is what usually happens.",
            ),
            Answer(
                text="46 hours: midway between 1 and 91.",
                told="Each message counts, and nine of them took one hour: 100 over 10 messages is 10.",
                idea="An average lies midway between the shortest and the longest.",
            ),
        ),
    ),
    questions=(
        Question(
            asks="A message is never answered. What does it do to the average?",
            answers=(
                Answer(
                    text="It raises the average with every hour.",
                    told=(
                        "Nobody knows how long it will have taken, so it is left out. With answers of 1 and 3 "
                        "hours, 4 over 2 messages is 2, as before."
                    ),
                    idea="A message without an answer adds up hours.",
                ),
                Answer(
                    text="It counts as 24 hours, the most allowed.",
                    told=(
                        "No hours are made up. It is left out of this mean, but Contact Response Time counts it "
                        "as late."
                    ),
                    idea="A missing answer counts as a day.",
                ),
                Answer(
                    text="It counts as zero hours and lowers it.",
                    told=(
                        "Zero hours would be an answer at once. It is left out: with answers of 1 and 3 hours, 4 "
                        "over 2 messages is 2, and is not divided by 3."
                    ),
                    idea="A missing answer counts as no time.",
                ),
                Answer(
                    text="Nothing: only answered ones are in it.",
                    told=(
                        "An average of answers needs answers. So look at Contact Response Time too, which counts "
                        "it as late."
                    ),
                ),
            ),
        ),
        Question(
            asks="A buyer writes at 20:00, and you answer at 08:00 the next morning. How many hours is that?",
            answers=(
                Answer(
                    text="None: you were closed all the time.",
                    told="The buyer waited through the night: 12 hours.",
                    idea="Closed hours are not counted.",
                ),
                Answer(
                    text="Twelve: nights count like any other hour.",
                    told="From 20:00 to 08:00 are 12 hours. The buyer's clock runs when yours does not.",
                ),
                Answer(
                    text="One: you opened at 07:00.",
                    told="The clock begins when the message comes, not when you open: 12 hours.",
                    idea="The clock begins when I open.",
                ),
            ),
        ),
        Question(
            asks="The average is 12 hours. Has every buyer been answered within 24 hours?",
            answers=(
                Answer(
                    text="Yes: 12 hours are less than 24.",
                    told=(
                        "One long wait can hide among short ones. 1, 1, 1, 1 and 56 hours are 60, and 60 over 5 "
                        "messages is 12."
                    ),
                    idea="An average within 24 hours means each answer came within 24 hours.",
                ),
                Answer(
                    text="No: half of them must be above the average.",
                    told="Not half: of 1, 1, 1, 1 and 56 hours one is above 12, and of five times 12 hours none is.",
                    idea="Half of all answers lie above the average.",
                ),
                Answer(
                    text="It cannot be told: one long wait may hide in it.",
                    told=(
                        "1, 1, 1, 1 and 56 hours are 60, and 60 over 5 messages is 12; so are five times 12 "
                        "hours. Contact Response Time tells the two apart."
                    ),
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "All answers of this week come within ten hours, and on Sunday the average of 12 hours rises all the "
            "same. How can that be?"
        ),
        answers=(
            Answer(
                text="It cannot: quick answers never raise an average.",
                told=(
                    "They can, if quicker ones leave. 480 over 40 messages is 12; with ten of 3 hours gone and "
                    "ten of 10 hours in, 550 over 40 messages is 13.8."
                ),
                idea="Quick answers cannot raise the average.",
            ),
            Answer(
                text="The messages without an answer have grown older.",
                told="They are left out of this average: it stays 480 over 40 messages.",
                idea="The average grows while messages wait.",
            ),
            Answer(
                text="Fewer buyers wrote, so each waited longer.",
                told="Fewer messages make no wait longer: 480 over 40 messages and 240 over 20 messages is 12 alike.",
                idea="Fewer messages mean a higher average.",
            ),
            Answer(
                text="The week that left was quicker still.",
                told=(
                    "Ten answers of 3 hours leave and ten of 10 hours come in: 480 over 40 messages is 12 before, "
                    "and 550 over 40 messages is 13.8 after."
                ),
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="Message C is answered on Saturday at 18:00, after 24 hours. How many hours is the average then?",
            answer=Fraction(153, 8),
            feedback={
                Fraction(192, 8): "39 hours fewer were waited in all.",
                Fraction(153, 7): "C was answered before and is answered still: eight messages.",
            },
            hints=(
                "C took 63 hours before. How many fewer are 24?",
                "39 hours fewer. C is still one of the answered messages.",
                "192 hours less 39, over the same eight messages.",
            ),
            solution="192 hours less 39 are 153, over 8 messages: 19.1 hours.",
        ),
        Exercise(
            question=(
                "Message I comes a day earlier, on Sunday 29 March at 09:00, and is answered on Monday at 10:00 "
                "as before. How many hours is the average then?"
            ),
            answer=Fraction(217, 9),
            feedback={
                Fraction(192, 8): "Sunday 29 March is the last day of the eight weeks: I counts now.",
                Fraction(217, 8): "I is one message more: nine.",
                Fraction(193, 9): "The buyer waits from Sunday at 09:00 to Monday at 10:00: 25 hours, not one.",
            },
            hints=(
                "Which is the last day of the eight full weeks, and is I in them now?",
                "I comes in. From Sunday at 09:00 to Monday at 10:00 it waits for 25 hours.",
                "192 hours and 25 more, over eight messages and one more.",
            ),
            solution="192 hours and 25 more are 217, over 9 messages: 24.1 hours.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule="Shown beside the share of answers within 24 hours, over 7, 30 and 90 days.",
            source="Amazon's help",
        ),
        Era(
            since="1 October 2018",
            rule="Amazon takes response times off its Account Health page. Business buyers still see the average.",
            source="trade news of September 2018, and Amazon's help, Italy",
        ),
        Era(
            since="2026",
            rule=(
                "The last eight weeks, week by week. The handbook names no target, so there is no verdict. "
                "Amazon's own layout of eight weeks is not established."
            ),
            source="the handbook",
        ),
    ),
    terms=("mean",),
)
