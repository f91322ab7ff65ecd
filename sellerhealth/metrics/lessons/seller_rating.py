"""What is asked about the Seller rating."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "You shipped 100 orders, all of them this month. 98 had no problem, one was late, and one ended in an "
            "A-to-z claim. About what is the rating, out of 100?"
        ),
        answers=(
            Answer(
                text="98: two of the hundred had a problem.",
                told=(
                    "Points are added up, not good orders. The claim has -500 points and the late one none: 9,300 "
                    "over 100 orders is 93."
                ),
                idea="The rating is the share of orders without a problem.",
            ),
            Answer(
                text="99.5: two orders of a hundred hardly move it.",
                told="A claim costs as much as six late orders: 9,300 over 100 orders is 93.",
                idea="One bad order hardly moves the rating.",
            ),
            Answer(
                text="93: the claim alone takes six points off.",
                told=(
                    "98 orders bring 9,800 points, the late one none, and the claim takes 500: 9,300 over 100 "
                    "orders is 93."
                ),
            ),
            Answer(
                text="0: one claim ends the rating.",
                told="It costs much, but the other orders still count: 9,300 over 100 orders is 93.",
                idea="One claim ruins the whole rating.",
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                "An order was late (0 points), got one star (-100 points) and ended in a claim (-500 points). How "
                "many points has it?"
            ),
            answers=(
                Answer(
                    text="Minus 600: all three are added.",
                    told="Only the worst problem of an order counts: -500 points.",
                    idea="The points of all problems are added up.",
                ),
                Answer(
                    text="Minus 500: the worst alone counts.",
                    told=(
                        "Each order has the points of its worst problem, and the claim is the worst. The lateness "
                        "and the star cost nothing more."
                    ),
                ),
                Answer(
                    text="Minus 200: the mean of all three counts.",
                    told="Within an order nothing is averaged. The worst problem counts: -500 points.",
                    idea="The problems of an order are averaged.",
                ),
                Answer(
                    text="0: it was late before all else.",
                    told="Which came first makes no difference. The worst problem counts: -500 points.",
                    idea="The first problem of an order decides.",
                ),
            ),
        ),
        Question(
            asks=(
                "Two orders were late, one last week and one eleven months ago. Which of them lowers the rating "
                "more today?"
            ),
            answers=(
                Answer(
                    text="The one of last week: it weighs four times as much.",
                    told=(
                        "Young orders weigh four and those of eleven months ago one. Amazon never published its "
                        "weights, so these are a choice of the handbook."
                    ),
                ),
                Answer(
                    text="Both the same: within the year a late order is a late order.",
                    told="They have the same 0 points, but not the same weight: four against one.",
                    idea="Age makes no difference within the year.",
                ),
                Answer(
                    text="The old one: it has counted for longer.",
                    told="The weight falls with age, from four to one. What it did to the rating in the past is over.",
                    idea="The damage of a problem adds up over time.",
                ),
                Answer(
                    text="Neither: 0 points take nothing away.",
                    told="A zero pulls a mean down: beside one perfect order, 100 over 2 orders is 50.",
                    idea="Zero points cost nothing.",
                ),
            ),
        ),
        Question(
            asks=(
                "Here your rating is 96 out of 100. Amazon's page shows an Account Health Rating of 248. Which of "
                "the two is right?"
            ),
            answers=(
                Answer(
                    text="Amazon's: ours must be an old copy of it.",
                    told=(
                        "They measure different things. The Account Health Rating runs from 0 to 1,000, and 200 "
                        "or more is healthy."
                    ),
                    idea="The Account Health Rating is this rating under a new name.",
                ),
                Answer(
                    text="Ours: no rating can be above 100.",
                    told=(
                        "This one is, but not every one. The Account Health Rating runs from 0 to 1,000, and 200 "
                        "or more is healthy."
                    ),
                    idea="Every rating is out of 100.",
                ),
                Answer(
                    text="Neither: two ratings of one account must agree.",
                    told=(
                        "They need not: one is of the orders of a year, the other of policy violations, from 0 to "
                        "1,000."
                    ),
                    idea="Two figures of one account must agree.",
                ),
                Answer(
                    text="Both: they are two different things.",
                    told=(
                        "This one weighs the problems of your orders, and Amazon withdrew it at the end of 2015. "
                        "The Account Health Rating is of policy violations, from 0 to 1,000."
                    ),
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks="No order goes wrong tomorrow. What could lower the rating all the same?",
        answers=(
            Answer(
                text="Nothing: without a new problem no points are lost.",
                told=(
                    "Weights change with age. One late and one perfect order, each of weight four: 400 over 8 is "
                    "50. When the perfect one weighs three, 300 over 7 is 42.9."
                ),
                idea="Without a new problem the rating cannot fall.",
            ),
            Answer(
                text="An order shipped late that gets 91 days old.",
                told=(
                    "It weighs three then instead of four, and that helps: with one perfect order of weight four, "
                    "400 over 7 is 57.1 instead of 50."
                ),
                idea="A problem costs more the longer it stands.",
            ),
            Answer(
                text="An order without a problem that gets 91 days old.",
                told=(
                    "It weighs three then instead of four, so the problems weigh more beside it. With one late "
                    "order of weight four, 400 over 8 is 50 before, and 300 over 7 is 42.9 after."
                ),
            ),
            Answer(
                text="An order that is neither shipped nor due yet.",
                told=(
                    "It is left out until it is shipped or goes wrong: with one perfect order, 100 over 1 order is 100."
                ),
                idea="An open order counts as 0 points.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question=(
                "The claim on order C is decided for you, but the parcel was late. What is the rating then, out of 100?"
            ),
            answer=Fraction(1240, 33),
            feedback={
                Fraction(740, 33): "A denied claim costs nothing; what is left is that it was late.",
                Fraction(1340, 33): "It was still shipped late: 0 points, not 100.",
            },
            hints=(
                "Only the worst problem of an order counts. Which problem has C when its claim is denied?",
                "C was late: 0 points instead of -500. It is ten months old, so it weighs one.",
                "The sum of 740 points rises by 500, and the weights stay 33 in all.",
            ),
            solution="C has 0 points instead of -500, and weighs one: 1,240 points over a weight of 33, which is 37.6.",
        ),
        Exercise(
            question="Look at the same orders on 1 April, a day later. What is the rating then, out of 100?",
            answer=Fraction(540, 31),
            feedback={
                Fraction(740, 33): "Two orders stand on an edge: G leaves the window, and E turns 91 days old.",
                Fraction(640, 32): (
                    "One of two changes is missing: G leaves the window, and E, 91 days old, weighs three instead "
                    "of four."
                ),
            },
            hints=(
                (
                    "A year is 365 days, and an order younger than 91 days weighs four. Which two orders stand on "
                    "these edges?"
                ),
                "G, of 1 April 2025, leaves. E, of 31 December, is 91 days old and weighs three.",
                (
                    "G takes 100 points and a weight of one with it. E has 300 points instead of 400, and three "
                    "instead of four."
                ),
            ),
            solution="The points fall from 740 to 540, the weights from 33 to 31: 540 over 31, which is 17.4.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule=(
                "Orders of the last 365 days, the younger the heavier. A claim takes 500 points and a late "
                "shipment leaves none. The points of the other problems and the weights were never published."
            ),
            source="copies of Amazon's help",
        ),
        Era(
            since="2015",
            rule="At the end of the year Amazon withdraws the rating.",
            source="a guide for sellers",
        ),
        Era(
            since="2016",
            rule="Fair up to 84.49, good up to 96.49, very good up to 98.49, and above that the best.",
            source="a guide of 2016",
        ),
        Era(
            since="2026",
            rule=(
                "Above 90 there is a chance at the Buy Box. The handbook names neither window nor points, so "
                "those of the old help are taken, and named choices where it was silent."
            ),
            source="the handbook",
        ),
    ),
    terms=("points", "weight", "mean", "Account Health Rating", "policy violation", "Buy Box"),
)
