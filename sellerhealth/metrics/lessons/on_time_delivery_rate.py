"""What is asked about the On-Time Delivery Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "One order of three mugs comes a day late. Seven other orders, of one mug each, come on the promised "
            "day. What is the rate?"
        ),
        answers=(
            Answer(
                text="87.5 %: seven of eight orders were on time.",
                told="7 of 8 would be orders. Units are counted, and the late order holds three: 7 of 10 is 70 %.",
                idea="Orders are counted.",
            ),
            Answer(
                text="70 %: seven of ten units were on time.",
                told="Units are counted, so the late order weighs three: 7 of 10 is 70 %, and at least 90 % is asked.",
            ),
            Answer(
                text="100 %: one day late is still in time.",
                told="A day late is late. Three of the ten units are: 7 of 10 is 70 %.",
                idea="A day late is forgiven.",
            ),
            Answer(
                text="100 %: what the carrier does is not yours.",
                told="The promise to the buyer is yours, whoever carries the parcel: 7 of 10 is 70 %.",
                idea="A carrier's delay does not count.",
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                "You confirm shipment on the ship-by day. The parcel comes two days after the promised day. How "
                "do the two rates see it?"
            ),
            answers=(
                Answer(
                    text="On time in both: you did your part.",
                    told="Your part is over with the confirmation, the promise is not: here it is 1 late unit.",
                    idea="Who dispatches on time delivers on time.",
                ),
                Answer(
                    text="Late in both: a late parcel is late.",
                    told=(
                        "Late Dispatch Rate goes by the confirmation, and that was in time. Only here it is 1 "
                        "late unit."
                    ),
                    idea="A late delivery is a late dispatch.",
                ),
                Answer(
                    text="Late in the Late Dispatch Rate, on time here.",
                    told="It is the other way round: dispatch was confirmed in time, and delivery was two days late.",
                    idea="Dispatch is about arriving, delivery about sending.",
                ),
                Answer(
                    text="On time in the Late Dispatch Rate, late here.",
                    told=(
                        "One goes by the confirmation, the other by the arrival. A slow carrier shows here, and "
                        "not there."
                    ),
                ),
            ),
        ),
        Question(
            asks=(
                "A parcel was promised for 15 March. Later the promise was extended to 18 March, and it came on "
                "17 March. How does it count?"
            ),
            answers=(
                Answer(
                    text="On time: it came before the new promise.",
                    told=(
                        "The promise of the day of purchase counts, without extension. It came two days after 15 March."
                    ),
                    idea="The latest promise counts.",
                ),
                Answer(
                    text="Late: the promise at purchase was 15 March.",
                    told="Extensions do not count. The buyer bought for 15 March, and it came two days after.",
                ),
                Answer(
                    text="Not at all: a changed promise cannot be judged.",
                    told="It is judged by the first promise, 15 March: 1 late unit.",
                    idea="A changed promise takes a unit out.",
                ),
            ),
        ),
        Question(
            asks="A parcel is lost and never gets a delivery scan. What does that do to the rate?",
            answers=(
                Answer(
                    text="It counts as late for ever, as it will never come.",
                    told=(
                        "Only units with a delivery scan are counted: 9 of 10 stays 9 of 10. The loss shows as a "
                        "claim, in the Order Defect Rate."
                    ),
                    idea="A lost parcel is a late one.",
                ),
                Answer(
                    text="It is on time, as nobody can prove otherwise.",
                    told="It is counted on neither side: 9 of 10 stays 9 of 10, and does not become 10 of 11.",
                    idea="A missing scan counts for me.",
                ),
                Answer(
                    text="Nothing: only units with a delivery scan are counted.",
                    told="9 of 10 stays 9 of 10. The loss may come back as a claim, in the Order Defect Rate.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The rate is 88 % (44 of 50), and at least 90 % is asked. Tomorrow no parcel arrives at all. What "
            "could make the rate better?"
        ),
        answers=(
            Answer(
                text="Two late units promised 20 days ago, which leave.",
                told="The window runs from 20 to seven days ago, so they leave tomorrow: 44 of 48 is 91.7 %.",
            ),
            Answer(
                text="Nothing: without a delivery the rate stands still.",
                told="The window moves on by itself. When two late units leave, 44 of 48 is 91.7 %.",
                idea="Without a delivery the rate cannot change.",
            ),
            Answer(
                text="Units that came early, which make up for late ones.",
                told="Early is on time and no more: 44 of 50 stays 88 %.",
                idea="An early parcel makes up for a late one.",
            ),
            Answer(
                text="Late units promised six days ago, which come in.",
                told="They come in tomorrow, and make it worse: 44 of 52 is 84.6 %.",
                idea="What comes into the window makes a rate better.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="Order E comes on 16 March after all. What is the rate then?",
            answer=Fraction(10, 11),
            feedback={
                Fraction(9, 11): "Order E holds two units, and units are counted.",
                Fraction(8, 11): "On 16 March both units of E are on time.",
                Fraction(9, 10): "All eleven units stay counted; E's two are on time now.",
            },
            hints=(
                "How many units does order E hold?",
                "Both of its units come on the promised day. They were among the eleven before, as late ones.",
                "The eight units on time become two more, and the eleven stay eleven.",
            ),
            solution="Two more units are on time: 10 of 11.",
        ),
        Exercise(
            question="Order I is shipped by us after all, and comes on 25 March as before. What is the rate then?",
            answer=Fraction(8, 12),
            feedback={
                Fraction(8, 11): "I was left out only because Amazon shipped it: it counts now.",
                Fraction(9, 12): "I was promised for 18 March and came on 25 March: late.",
            },
            hints=(
                "Why was order I left out?",
                "It was shipped by Amazon. Shipped by us, it is one unit more. Did it come by 18 March?",
                "The eight units on time stay eight, and there is one unit more than eleven.",
            ),
            solution="One more unit is counted, a late one: 8 of 12.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule="Packages with tracking, over 30 days, 97 % advised and nothing enforced.",
            source="Amazon's help",
        ),
        Era(
            since="25 July 2024",
            rule="Units with tracking, over 14 days that end seven days ago, by the promise without extension.",
            source="Amazon staff in the seller forum",
        ),
        Era(
            since="25 September 2024",
            rule="In the United States at least 90 % is enforced, and 95 % advised.",
            source="Amazon staff in the seller forum",
        ),
        Era(
            since="2 February 2026",
            rule=(
                "The United Kingdom enforces it too, for sellers with 20 units or more in 14 days. Only units "
                "with a delivery scan count, and a first attempt counts as delivery."
            ),
            source="Amazon staff in the seller forum",
        ),
        Era(
            since="28 February 2026",
            rule=(
                "In the United States only the worst listings are taken down. Whether the window ends seven or "
                "eight days ago is not established; seven is taken."
            ),
            source="trade news",
        ),
        Era(
            since="2026",
            rule="The handbook does not teach this rate, so Amazon's 14 days, lag of seven days and 90 % are taken.",
            source="the handbook's policy file",
        ),
    ),
    terms=("promised day", "unit", "scan"),
)
