"""What is asked about the Perfect Order Percentage."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "Late dispatch is 3 %, cancellations are 2 % and order defects 0.5 %: each meets its target. At least "
            "95 % perfect orders are asked. What do you expect?"
        ),
        answers=(
            Answer(
                text="At least 95 %: where each rate is good, the whole is.",
                told="Of 200 orders 6 late, 4 cancelled and 1 defective may be eleven: 189 of 200 is 94.5 %.",
                idea="If each rate meets its target, the whole does too.",
            ),
            Answer(
                text="Exactly 94.5 %: 100 less 3, 2 and 0.5.",
                told=(
                    "An order that is late and gets one star would be taken off twice. And refunds and messages "
                    "are not in those rates: 20 of them leave 169 of 200."
                ),
                idea="The flaws are the sum of the other rates.",
            ),
            Answer(
                text="97 %: the worst of the three rates decides.",
                told="Every flawed order is taken off, whatever its flaw: with 11 of 200 flawed, 189 of 200 is 94.5 %.",
                idea="Only the worst rate decides.",
            ),
            Answer(
                text="It may well miss: refunds and messages count too.",
                told=(
                    "Eleven flawed orders alone make 189 of 200, which is short of 95 %. Refunds and messages "
                    "from buyers come on top."
                ),
            ),
        ),
    ),
    questions=(
        Question(
            asks="Which of these spoils an order here, though no other rate of orders looks at it?",
            answers=(
                Answer(
                    text="A buyer's message that asks how to wash a mug.",
                    told=(
                        "A buyer who has to ask is a flaw in this metric. One such order of 20 makes it 19 of 20, "
                        "which is 95 %."
                    ),
                ),
                Answer(
                    text="Three stars from the buyer.",
                    told="Three stars are neutral feedback. With nothing else wrong the order is perfect: 20 of 20.",
                    idea="Anything below four stars spoils an order.",
                ),
                Answer(
                    text="A cancellation by the buyer, with Amazon's cancel option.",
                    told=(
                        "Then the buyer cancelled, and it is no flaw of yours, as with order G of the example: 20 "
                        "of 20."
                    ),
                    idea="Every cancelled order is flawed.",
                ),
                Answer(
                    text="A parcel that comes a day after the promise.",
                    told=(
                        "A late confirmation counts here, a late arrival does not: 20 of 20. The On-Time Delivery "
                        "Rate looks at arrivals."
                    ),
                    idea="A late delivery spoils an order.",
                ),
            ),
        ),
        Question(
            asks="Of 20 orders one goes wrong: it is late, gets one star and ends in a claim. What is the percentage?",
            answers=(
                Answer(
                    text="85 %: three flaws are taken off.",
                    told="Three flaws lie on one order: 19 of 20 are perfect, not 17.",
                    idea="Each flaw is taken off by itself.",
                ),
                Answer(
                    text="95 %: one order is flawed.",
                    told=(
                        "However many flaws it has, it is one order: 19 of 20 is 95 %. At least 95 % is asked, so "
                        "it is met, with a headroom of zero."
                    ),
                ),
                Answer(
                    text="90 %: the late shipment and the complaint.",
                    told="Whether flaws belong together or not, the order is one: 19 of 20 is 95 %.",
                    idea="Flaws of different kinds count apart.",
                ),
            ),
        ),
        Question(
            asks="Amazon ships all your orders. Which of these figures still concern you?",
            answers=(
                Answer(
                    text="None: Amazon answers for its own shipping.",
                    told=(
                        "Amazon answers for its parcels, not for your products. One star for what you sold "
                        "counts: 1 of 100 is 1 %."
                    ),
                    idea="Who lets Amazon ship has no Order Defect Rate.",
                ),
                Answer(
                    text="Only this one: the rest is for your own parcels.",
                    told=(
                        "The Order Defect Rate is there for each channel, also for orders shipped by Amazon: 1 of "
                        "100 is 1 %."
                    ),
                    idea="The Order Defect Rate is for my own parcels only.",
                ),
                Answer(
                    text="This one and the Order Defect Rate.",
                    told=(
                        "Both look at orders shipped by Amazon as well. Late dispatch and cancellations are 0 of "
                        "0 for you, which is no verdict and not a perfect one."
                    ),
                ),
                Answer(
                    text="All of them, late dispatch too.",
                    told=(
                        "Late dispatch looks at orders shipped by us only. With none of them it is 0 of 0: no verdict."
                    ),
                    idea="Amazon's late parcels count as mine.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The percentage is 95 % (190 of 200), and at least 95 % is asked. Tomorrow no order goes wrong. What "
            "could make it worse?"
        ),
        answers=(
            Answer(
                text="Nothing: what is perfect stays perfect.",
                told="The orders do, but they leave the window one by one: 185 of 195 is 94.9 %.",
                idea="If nothing goes wrong, the percentage cannot fall.",
            ),
            Answer(
                text="Flawed orders of three months ago that leave.",
                told="When they leave, it gets better: 190 of 196 is 96.9 %.",
                idea="What leaves the window still counts against me.",
            ),
            Answer(
                text="Orders of today that have not been shipped yet.",
                told="They count as perfect until something is known: 195 of 205 is 95.1 %.",
                idea="An order is flawed until it has arrived.",
            ),
            Answer(
                text="Perfect orders of three months ago that leave.",
                told="When fewer come in than leave, the flawed ones weigh more: 185 of 195 is 94.9 %.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The buyers of C and of D remove their one star. What is the percentage then?",
            answer=Fraction(5, 10),
            feedback={
                Fraction(6, 10): "D still has its claim: one flaw is enough.",
                Fraction(4, 10): "C had no other flaw: it is perfect now.",
                Fraction(5, 9): "Every order was still bought: it stays in the denominator.",
            },
            hints=(
                "An order is perfect when no flaw at all is left. What is left of C, and what of D?",
                "C had nothing but its star. D also has a granted claim.",
                "C joins the four perfect orders, D does not, and the ten orders stay ten.",
            ),
            solution="C becomes perfect, D stays flawed by its claim: 5 of 10.",
        ),
        Exercise(
            question=(
                "The buyer of order K, which Amazon ships, writes a message about it. What is the percentage then?"
            ),
            answer=Fraction(3, 10),
            feedback={
                Fraction(4, 10): (
                    "Orders shipped by Amazon count here, and a message is a flaw: K is no longer perfect."
                ),
                Fraction(3, 9): "K was bought in the window: it stays in the denominator.",
            },
            hints=(
                "Whose orders does this percentage look at?",
                "It looks at all orders, whoever ships them. A message from the buyer is a flaw.",
                "Of the four perfect orders A, G, J and K one is lost, and the ten orders stay ten.",
            ),
            solution="A, G and J stay perfect, K does not: 3 of 10.",
        ),
    ),
    eras=(
        Era(
            since="2012",
            rule=(
                "Orders of the last 90 days, with 30 and 7 beside. An order is perfect without negative feedback, "
                "claim, chargeback, cancellation, late shipment, refund or message. 97 % is the goal."
            ),
            source="a guide of 2012",
        ),
        Era(
            since="2013",
            rule="The goal is 95 %.",
            source="a guide of 2013",
        ),
        Era(
            since="not known",
            rule="Amazon withdrew the figure. When is not established. It was never a reason for a suspension.",
            source="guides for sellers",
        ),
        Era(
            since="2026",
            rule="90 days, at least 95 %. The figure is your own, by the old definition.",
            source="the handbook",
        ),
    ),
    terms=("flaw", "neutral feedback"),
)
