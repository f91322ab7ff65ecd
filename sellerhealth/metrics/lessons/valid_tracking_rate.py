"""What is asked about the Valid Tracking Rate."""

from fractions import Fraction

from sellerhealth.definition.lesson import Answer, Era, Exercise, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks="Today you send 100 packages and forget the tracking number on ten of them. When does the rate show it?",
        answers=(
            Answer(
                text="Today: it looks at what is sent.",
                told=(
                    "It goes by the promised day, and looks ten days back. With four days to the promised day, "
                    "the ten show in 14 days."
                ),
                idea="The rate goes by the day a package is sent.",
            ),
            Answer(
                text="Never, if all of them arrive.",
                told="Arriving is not being followed. When their day comes, 90 of 100 is 90 %.",
                idea="A package that arrives needs no tracking.",
            ),
            Answer(
                text="In about two weeks: it looks back from the promised day.",
                told=(
                    "Four days to the promised day and a lag of ten days are 14. Then 90 of 100 is 90 %, long "
                    "after the cause."
                ),
            ),
            Answer(
                text="When the first buyer asks for a parcel.",
                told="Nobody has to ask. When their day comes, 90 of 100 is 90 %.",
                idea="Tracking counts only when a buyer asks.",
            ),
        ),
    ),
    questions=(
        Question(
            asks="An order goes out in two packages. One has a scan, the other has none. How does it count?",
            answers=(
                Answer(
                    text="As one valid order: one scan is enough.",
                    told="Packages are counted, not orders: 1 of 2 is 50 %.",
                    idea="One scan is enough for an order.",
                ),
                Answer(
                    text="As two packages, one of them valid.",
                    told="Each package is counted by itself: 1 of 2 is 50 %.",
                ),
                Answer(
                    text="As one order without valid tracking.",
                    told="Packages are counted, not orders, and the good one counts as good: 1 of 2 is 50 %.",
                    idea="An order is as good as its worst package.",
                ),
            ),
        ),
        Question(
            asks="Which of these packages has valid tracking?",
            answers=(
                Answer(
                    text="One with a number, but no scan yet.",
                    told="A number alone proves nothing. Without a scan it counts as not valid: 0 of 1.",
                    idea="A number is enough.",
                ),
                Answer(
                    text="One scanned by another carrier than you named.",
                    told="The number is looked up at the carrier you name. A wrong name makes it not valid: 0 of 1.",
                    idea="The carrier's name makes no difference.",
                ),
                Answer(
                    text="One whose number you sent after delivery.",
                    told="Then nobody could follow the package: 0 of 1. The number belongs into the confirmation.",
                    idea="A number sent later is as good.",
                ),
                Answer(
                    text="One with a scan by the carrier you named.",
                    told=(
                        "It takes the right name, a number in time and at least one scan. Some values and origins "
                        "need two."
                    ),
                ),
            ),
        ),
        Question(
            asks=(
                "In all, 96 % (192 of 200) had valid tracking: 98.7 % (148 of 150) in Home and 88 % (44 of 50) in "
                "Books. More than 95 % is asked. What follows?"
            ),
            answers=(
                Answer(
                    text="Books is in danger: Amazon acts by category.",
                    told=(
                        "88 % (44 of 50) misses the target, and Amazon stops your own shipping in that category. "
                        "Home hides it in the total."
                    ),
                ),
                Answer(
                    text="Nothing: 96 % is more than 95 %.",
                    told="Amazon looks at each category. 88 % (44 of 50) in Books misses the target.",
                    idea="Only the total counts.",
                ),
                Answer(
                    text="All is in danger: one category stops every other.",
                    told=(
                        "Amazon acts in the category that misses, which is Books. Home goes on with 98.7 % (148 "
                        "of 150)."
                    ),
                    idea="One weak category stops all of my shipping.",
                ),
                Answer(
                    text="It is 93.4 % on average, so the target is missed.",
                    told=(
                        "Shares are not averaged: 148 and 44 packages are 192 of 200, which is 96 %. Books misses "
                        "by itself."
                    ),
                    idea="Rates of two groups can be averaged.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks=(
            "The rate is 95.5 % (191 of 200). From now on every package has valid tracking. What could make the "
            "rate worse tomorrow?"
        ),
        answers=(
            Answer(
                text="Nothing: from now on all packages are good.",
                told=(
                    "What you send now shows in about two weeks. Packages of the past still come in: 191 of 202 "
                    "is 94.6 %."
                ),
                idea="Once I do it right, the rate cannot fall.",
            ),
            Answer(
                text="The packages you send tomorrow: they have no scan yet.",
                told=(
                    "They come in ten days after their promised day, with their scans. Tomorrow they change "
                    "nothing: 191 of 200."
                ),
                idea="A package counts as soon as it is sent.",
            ),
            Answer(
                text="Two without a scan that were promised nine days ago.",
                told=(
                    "Tomorrow they are ten days back and come in: 191 of 202 is 94.6 %. What you do today shows "
                    "in about two weeks."
                ),
            ),
            Answer(
                text="A package without a scan that was promised 39 days ago.",
                told="It leaves tomorrow, and that helps: 191 of 199 is 95.98 %.",
                idea="An old defect weighs more before it leaves.",
            ),
        ),
    ),
    exercises=(
        Exercise(
            question="The carrier of order D's package is corrected, and its scan is found. What is the rate then?",
            answer=Fraction(7, 8),
            feedback={
                Fraction(6, 8): "A corrected name makes the number valid.",
                Fraction(6, 7): "The package stays counted; only its verdict changes.",
            },
            hints=(
                "What makes a package valid?",
                "A scan by the named carrier makes it valid. D's package was counted before, as not valid.",
                "One more than the six is valid, and the eight packages stay eight.",
            ),
            solution="D is valid now: 7 of 8.",
        ),
        Exercise(
            question="Look at the same packages on 1 April, a day later. What is the rate then?",
            answer=Fraction(5, 8),
            feedback={
                Fraction(6, 8): "Two packages change places: A leaves, and H, without a scan, comes in.",
                Fraction(5, 7): "H was promised on 22 March, ten days ago: it has come in.",
                Fraction(6, 9): "A was promised on 20 February, and the window now begins on 21 February: it has left.",
            },
            hints=(
                "The window is 30 days and ends ten days ago. Which are its first and its last day on 1 April?",
                "It runs from 21 February to 22 March. A was promised on 20 February, H on 22 March.",
                "A leaves, which was valid. H comes in, which was not. The eight packages stay eight.",
            ),
            solution="C, one package of E, G, K and L are valid: 5 of 8.",
        ),
    ),
    eras=(
        Era(
            since="19 April 2021",
            rule=(
                "In the United Kingdom Amazon begins to stop a seller's own shipping in a category below 95 %. In "
                "the United States it did so from the start."
            ),
            source="Amazon's help",
        ),
        Era(
            since="23 August 2022",
            rule="In Japan packages from 1,000 yen on count, before from 2,000 yen.",
            source="Amazon's help",
        ),
        Era(
            since="15 January 2025",
            rule="Packages of all carriers count, not only of those whose scans Amazon reads itself.",
            source="guides for sellers, and Amazon's seller forum",
        ),
        Era(
            since="not known",
            rule=(
                "At least 95 % says the help, more than 95 % the report. The help says that packages show after "
                "about two weeks, the report's example after ten days. Which of each holds is not established."
            ),
            source="Amazon's help, and Amazon's report",
        ),
        Era(
            since="2026",
            rule=(
                "The handbook names none of this, so Amazon's 30 days, the lag of ten days and more than 95 % are "
                "taken."
            ),
            source="the handbook's policy file",
        ),
    ),
    terms=("valid tracking", "scan", "package"),
)
