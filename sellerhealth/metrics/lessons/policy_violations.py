"""What is asked about the Policy violations."""

from sellerhealth.definition.lesson import Answer, Era, Lesson, Question

lesson = Lesson(
    predict=Question(
        asks="A policy violation is about one of your listings. You delete the listing. What becomes of the violation?",
        answers=(
            Answer(
                text="It is gone: there is no listing to violate anything.",
                told="Amazon keeps the violation, not the listing. It weighs until it is resolved, or for 180 days.",
                idea="Deleting the listing removes the violation.",
            ),
            Answer(
                text="It counts as resolved, and its points come back.",
                told=(
                    "Only Amazon resolves it, when you appeal or mend what it names. With a start of 200 points "
                    "and eight off, the rating stays at 192."
                ),
                idea="Deleting the listing resolves the violation.",
            ),
            Answer(
                text="It weighs on, until it is resolved or 180 days old.",
                told="Points come back when a violation is resolved. Deleting the listing does not do that.",
            ),
            Answer(
                text="It is halved, as you have done something.",
                told="A violation is open or not. It costs its points in full until it is resolved or 180 days old.",
                idea="Amazon gives half the points back for trying.",
            ),
        ),
    ),
    questions=(
        Question(
            asks=(
                "Two violations are open. You have read both notifications, and neither is under review. Which "
                "mark does the handbook show?"
            ),
            answers=(
                Answer(
                    text="A yellow mark: two are open.",
                    told=(
                        "Yellow means that something is to be read. You have read both, so the mark is green, and "
                        "the two weigh on."
                    ),
                    idea="Whatever is open makes the mark yellow.",
                ),
                Answer(
                    text="A green mark: nothing is to be read.",
                    told=(
                        "In the handbook the mark says what to do today: green when nothing is unread, yellow "
                        "when something is, red when the account is being looked into. The two still weigh."
                    ),
                ),
                Answer(
                    text="A red mark: a violation is a violation.",
                    told=(
                        "Red means that the account is being looked into. Two violations that you have read do "
                        "not do that."
                    ),
                    idea="A violation makes the mark red.",
                ),
            ),
        ),
        Question(
            asks=(
                "Your Order Defect Rate is 2 % (2 of 100). How many points does that take from the Account Health "
                "Rating?"
            ),
            answers=(
                Answer(
                    text="Eight: it is a grave violation.",
                    told=(
                        "A missed rate is no policy violation. It takes 0 points, but it can cost your offers by "
                        "itself."
                    ),
                    idea="A missed target is a policy violation.",
                ),
                Answer(
                    text="All of them, until it is below 1 %.",
                    told="The rate can stop you on its own, without the rating: it takes 0 points.",
                    idea="A missed target takes the rating to zero.",
                ),
                Answer(
                    text="Four, as good orders bring four.",
                    told="200 orders bring four points; bad ones take none. Violations do that.",
                    idea="Bad orders take the points that good ones bring.",
                ),
                Answer(
                    text="None: the rates act apart from it.",
                    told=(
                        "The rating starts at 200 points and counts violations and orders. A rate of 2 % (2 of "
                        "100) is a danger of its own."
                    ),
                ),
            ),
        ),
        Question(
            asks="A violation of high severity is open. How many points does it cost?",
            answers=(
                Answer(
                    text="Eight: Amazon's page says so for a high one.",
                    told=(
                        "Amazon says only that most cost two to eight. Eight for a high one is a choice, and the "
                        "policy names it so."
                    ),
                    idea="Amazon publishes the points of each severity.",
                ),
                Answer(
                    text="Two, like any other violation.",
                    told="The graver, the more: most cost two to eight points, and a repeated one may cost double.",
                    idea="Every violation costs the same.",
                ),
                Answer(
                    text="That is not published: most cost two to eight.",
                    told=(
                        "So the rating here is an estimate, unless Amazon's own report gives it, a snapshot of "
                        "one day. A critical one takes all points."
                    ),
                ),
                Answer(
                    text="All points, as it is a grave one.",
                    told="Only a critical one takes the rating to zero. Most others cost two to eight points.",
                    idea="Every grave violation takes the rating to zero.",
                ),
            ),
        ),
    ),
    tomorrow=Question(
        asks="You do nothing, and no notification comes. What could make the account better tomorrow?",
        answers=(
            Answer(
                text="Nothing: a violation stays until it is answered.",
                told="Violations also age. One of 179 days is 180 days old tomorrow, and weighs no more.",
                idea="A violation never ages.",
            ),
            Answer(
                text="An unread notification, which counts as read after a day.",
                told="It stays unread until you read it, and the mark yellow: 1 unread is 1 unread tomorrow.",
                idea="Notifications count as read by themselves.",
            ),
            Answer(
                text="A day of good orders, each of which brings a point.",
                told="200 orders of the last 180 days bring four points together; a day of 20 brings none of its own.",
                idea="Each good order brings a point.",
            ),
            Answer(
                text="A violation that gets 180 days old.",
                told=(
                    "At 179 days it has its last day, like E of the example. A day later it weighs no more, and "
                    "you need do nothing for it."
                ),
            ),
        ),
    ),
    exercises=(),
    eras=(
        Era(
            since="not known",
            rule="A green check for good, a yellow exclamation mark for fair, a red cross for poor.",
            source="guides for sellers",
        ),
        Era(
            since="2020",
            rule="In September Amazon shows the Account Health Rating as a colour.",
            source="Amazon's help, and guides for sellers",
        ),
        Era(
            since="2022",
            rule=(
                "In the middle of the year North America gets points, 0 to 1,000: 200 or more is healthy, 100 to "
                "199 at risk, 99 and less critical."
            ),
            source="trade news of July 2022",
        ),
        Era(
            since="15 February 2023",
            rule=(
                "The United Kingdom gets the points as well. How many points a violation costs is not published: "
                "most two to eight, a critical one all."
            ),
            source="guides for sellers, and Amazon's help quoted in the seller forum",
        ),
        Era(
            since="2026",
            rule=(
                "A green check when nothing is unread, a yellow exclamation mark when something is, a red cross "
                "when the account is being looked into."
            ),
            source="the handbook",
        ),
    ),
    terms=("policy violation", "notification", "severity", "points", "policy", "snapshot"),
)
