"""What is asked about the Order Defect Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "You sold 90 orders in 60 days, as many each week. One of last week's got one star: 1 of 90 is 1.11 "
            "%. Now you pause for four weeks, and nothing else goes wrong. What does the rate do?"
        ),
        answers=(
            Answer(
                text="It stays at 1.11 %: nothing new happened.",
                told=(
                    "The defect stays, but the clean orders leave and none come in: after four weeks 1 of 48 is 2.1 %."
                ),
                idea="No new defects, so the rate cannot rise.",
            ),
            Answer(
                text="It rises from week to week.",
                told=(
                    "The clean orders leave and the defect stays: after four weeks 1 of 48 is 2.1 %. The defect "
                    "itself leaves 60 days after the day of its order."
                ),
            ),
            Answer(
                text="It falls slowly: the bad rating grows old.",
                told=(
                    "A defect weighs the same until the day it leaves. The clean orders beside it get fewer: "
                    "after four weeks 1 of 48 is 2.1 %."
                ),
                idea="A defect fades with time.",
            ),
            Answer(
                text="It drops to zero: without sales there is no rate.",
                told="The orders of the last 60 days still count, 48 of them after four weeks: 1 of 48 is 2.1 %.",
                idea="Without new sales there is no rate.",
            ),
        ),
    ),
    questions=(
        Question(
            asks="Which of these makes an order a defect here?",
            answers=(
                Answer(
                    text="A one-star review of the product.",
                    told=(
                        "A review speaks of the product, feedback of you as the seller. Only feedback counts: 0 "
                        "of 100 stays 0 %."
                    ),
                    idea="Reviews of the product count.",
                ),
                Answer(
                    text="An order that you cancelled before shipment.",
                    told=(
                        "Many guides say so, and even a moderator of the forum did. Cancellations have a rate of "
                        "their own: here 0 of 100 stays 0 %."
                    ),
                    idea="Cancelled orders count here.",
                ),
                Answer(
                    text="A product that the buyer sends back.",
                    told=(
                        "A return by itself is no defect: 0 of 100 stays 0 %. It counts only when a claim comes of it."
                    ),
                    idea="Returns and refunds count here.",
                ),
                Answer(
                    text="A chargeback on the buyer's credit card.",
                    told=(
                        "Three things count: negative feedback, an A-to-z claim and a chargeback. One of them on "
                        "100 orders is enough: 1 of 100 is 1 %, and below 1 % is asked."
                    ),
                ),
            ),
        ),
        Question(
            asks=(
                "An order got two stars and an A-to-z claim. The claim was denied. How does the order count in "
                "the handbook?"
            ),
            answers=(
                Answer(
                    text="Twice: for the stars and for the claim.",
                    told=(
                        "Orders are counted, not complaints: 1 of 100, not 2. Amazon's own example has 1,085 "
                        "complaints on 1,078 orders."
                    ),
                    idea="Two defects on one order count twice.",
                ),
                Answer(
                    text="Once, for the claim: a claim counts, won or lost.",
                    told=(
                        "A claim that is denied does not count. The two stars do, so it is 1 of 100 all the same; "
                        "with three stars it would be 0 of 100."
                    ),
                    idea="A claim counts, won or lost.",
                ),
                Answer(
                    text="Once, for the stars and not for the claim.",
                    told=(
                        "Two stars are negative feedback, so the order is a defect. The claim was decided for "
                        "you: removing the stars would make it 0 of 100."
                    ),
                ),
                Answer(
                    text="Not at all: the denied claim clears the order.",
                    told="The claim is off the table, but the two stars stand on their own: 1 of 100.",
                    idea="A claim decided for me clears the order.",
                ),
            ),
        ),
        Question(
            asks=(
                "A buyer orders on 1 March and gives one star on 20 April. Until which day does the order count "
                "in the handbook?"
            ),
            answers=(
                Answer(
                    text="Not at all: its 30 days were over on 30 March.",
                    told="The window is 60 days, so on 20 April the order is still in it. It counts until 29 April.",
                    idea="The window is 30 days.",
                ),
                Answer(
                    text="Until 18 June, 60 days from the star.",
                    told=(
                        "The star came on 20 April, but the order's day decides: it counts until 29 April, ten "
                        "days only."
                    ),
                    idea="The 60 days begin with the bad feedback.",
                ),
                Answer(
                    text="Until the buyer takes the star back.",
                    told="That would help at once, but the order leaves by itself: 29 April is its last day.",
                    idea="A defect stays until it is removed.",
                ),
                Answer(
                    text="Until 29 April, 60 days from the order.",
                    told=(
                        "1 March is the first of the 60 days and 29 April the last. Amazon looks with a lag of 15 "
                        "days today, so there it counts from 16 March to 14 May."
                    ),
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The rate is 1 % (1 of 100), and below 1 % is asked. Tomorrow brings no new defect. What would make "
            "the rate good?"
        ),
        answers=(
            Answer(
                text="One more sale: then you have reached 101 in all.",
                told=(
                    "The 101 must lie in the same 60 days. If one order comes in and one leaves, it is still 1 of 100."
                ),
                idea="It is enough to reach 101 sales.",
            ),
            Answer(
                text="More clean orders that come in than leave.",
                told=(
                    "1 of 101 is 0.99 %, and that is below 1 %. It holds as long as no fewer than 101 orders lie "
                    "in the same 60 days."
                ),
            ),
            Answer(
                text="Nothing is needed: 1 % is the target.",
                told=(
                    "Below 1 % is asked, and 1 of 100 is 1 %. One order more in the window is missing: 1 of 101 "
                    "is 0.99 %."
                ),
                idea="One in a hundred is still good.",
            ),
            Answer(
                text="Nothing helps until the defect is removed.",
                told="The defect may stay, if there are more orders beside it: 1 of 101 is 0.99 %.",
                idea="Only a removed defect lowers the rate.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The buyer of order A removes the one star. What is the handbook's rate then?",
            answer=Fraction(5, 9),
            feedback={
                Fraction(6, 9): "Removed feedback no longer counts.",
                Fraction(5, 8): "The order was still placed: it stays in the denominator.",
            },
            hints=(
                "Does feedback count that was removed? And does the order count that it was about?",
                "A is no defect any more. It was bought in the window all the same.",
                "C, E, F, J and K are defects still, and the nine orders stay nine.",
            ),
            solution="C, E, F, J and K are left: 5 of 9.",
        ),
        Exercise(
            question=(
                "The buyer of order B changes three stars to one, and a claim on B is granted at your cost. What "
                "is the handbook's rate then?"
            ),
            answer=Fraction(7, 9),
            feedback={
                Fraction(8, 9): "B has two complaints now, but it is one order.",
                Fraction(6, 9): "Three stars were no defect. One star is, and so is the claim.",
            },
            hints=(
                "Are complaints counted here, or orders with a complaint?",
                "B was clean before. Now it has one star and a claim, and it is one order.",
                "One order more than the six is a defect, and the nine orders stay nine.",
            ),
            solution="B joins A, C, E, F, J and K, once: 7 of 9.",
        ),
    ),
    eras=(
        Era(
            since="2011",
            rule="The shorter window is about 91 days long and ends about 28 days ago.",
            source="a consultant's guide, with a report of 1 January 2012",
        ),
        Era(
            since="not known",
            rule="Every A-to-z claim counts that is filed, even one that is withdrawn or denied.",
            source="an older help page of Amazon Pay, and a guide for sellers",
        ),
        Era(
            since="not known",
            rule="Amazon's older report gives 60 and 90 days side by side.",
            source="programs that read Amazon's older report",
        ),
        Era(
            since="2022",
            rule=(
                "60 days by the day of the order, the last of them 15 days ago. A claim counts that is granted at "
                "your cost. Whether a claim counts that is not decided yet is not established."
            ),
            source="a seller's report of January 2022, and Amazon staff in the seller forum",
        ),
        Era(
            since="2026",
            rule=(
                "60 days by the day of the order, the last of them the day you look. A claim counts unless it is "
                "denied, and below 1 % is asked."
            ),
            source="the handbook",
        ),
    ),
    terms=("negative feedback", "A-to-z claim", "chargeback"),
)
