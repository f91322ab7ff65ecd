"""What is asked about the Customer Service Rating."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks="Ten buyers answer the survey after a contact: nine give 10, one gives 0. What is the rating, out of 10?",
        answers=(
            Answer(
                text="10: that is what nearly all of them gave.",
                told="The rating is a mean, and the one 0 is in it: 90 over 10 answers is 9.",
                idea="The rating is what most buyers give.",
            ),
            Answer(
                text="5: midway between the best and the worst.",
                told="A mean adds up all answers, not the two ends: 90 over 10 answers is 9.",
                idea="The rating lies midway between the best and the worst.",
            ),
            Answer(
                text="10: the best and the worst are dropped.",
                told="Nothing is dropped: 90 over 10 answers is 9.",
                idea="Odd answers are left out.",
            ),
            Answer(
                text="9: the sum of 90, over ten answers.",
                told="90 over 10 answers is 9. A single unhappy buyer of ten costs a whole point.",
            ),
        ),
    ),
    questions=(
        Question(
            asks="Ten answers have a mean of 9.8. What do you report?",
            answers=(
                Answer(
                    text="A rating of 9.8, which is good.",
                    told=(
                        "One more answer could change that: 98 over 10 answers is 9.8, and with a single 0 more "
                        "98 over 11 answers is 8.9."
                    ),
                    idea="A mean is sure, however few answers it has.",
                ),
                Answer(
                    text="9.8 of ten answers: too few to say.",
                    told=(
                        "Amazon asks for 40 answers, since with few of them the interval is wide. 98 over 10 "
                        "answers is 9.8; with a single 0 more 98 over 11 answers is 8.9."
                    ),
                ),
                Answer(
                    text="A rating of 0 until there are 40 answers.",
                    told="What cannot be said is not zero. Show the ten answers, and say that they are too few.",
                    idea="Too few answers make a rating of zero.",
                ),
            ),
        ),
        Question(
            asks=(
                "A buyer answers the survey twice about one conversation: first 3, two days later 8. Which score "
                "counts?"
            ),
            answers=(
                Answer(
                    text="3: the first answer is the most honest one.",
                    told="The last answer counts, 8, as the matter may have been solved since.",
                    idea="The first answer counts.",
                ),
                Answer(
                    text="5.5: the mean of the two.",
                    told="It is one conversation, and its last answer counts: 8.",
                    idea="Two answers about one conversation are averaged.",
                ),
                Answer(
                    text="3 and 8: two answers are two answers.",
                    told="Of several about one conversation only the last counts: 8, as one answer.",
                    idea="Each answer counts for itself.",
                ),
                Answer(
                    text="8: the last answer about a conversation.",
                    told=(
                        "A buyer may change their mind once the matter is solved. One conversation counts once, "
                        "with its last answer."
                    ),
                ),
            ),
        ),
        Question(
            asks="It is Wednesday. On Monday a buyer gave a 2, but the rating has not moved. Why?",
            answers=(
                Answer(
                    text="The weeks end on Sunday: Monday comes in next time.",
                    told=(
                        "Only full weeks count. Monday's answer belongs to the week that ends on the coming "
                        "Sunday, and shows from then on."
                    ),
                ),
                Answer(
                    text="Low scores are checked by Amazon first.",
                    told="Nobody sorts them. Monday lies in a week that is not over, and only full weeks count.",
                    idea="Low scores are checked before they count.",
                ),
                Answer(
                    text="One answer cannot move a mean.",
                    told=(
                        "It can: 90 over 10 answers is 9, and with a 2 more 92 over 11 answers is 8.4. It will do "
                        "so on Sunday."
                    ),
                    idea="A single answer is lost in a mean.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "It is Tuesday, and the rating is 8 (400 over 50 answers). No unhappy buyer answers this week. When "
            "could the rating be lower all the same?"
        ),
        answers=(
            Answer(
                text="Never: without an unhappy answer it cannot fall.",
                told="It can, when a better week leaves: 370 over 50 answers is 7.4.",
                idea="Without an unhappy answer the rating cannot fall.",
            ),
            Answer(
                text="Tomorrow: every day the oldest answers leave.",
                told=(
                    "The window moves once a week, when a week ends on Sunday. Until then it stays 400 over 50 answers."
                ),
                idea="The window moves on every day.",
            ),
            Answer(
                text="On Sunday: a week of tens leaves for one of sevens.",
                told=(
                    "Ten tens go and ten sevens come, none of them unhappy: 370 over 50 answers is 7.4. Tomorrow "
                    "nothing changes, as the week is not over."
                ),
            ),
            Answer(
                text="Tomorrow: buyers who do not answer count as unhappy.",
                told="Only answers count. Silence changes nothing: 400 over 50 answers is 8.",
                idea="A buyer who does not answer counts as unhappy.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The unhappy buyer J answers again and gives 8. What is the handbook's mean then, out of 10?",
            answer=Fraction(70, 8),
            feedback={
                Fraction(70, 9): "It is about the same conversation: only the last answer counts.",
                Fraction(62, 8): "The last answer counts, not the first.",
            },
            hints=(
                "It is the same conversation. Which of its two answers counts?",
                "The last one, 8 instead of 0. It is still one answer.",
                "The sum of 62 rises by 8, and the eight answers stay eight.",
            ),
            solution="62 and 8 more are 70, over 8 answers: 8.75.",
        ),
        Exercise(
            question=(
                "Buyer H gives the 5 on Sunday 29 March instead of on Monday. What is the handbook's mean then, "
                "out of 10?"
            ),
            answer=Fraction(67, 9),
            feedback={
                Fraction(62, 8): "Sunday 29 March is the last day of the eight weeks: H counts now.",
                Fraction(67, 8): "H is one answer more: nine.",
            },
            hints=(
                "Which is the last day of the eight full weeks?",
                "It is Sunday 29 March, so H has come in with a 5.",
                "The sum of 62 rises by 5, and there is one answer more than eight.",
            ),
            solution="62 and 5 more are 67, over 9 answers: 7.4.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule=(
                'Amazon counts dissatisfaction: the share of "No" to "Did this solve your problem?", with the '
                "last vote of each order. Less than 25 % is asked."
            ),
            source="a copy of Amazon's help",
        ),
        Era(
            since="1 October 2018",
            rule="Amazon takes that rate off its Account Health page.",
            source="trade news of September 2018",
        ),
        Era(
            since="2019",
            rule=(
                "The mean of the survey over four weeks, computed every week, from 40 answers on; with fewer the "
                "last valid value stays. Bands for good and poor are a vendor's, not Amazon's."
            ),
            source="Amazon's help, United Kingdom, and a vendor's page",
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
    terms=("survey", "matter", "unhappy answer", "interval"),
)
