"""The words of the trade, in plain sentences: each is explained here and nowhere else."""

from collections.abc import Mapping
from types import MappingProxyType

TERMS: Mapping[str, str] = MappingProxyType(
    {
        "rate": "How many out of how many, told as a percentage: 3 of 8 is 37.5 %.",
        "numerator": "The first number of a rate: how many are counted, the 3 of 3 of 8.",
        "denominator": "The second number of a rate: out of how many, the 8 of 3 of 8.",
        "mean": "A sum over how many were added: 2 and 4 hours are 6 over 2, so the mean is 3 hours.",
        "interval": (
            "From where to where the true value may lie, as far as chance goes. "
            "The fewer there are to count, the wider it is."
        ),
        "window": "The days looked at, the first and the last of them included. It moves on as the days pass.",
        "boundary day": "The first or the last day of a window. One day further out is not counted.",
        "as of": "How things stood at the end of a day: nothing that came later is known.",
        "lag": "How many days back a window ends. With a lag of one day its last day is yesterday.",
        "target": "The goal, and which side of it is good: below 1 % is good only where 1 % itself is not reached.",
        "defect": "One that is counted against you, such as a late order.",
        "headroom": (
            "How many more defects the target allows. Zero means not one more; "
            "below zero, that many are too many already."
        ),
        "policy": (
            "A dated set of rules: which window, which target, what counts. "
            "The handbook is one; what Amazon applies today is another."
        ),
        "channel": "Who sends an order: you, or Amazon for you.",
        "shipped by us": "Sent by you, from your own shelves.",
        "shipped by Amazon": "Sent by Amazon, from its warehouse, for you.",
        "ship-by day": "The last day on which an order may be shipped without being overdue.",
        "confirmation": "Your word to Amazon that an order is shipped. The moment it reaches Amazon is what counts.",
        "promised day": "The last day on which the buyer may expect the delivery.",
        "package": "One parcel. An order may go out in several.",
        "unit": "One piece of a product. An order of three mugs holds three.",
        "scan": "A sign from the carrier that a package has passed through its hands.",
        "valid tracking": "What a package has when its number came in time and the carrier you named has a scan of it.",
        "refund": "Money that the buyer gets back.",
        "negative feedback": "One or two stars that a buyer gives to you as the seller, not to the product.",
        "neutral feedback": "Three stars: neither good nor bad.",
        "removed rating": "Stars that the buyer or Amazon has taken away; they count no more.",
        "A-to-z claim": (
            "A buyer's demand that Amazon's guarantee pays the money back. Amazon grants it or denies it; "
            "granted, it costs you or Amazon."
        ),
        "chargeback": "A card payment that the buyer takes back through the bank.",
        "flaw": "Whatever keeps an order from being perfect. One is enough.",
        "open message": "A buyer's message without an answer, for which the 24 hours are not over.",
        "automatic reply": "A text that a machine sends. It is no answer.",
        "matter": "What a buyer writes about, in one message or in several.",
        "first contact": "The beginning of a matter: the buyer's first message and your first answer.",
        "survey": "What a buyer is asked after an answer: how content, from 0 to 10, and whether it was solved.",
        "unhappy answer": "An answer to the survey with a score so low that the buyer is not content.",
        "points": "What an order or an account is given or loses, to be added up.",
        "weight": "How often one is taken in a mean: a weight of four counts it as four.",
        "Buy Box": "The button by which most buyers buy. Of all who sell a product, one has it at a time.",
        "policy violation": "A breach of Amazon's rules for sellers, as Amazon sees it.",
        "notification": "Amazon's letter to you about a policy violation.",
        "severity": "How grave Amazon calls a policy violation: low, medium, high or critical.",
        "Account Health Rating": (
            "Amazon's points for an account, from 0 to 1,000. It is about each policy violation, and about orders."
        ),
        "snapshot": "How things stood at one moment. It tells nothing of before or after.",
    }
)
"""Each term and its meaning. A meaning uses everyday words and terms that stand before it."""
