"""What is asked about the Feedback rating."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "You have ten ratings: seven of five stars, two of three stars, and one of one star. What is the "
            "feedback rating?"
        ),
        answers=(
            Answer(
                text="90 %: only the one star is bad.",
                told="Three stars are neutral, not good. Seven are good, so 7 of 10 is 70 %.",
                idea="What is not bad is good.",
            ),
            Answer(
                text="87.5 %: seven of eight, the neutral two left out.",
                told="Neutral ratings count among all ratings, only not as good ones: 7 of 10 is 70 %.",
                idea="Neutral ratings are left out.",
            ),
            Answer(
                text="84 %: the mean is 4.2 stars of five.",
                told="42 stars over 10 ratings is 4.2, but the rating is a share and not a mean: 7 of 10 is 70 %.",
                idea="The rating is the mean of the stars.",
            ),
            Answer(
                text="70 %: seven of the ten are good.",
                told=(
                    "Good are four and five stars. 7 of 10 is 70 %; the neutral two are counted, but not as good ones."
                ),
            ),
        ),
    ),
    questions=(
        Question(
            asks="An order of 10 December gets one star on 5 March. By which day does the star count?",
            answers=(
                Answer(
                    text="By 5 March, here and in the Order Defect Rate.",
                    told=(
                        "The Order Defect Rate goes by the order's day, and its 60 days ended on 7 February. Here "
                        "the day of the rating decides."
                    ),
                    idea="Bad feedback counts everywhere by the day it comes.",
                ),
                Answer(
                    text="By 5 March here, by 10 December in the Order Defect Rate.",
                    told=(
                        "Each has its own day. Here the star counts for 365 days from 5 March; the order's 60 "
                        "days in the Order Defect Rate ended on 7 February."
                    ),
                ),
                Answer(
                    text="By 10 December, here and in the Order Defect Rate.",
                    told=(
                        "This rating goes by the day of the rating, 5 March. Only the Order Defect Rate goes by "
                        "the order's day."
                    ),
                    idea="Bad feedback counts everywhere by the day of the order.",
                ),
                Answer(
                    text="By 10 December here, by 5 March in the Order Defect Rate.",
                    told="It is the other way round: here 5 March counts, in the Order Defect Rate 10 December.",
                    idea="The rating looks at orders, the defect rate at ratings.",
                ),
            ),
        ),
        Question(
            asks=(
                "Amazon's feedback file holds 40 ratings, none above three stars. What does that tell you about "
                "the feedback rating?"
            ),
            answers=(
                Answer(
                    text="It is 0 %: not one rating is good.",
                    told=(
                        "Amazon's file never holds four or five stars. The good ones exist, only not in there, so "
                        "no share can be told."
                    ),
                    idea="Amazon's file holds all ratings.",
                ),
                Answer(
                    text="It is low: most buyers must be unhappy.",
                    told=(
                        "The file holds one to three stars only, whoever else rated. 40 bad of 4,000 would look "
                        "the same."
                    ),
                    idea="The file shows what most buyers think.",
                ),
                Answer(
                    text="Nothing: the file never holds four or five stars.",
                    told=(
                        "Without the good ratings there is no denominator. Read the figure off Amazon's page, or "
                        "take a file with all ratings."
                    ),
                ),
            ),
        ),
        Question(
            asks="You answer a one-star rating in public, politely and well. What does that change in the count?",
            answers=(
                Answer(
                    text="Nothing: it stands until it is removed.",
                    told=(
                        "The buyer or Amazon can remove it, your answer cannot: 8 of 10 stays 80 %. Removed, it "
                        "would be 8 of 9."
                    ),
                ),
                Answer(
                    text="It becomes neutral, because you answered.",
                    told="No answer changes the stars: 8 of 10 stays 80 %.",
                    idea="A good answer turns a bad rating neutral.",
                ),
                Answer(
                    text="It is struck through and no longer counts.",
                    told=(
                        "Amazon strikes out ratings about its own shipping, not those that you answer: 8 of 10 "
                        "stays 80 %."
                    ),
                    idea="An answer strikes a rating out.",
                ),
                Answer(
                    text="It leaves after 60 days instead of 365.",
                    told="A rating stays for its 365 days, answered or not: 8 of 10 stays 80 %.",
                    idea="An answer shortens how long a rating counts.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks="The rating is 90 % (45 of 50). Tomorrow no bad rating comes. What could lower it all the same?",
        answers=(
            Answer(
                text="Nothing: only a bad rating lowers it.",
                told="Good ones leave after a year: 44 of 49 is 89.8 %.",
                idea="Without a bad rating it cannot fall.",
            ),
            Answer(
                text="A bad rating of a year ago that leaves.",
                told="That lifts it: 45 of 49 is 91.8 %.",
                idea="What leaves the window still counts against me.",
            ),
            Answer(
                text="A good rating of a year ago that leaves.",
                told="44 of 49 is 89.8 %. The window of 365 days loses good ratings as well as bad ones.",
            ),
            Answer(
                text="An order of today that nobody has rated yet.",
                told="Ratings are counted, not orders: it stays 45 of 50.",
                idea="A buyer who does not rate counts as unhappy.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The one star of order E is removed today. What is the rating then?",
            answer=Fraction(5, 8),
            feedback={
                Fraction(5, 9): "A removed rating is no longer counted at all.",
                Fraction(6, 8): "Removing a bad rating adds no good one.",
            },
            hints=(
                "Does a removed rating stay among all ratings?",
                "It leaves the denominator. Was it one of the good ones?",
                "Nine ratings become eight, and the five good ones stay five.",
            ),
            solution="Nine ratings become eight, five of them good: 5 of 8.",
        ),
        Exercise(
            question="Look at the same ratings on 1 April, a day later. What is the rating then?",
            answer=Fraction(4, 8),
            feedback={
                Fraction(5, 9): "H came on 1 April of last year: it has left, and it was a good one.",
                Fraction(4, 9): "H leaves the denominator as well: eight ratings are left.",
            },
            hints=(
                "The window is 365 days. Which rating stands on its first day?",
                (
                    "On 1 April the window begins on 2 April of last year, and H came a day before. G is not "
                    "removed yet, and K has not come yet."
                ),
                "H leaves, which was good: one less among the good, one less among all.",
            ),
            solution="A, B, J and L are good, of eight: 4 of 8.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule=(
                "Four and five stars are good, three neutral, one and two negative, by the day they came. Shown "
                "over 30, 90 and 365 days and over all time, in whole percent. How the rule read before is not "
                "established."
            ),
            source="Amazon's help",
        ),
        Era(
            since="2026",
            rule=(
                "The handbook names neither window nor target, so Amazon's 365 days are taken and there is no verdict."
            ),
            source="the handbook",
        ),
    ),
    terms=("removed rating",),
)
