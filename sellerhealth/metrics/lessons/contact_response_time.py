"""What is asked about the Contact Response Time."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks=(
            "A buyer writes on Friday at 18:00. You open on Monday at 09:00 and answer at once. How does the "
            "answer count?"
        ),
        answers=(
            Answer(
                text="In time: the clock stands still at the weekend.",
                told=(
                    "The clock never stands still. Six hours of Friday, 48 of the weekend and nine of Monday are "
                    "63 hours."
                ),
                idea="Weekends and holidays do not count.",
            ),
            Answer(
                text="In time, if a machine replied on Friday.",
                told="An automatic reply is no answer. The buyer waited 63 hours for a person.",
                idea="An automatic reply is an answer.",
            ),
            Answer(
                text="Late: the buyer waited 63 hours.",
                told="Every day of the week counts, holidays too. On Saturday at 18:00 the 24 hours were over.",
            ),
            Answer(
                text="Not at all: you were closed when it came.",
                told="Messages count whenever they come. This one waited 63 hours, and 24 are allowed.",
                idea="A message outside office hours is left out.",
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                "A buyer writes on Monday at 09:00 and again on Tuesday at 08:00. You answer both on Tuesday at "
                "12:00. How many of the two are late?"
            ),
            answers=(
                Answer(
                    text="One: the first waited 27 hours, the second four.",
                    told=(
                        "Each message has a clock of its own, and one reply may stop both. How Amazon counts "
                        "several messages in a row is not published; this is how it is counted here."
                    ),
                ),
                Answer(
                    text="None: the second message starts the clock again.",
                    told=(
                        "The second message has a clock of its own, and the first one's goes on: 27 hours, three "
                        "too many."
                    ),
                    idea="A further message sets the clock back.",
                ),
                Answer(
                    text="Both: one late message makes the conversation late.",
                    told=(
                        "Messages are counted, not conversations. The second waited four hours only, so 1 of the "
                        "2 is late."
                    ),
                    idea="A conversation is late as a whole.",
                ),
            ),
        ),
        Question(
            asks=(
                "Eight messages came in. Six were answered in time and one after 30 hours. One has waited for "
                "five hours. What is the share now?"
            ),
            answers=(
                Answer(
                    text="6 of 8: what is not answered is late.",
                    told=(
                        "That was Amazon's rule until July 2012. Now a message can be answered for 24 hours "
                        "before it counts: 6 of 7 is 85.7 %."
                    ),
                    idea="An unanswered message is late at once.",
                ),
                Answer(
                    text="7 of 8: the one that waits is in time so far.",
                    told="It is neither in time nor late yet, so it is in neither number: 6 of 7 is 85.7 %.",
                    idea="A message counts as answered until its time is over.",
                ),
                Answer(
                    text="7 of 7: the seven that were answered.",
                    told="An answer after 30 hours is late, so it is not among the good ones: 6 of 7 is 85.7 %.",
                    idea="A late answer is as good as one in time.",
                ),
                Answer(
                    text="6 of 7: the one that waits is left out until it is decided.",
                    told=(
                        "It is an open message: its 24 hours are not over, so it counts on neither side. 6 of 7 "
                        "is 85.7 %."
                    ),
                ),
            ),
        ),
        Question(
            asks=(
                'A buyer writes: "Thank you, all is well." You mark the message as needing no response and send '
                "nothing. What becomes of it?"
            ),
            answers=(
                Answer(
                    text="After 24 hours it counts as late.",
                    told="A message that you mark in this way needs no answer: 18 of 20 stays 18 of 20.",
                    idea="Every message needs an answer.",
                ),
                Answer(
                    text="It is left out, now and later.",
                    told="Amazon leaves it out of both numbers: 18 of 20 stays 18 of 20.",
                ),
                Answer(
                    text="It counts as answered in time.",
                    told=(
                        "Marking is not answering. The message is left out: 18 of 20 stays 18 of 20 and does not "
                        "become 19 of 21."
                    ),
                    idea="Marking a message answers it.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The share is 90 % (90 of 100), and at least 90 % is asked. No buyer will wait too long tomorrow. "
            "What could make the share worse all the same?"
        ),
        answers=(
            Answer(
                text="Nothing: if nobody waits too long it cannot fall.",
                told="Messages answered in time leave the window, too: 88 of 98 is 89.8 %.",
                idea="If no answer is late, the share cannot fall.",
            ),
            Answer(
                text="Messages answered in time that leave the window.",
                told=(
                    "The late ones weigh more then: 88 of 98 is 89.8 %. Only new messages answered in time bring "
                    "it back."
                ),
            ),
            Answer(
                text="Late answers that leave the window.",
                told="When they leave, the share gets better: 90 of 98 is 91.8 %.",
                idea="Late answers weigh more with time.",
            ),
            Answer(
                text="A message of this evening that you answer tomorrow morning.",
                told="Hours count, not dates. It waits less than 24 hours, so it is in time: 91 of 101 is 90.1 %.",
                idea="An answer on the next day is late.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="Message B is answered on Saturday at 17:00 instead. What is the share then?",
            answer=Fraction(5, 9),
            feedback={
                Fraction(4, 9): "Saturday at 17:00 is 23 hours after Friday at 18:00: in time.",
                Fraction(5, 8): "B was counted before and is counted still; only its verdict changes.",
            },
            hints=(
                "When are the 24 hours over that begin on Friday at 18:00?",
                "Saturday at 17:00 is 23 hours later, so B is in time. It was among the nine before, as a late one.",
                "One more than the four is in time, and the nine messages stay nine.",
            ),
            solution="B is in time now: 5 of 9.",
        ),
        Exercise(
            question=(
                "Look at the same messages at the end of 1 April. Nobody has written since. What is the share then?"
            ),
            answer=Fraction(3, 9),
            feedback={
                Fraction(4, 9): "Two messages stand on an edge: A leaves the window, and H is no longer open.",
                Fraction(3, 8): "H has waited longer than 24 hours by then: it counts, as late.",
                Fraction(4, 10): "A came on 2 March, and the window now begins on 3 March: A has left.",
            },
            hints=(
                (
                    "The window is 30 days, and a message can be answered for 24 hours. Which two messages stand "
                    "on these edges?"
                ),
                "A came on 2 March, the boundary day. H came on 31 March at 12:00 and waits for an answer.",
                "A leaves, in time as it was. H comes in, late, after 36 hours. C, I and K are in time.",
            ),
            solution="C, I and K are in time, A is gone and H has come in: 3 of 9.",
        ),
    ),
    eras=(
        Era(
            since="not known",
            rule="A message without an answer counts as late at once.",
            source="trade news of July 2012",
        ),
        Era(
            since="2012",
            rule="From July on a message without an answer counts only when it is older than 24 hours.",
            source="trade news of July 2012",
        ),
        Era(
            since="2015",
            rule="In December Amazon asks for answers within 12 hours.",
            source="an agency's blog",
        ),
        Era(
            since="1 October 2018",
            rule=(
                "Amazon takes the figure off its Account Health page. Until then at least 90 % within 24 hours "
                "was asked, and nobody was suspended for it alone."
            ),
            source="Amazon's help, and trade news of September 2018",
        ),
        Era(
            since="2026",
            rule=(
                "Answer within 24 hours on every day of the week, and not by a machine. The handbook names "
                "neither window nor target, so Amazon's 30 days and 90 % are taken."
            ),
            source="the handbook",
        ),
    ),
    terms=("automatic reply", "open message"),
)
