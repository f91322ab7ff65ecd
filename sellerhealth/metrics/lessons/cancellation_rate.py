"""What is asked about the Cancellation Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "In a week you sold 40 orders and cancelled one that was out of stock. Below 2.5 % is asked. How does "
            "the week look?"
        ),
        answers=(
            Answer(
                text="Bad: 1 of 40 is 2.5 %, and no less.",
                told=(
                    "A rate that equals this target misses it, so at 40 orders the headroom is zero. With one "
                    "order more it is met: 1 of 41 is 2.4 %."
                ),
            ),
            Answer(
                text="Good: 1 of 40 is 2.5 %, and that is the target.",
                told=(
                    "The target says below 2.5 %, so 2.5 % misses it. With one order more it is met: 1 of 41 is 2.4 %."
                ),
                idea="A rate equal to its target meets it.",
            ),
            Answer(
                text="Good: a single cancellation is always allowed.",
                told="No number is free; the share decides. Of 40 orders or fewer one is too many: 1 of 30 is 3.3 %.",
                idea="One defect is too few to break a target.",
            ),
            Answer(
                text="Open: 40 orders are too few for a verdict.",
                told=(
                    "Few orders make a rate jump, but Amazon judges it all the same: 1 of 40 is 2.5 %, and that misses."
                ),
                idea="With few orders there is no verdict.",
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                'A buyer writes: "Please cancel my order." You cancel it within the hour. Does it count against you?'
            ),
            answers=(
                Answer(
                    text="No: the buyer wanted it cancelled and says so in writing.",
                    told=(
                        "What the buyer wants must reach Amazon by its cancel option; a message does not protect "
                        "you. Two such orders in a small week weigh a lot: 2 of 21 is 9.5 %."
                    ),
                    idea="A cancellation that the buyer wished for never counts.",
                ),
                Answer(
                    text="No: you acted within 24 hours.",
                    told="Being quick helps your answers, not this rate. The order counts: 1 of 21 is 4.8 %.",
                    idea="A quick cancellation does not count.",
                ),
                Answer(
                    text="Yes, unless the buyer used Amazon's cancel option.",
                    told=(
                        "Amazon sees its own cancel option only. Ask the buyer to use it, then cancel: 0 of 21 "
                        "instead of 1 of 21."
                    ),
                ),
                Answer(
                    text="Yes: every cancelled order counts, whoever asked for it.",
                    told=(
                        "Not every one. A buyer who uses Amazon's cancel option cancels at no cost to you, as "
                        "with order D of the example."
                    ),
                    idea="Every cancelled order counts against me.",
                ),
            ),
        ),
        Question(
            asks=(
                "An order is going to be late. You cancel it, so that the Late Dispatch Rate stays clean. What "
                "have you won?"
            ),
            answers=(
                Answer(
                    text="Much: the order is out of every rate.",
                    told=(
                        "It leaves one rate and enters another, this one: 1 of 40 is 2.5 %, and that misses the target."
                    ),
                    idea="A cancelled order is in no rate.",
                ),
                Answer(
                    text="Nothing: it counts here, against a stricter target.",
                    told=(
                        "1 of 40 is 2.5 %. That is below the 4 % of late dispatch, and not below the 2.5 % of "
                        "cancellations. And the window is seven days instead of 30, so fewer good orders stand "
                        "beside it."
                    ),
                ),
                Answer(
                    text="A little: a cancellation weighs less than lateness.",
                    told=(
                        "It weighs more. 1 of 40 is 2.5 %: good as a late order, where below 4 % is asked, and "
                        "bad as a cancellation."
                    ),
                    idea="A cancellation is milder than a late dispatch.",
                ),
            ),
        ),
        Question(
            asks="Which of these counts as a cancellation here?",
            answers=(
                Answer(
                    text="A refund for an order that you had already shipped.",
                    told=(
                        "After shipment it is a refund. Order F of the example was cancelled after its "
                        "confirmation, and is not one of the two that count."
                    ),
                    idea="A refund after shipment is a cancellation.",
                ),
                Answer(
                    text="An order shipped by Amazon that was cancelled.",
                    told=(
                        "This rate looks at one channel, the orders shipped by us. Order G of the example is left "
                        "out of the eight."
                    ),
                    idea="Orders shipped by Amazon count here too.",
                ),
                Answer(
                    text="An order that the buyer cancelled before paying.",
                    told=(
                        "What is not paid yet is in neither the numerator nor the denominator. Order H of the "
                        "example is left out for that."
                    ),
                    idea="An order counts before it is paid.",
                ),
                Answer(
                    text="An unconfirmed order that Amazon cancelled.",
                    told=(
                        "You never confirmed it, so Amazon did what you left undone, and it counts as yours: "
                        "order E of the example is one of the two defects. It is no late order any more."
                    ),
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks="The rate is 2 % (1 of 50). Tomorrow you cancel nothing. What makes the rate worse all the same?",
        answers=(
            Answer(
                text="Nothing: without a new cancellation it cannot rise.",
                told="The window ends yesterday. What you cancelled today comes in tomorrow: 2 of 50 is 4 %.",
                idea="If I cancel nothing, the rate cannot rise.",
            ),
            Answer(
                text="The cancelled order of last week, which gets eight days old.",
                told="Then it leaves the window, and that helps: 0 of 50 is 0 %.",
                idea="An old cancellation weighs more and more.",
            ),
            Answer(
                text="An order that was bought and cancelled today.",
                told=(
                    "The lag is one day, so an order of today shows tomorrow, with all that happened to it: 2 of "
                    "50 is 4 %."
                ),
            ),
            Answer(
                text="A parcel that a buyer sends back today.",
                told="A return comes after shipment and is no cancellation: it stays 1 of 50.",
                idea="A return counts as a cancellation.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The buyer of order C had used Amazon's cancel option. What is the handbook's rate then?",
            answer=Fraction(1, 8),
            feedback={
                Fraction(2, 8): "A cancellation the buyer asked for through Amazon does not count.",
                Fraction(1, 7): "The order stays in the denominator; only the defect goes.",
            },
            hints=(
                "Whose cancellations does the handbook count?",
                (
                    "By Amazon's cancel option it is the buyer who cancels: C is no defect any more. It was still "
                    "bought in the window."
                ),
                "E is the only defect left, and the eight orders stay eight.",
            ),
            solution="Only E is left: 1 of 8.",
        ),
        Exercise(
            question="Look at the same orders on 1 April, a day later. What is the handbook's cancellation rate then?",
            answer=Fraction(3, 8),
            feedback={
                Fraction(2, 8): "Two orders change places: A leaves, and J, which you cancelled, comes in.",
                Fraction(2, 7): "J was bought on 31 March, which is yesterday now: it has come in.",
                Fraction(3, 9): "A was bought on 24 March, eight days ago: it has left.",
            },
            hints=(
                "The window is seven days and ends yesterday. Which are its first and its last day on 1 April?",
                "It runs from 25 to 31 March. A was bought on 24 March, J on 31 March.",
                "A leaves, which was clean. J comes in, which you cancelled. C and E stay.",
            ),
            solution="C, E and J are cancelled, of eight orders as before: 3 of 8.",
        ),
    ),
    eras=(
        Era(
            since="2011",
            rule="The page shows the rate over 7, 30 and 90 days.",
            source="the columns of Amazon's page in 2011",
        ),
        Era(
            since="not known",
            rule="Amazon's older report gives 30 days.",
            source="programs that read Amazon's older report",
        ),
        Era(
            since="30 September 2020",
            rule=(
                "Until then Amazon cancelled an unconfirmed order 30 days after its ship-by day, since then seven "
                "working days after it. Such a cancellation counts as yours."
            ),
            source="Amazon's announcement in the European seller forum",
        ),
        Era(
            since="16 September 2024",
            rule="In India Amazon cancels an unconfirmed order after three working days.",
            source="a guide for sellers in India",
        ),
        Era(
            since="not known",
            rule=(
                "Seven days, below 2.5 %. In Canada and the United Kingdom an order counts too when one of its "
                "items is cancelled. Whether the day of the order or of the cancellation counts is not "
                "established."
            ),
            source="Amazon's help",
        ),
        Era(
            since="2026",
            rule=(
                "Orders that you cancel as a whole before shipment count, and below 2.5 % is asked. The handbook "
                "names no window, so Amazon's seven days are taken, by the day of the order."
            ),
            source="the handbook",
        ),
    ),
    terms=("defect", "lag", "headroom", "channel", "shipped by us", "shipped by Amazon", "refund"),
)
