"""What is asked about the Late Dispatch Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "You hand a parcel to the carrier on Monday, its ship-by day. You confirm the shipment to Amazon on "
            "Friday. What does the rate make of the order?"
        ),
        answers=(
            Answer(
                text="It is on time: the parcel left on its ship-by day.",
                told=(
                    "You went by the parcel. Amazon does not see it leave. It sees your confirmation, and that "
                    "came four days after the ship-by day."
                ),
                idea="Shipped on time is confirmed on time.",
            ),
            Answer(
                text="It is on time if the parcel comes by the promised day.",
                told=(
                    "You went by the arrival, which is another metric. This one only asks when shipment was "
                    "confirmed: four days over."
                ),
                idea="A parcel that arrives in time was not dispatched late.",
            ),
            Answer(
                text="It is late: the confirmation came four days over.",
                told=(
                    "The moment the confirmation reaches Amazon counts. Four days over is late in the handbook, "
                    "which allows two, and for Amazon today, which allows none."
                ),
            ),
            Answer(
                text="It is not counted until the buyer complains.",
                told=(
                    "No buyer has to say anything. The confirmation came four days over, so this is 1 late order "
                    "already."
                ),
                idea="An order is late only when a buyer complains.",
            ),
        ),
    ),
    questions=(
        Question(
            asks="An order had to be shipped by 9 March. You confirm it on 10 March at 08:00. Is it late?",
            answers=(
                Answer(
                    text="No, by neither rule: one day is always forgiven.",
                    told=(
                        "The handbook forgives it, Amazon does not: it counts an order as late from the first "
                        "moment. Of the eight orders counted in the example, the handbook calls three late and "
                        "Amazon six."
                    ),
                    idea="Amazon allows a day of grace.",
                ),
                Answer(
                    text="Not in the handbook, but yes for Amazon today.",
                    told=(
                        "In the handbook an order is late from three days over, for Amazon today from the first "
                        "moment. Of the eight orders counted in the example that makes three against six."
                    ),
                ),
                Answer(
                    text="Yes, by both rules: a deadline is a deadline.",
                    told=(
                        "The handbook, like Amazon's old rule, waits until an order is three days over. This one "
                        "is a day over, so by the handbook it is on time."
                    ),
                    idea="Every rule draws the line at the ship-by day.",
                ),
                Answer(
                    text="Yes in the handbook, but not for Amazon today.",
                    told=(
                        "It is the other way round: the handbook waits three days, Amazon not a moment. Eight "
                        "hours over is late for Amazon."
                    ),
                    idea="Amazon is more patient than the handbook.",
                ),
            ),
        ),
        Question(
            asks=(
                "An order is five days overdue. You posted it in time, but nobody has confirmed it. What does the "
                "handbook say today?"
            ),
            answers=(
                Answer(
                    text="It is not counted yet: there is nothing to judge.",
                    told=(
                        "An overdue order is judged without a confirmation. Order E of the example is such a one, "
                        "and it is one of the three late orders."
                    ),
                    idea="An order without a confirmation is not counted yet.",
                ),
                Answer(
                    text="It is left out: Amazon will cancel it anyway.",
                    told=(
                        "If Amazon cancels it, it becomes a cancellation instead. Until then it is 1 late order, "
                        "and you can still confirm it."
                    ),
                    idea="An order that Amazon may cancel counts no more.",
                ),
                Answer(
                    text="It is on time: the carrier's receipt proves it.",
                    told=(
                        "A receipt helps you in a dispute. This rate asks for the confirmation, and that is five "
                        "days overdue."
                    ),
                    idea="Proof of posting stands for the confirmation.",
                ),
                Answer(
                    text="It is late: overdue and not confirmed.",
                    told=(
                        "Three days or more overdue and not confirmed is late in the handbook, even if posted. "
                        "Whether Amazon counts it before you confirm is not published, so confirm today."
                    ),
                ),
            ),
        ),
        Question(
            asks=(
                "Over 30 days the rate is 2 % (8 of 400), over 10 days it is 5 % (7 of 140). Below 4 % is asked. "
                "What do you make of it?"
            ),
            answers=(
                Answer(
                    text="All is well: the 30 days are the window that counts.",
                    told="Amazon asks that both be below 4 %. The ten days miss it with 5 % (7 of 140).",
                    idea="Only the longer window counts.",
                ),
                Answer(
                    text="Something went wrong lately, and the 10 days miss the target.",
                    told=(
                        "Seven of the eight late orders are of the last ten days. Amazon looks at both windows, "
                        "and the short one shows trouble first."
                    ),
                ),
                Answer(
                    text="One of the two is wrong: it is the same rate.",
                    told=(
                        "Both are right. They ask about different days, and seven of the eight late orders lie in "
                        "the last ten."
                    ),
                    idea="Two windows of one rate must agree.",
                ),
                Answer(
                    text="It is 3.5 % on average, so the target is met.",
                    told=(
                        "Windows are not averaged: the ten days lie inside the thirty. Each must be below 4 %, "
                        "and 5 % (7 of 140) is not."
                    ),
                    idea="The rates of two windows can be averaged.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The rate is 3.8 % (19 of 500), below 4 %. Tomorrow no further order becomes late. What could make "
            "the rate worse all the same?"
        ),
        answers=(
            Answer(
                text="Nothing: without a new late order it cannot rise.",
                told="The number of late orders stands still, but the number of orders does not: 19 of 450 is 4.2 %.",
                idea="No new late order, no higher rate.",
            ),
            Answer(
                text="A late order that leaves the window.",
                told="When it leaves, that helps: 18 of 500 is 3.6 %.",
                idea="The older a late order, the more it weighs.",
            ),
            Answer(
                text="A parcel that the carrier brings late.",
                told="That shows in the On-Time Delivery Rate. Here the 19 late orders stay 19.",
                idea="A late delivery makes a late dispatch.",
            ),
            Answer(
                text="More clean orders leave the window than come in.",
                told=(
                    "The numerator stays and the denominator shrinks: 19 of 450 is 4.2 %. A slow month can break "
                    "a target that a busy month kept."
                ),
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="Order E is confirmed on 25 March, one day over. What is the handbook's rate then?",
            answer=Fraction(2, 8),
            feedback={
                Fraction(3, 8): "One day over is not three: E is no longer late.",
                Fraction(2, 7): "E still had to be shipped in the window, so it stays in the denominator.",
            },
            hints=(
                "From how many days over is an order late in the handbook?",
                "On 25 March E is one day over, so it is on time. It still had to be shipped in the window.",
                "D and K stay late, and the eight orders stay eight.",
            ),
            solution="D and K stay late, E does not: 2 of 8.",
        ),
        Exercise(
            question=(
                "As of 1 April, a day later, nothing else has happened. What is the handbook's late dispatch rate then?"
            ),
            answer=Fraction(2, 7),
            feedback={
                Fraction(3, 8): "The window moves on with the day: K, due on 2 March, is no longer in it.",
                Fraction(2, 8): "K leaves the denominator as well: seven orders are left.",
                Fraction(3, 7): "F is two days over on 1 April. It is late in the handbook only from three days over.",
            },
            hints=(
                "The window is 30 days and ends on the day you look. Which day is its first one now?",
                "It begins on 3 March. K was due on 2 March, the boundary day until now. And how many days over is F?",
                "K leaves, late as it was. F is two days over, which is not three. D and E are late.",
            ),
            solution="Seven orders are left, and D and E are the late ones: 2 of 7.",
        ),
    ),
    eras=(
        Era(
            since="2011",
            rule=(
                "An order is late when it is confirmed three days or more after its ship-by day. The page shows "
                "7, 30 and 90 days."
            ),
            source="guides for sellers, and the columns of Amazon's page in 2011",
        ),
        Era(
            since="not known",
            rule=(
                "An order is late from the first moment after its ship-by time. The rate is shown over 10 and 30 "
                "days, and both must be below 4 %. Since when is not established."
            ),
            source="Amazon's help",
        ),
        Era(
            since="2026",
            rule=(
                "An order is late from three days over, confirmed or not, and below 4 % is asked. The handbook "
                "names no window, so Amazon's 30 and 10 days are taken. By which day Amazon counts an order is "
                "not established; the ship-by day is taken."
            ),
            source="the handbook",
        ),
    ),
    terms=(
        "rate",
        "numerator",
        "denominator",
        "window",
        "boundary day",
        "as of",
        "target",
        "ship-by day",
        "confirmation",
        "promised day",
    ),
)
