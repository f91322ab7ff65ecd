"""What buyers and the help desk write. `{thing}` is the product, in small letters; there are no commas, no names."""

CANCELLATION, RETURN, DELIVERY = "CANCELLATION", "RETURN", "DELIVERY"
PRODUCT, INVOICE, OTHER = "PRODUCT", "INVOICE", "OTHER"
QUESTIONS = {
    CANCELLATION: (
        ("Please cancel my order", "I bought the {thing} by mistake. Please cancel it."),
        ("Cancel order", "I found the {thing} in a shop nearby. Can you still cancel?"),
        ("Order cancellation request", "I chose the wrong number of the {thing}. Please cancel and I order again."),
        ("I want to cancel", "My plans have changed and I no longer need the {thing}."),
    ),
    RETURN: (
        ("Return request", "The {thing} does not match my room. How do I send it back?"),
        ("Return of the {thing}", "I would like to return the {thing}. It is unused and still in its box."),
        ("Refund for the {thing}", "I sent the {thing} back last week. When do I get my money back?"),
        ("Exchange or refund", "The {thing} is not what I hoped for. Can I exchange it?"),
        ("Can I send this back", "The {thing} was a present and is not needed. May I return it?"),
    ),
    DELIVERY: (
        ("Where is my parcel?", "The {thing} should have been here by now. Where is it?"),
        ("Where is my order?", "The tracking page has not moved for three days. Is the {thing} lost?"),
        ("Delivery question", "Can the driver leave the {thing} with the neighbours?"),
        ("Tracking does not work", "The number you gave me for the {thing} is not known to the carrier."),
        ("Not arrived", "It says delivered but there is no {thing} at my door."),
        ("Wrong delivery address", "I moved last month. Can the {thing} still go to the new place?"),
    ),
    PRODUCT: (
        ("Broken {thing}", "The {thing} came with a crack on one side."),
        ("Faulty {thing}", "The {thing} came apart on its second day."),
        ("Missing part", "A small part of the {thing} was not in the box."),
        ("Product question: size", "How wide is the {thing} at the base?"),
        ("Product question: care", "How do I clean the {thing} without harm?"),
    ),
    INVOICE: (
        ("Invoice needed", "Please send me an invoice for the {thing} for my office."),
        ("Invoice for my company", "The bookkeeper asks for the tax number on the invoice of the {thing}."),
        ("Receipt", "I need a receipt for the {thing}."),
    ),
    OTHER: (
        ("Gift wrap", "Do you wrap the {thing} as a present?"),
        ("Do you have more?", "Will there be more of the {thing} before the holidays?"),
        ("A suggestion", "I would love the {thing} in green."),
        ("Hello", "Do you have a shop that one can visit?"),
    ),
}
"""By topic, what the help desk files the matter under and what the buyer writes."""
FOLLOW_UPS = (
    "I have not heard from you yet.",
    "Any news on this?",
    "I wrote yesterday. Is anybody there?",
    "Still waiting for an answer.",
    "Please look into this soon.",
)
FURTHER = (
    "That did not help. What else can I try?",
    "Thank you but nothing has happened since.",
    "I did as you said and it is still the same.",
    "One more thing: how long will it take?",
    "And what do I have to pay for it?",
    "I am afraid that is not what I asked.",
)
THANKS = ("Thank you!", "Great. Thanks a lot.", "That was quick. Thank you.", "All is well now. Thanks.")
OPENINGS = ("Hello and thank you for writing.", "Good day.", "Hello.", "Thank you for your message.")
ANSWERS = {
    CANCELLATION: (
        "It is too late to stop it. You can send it back free of charge.",
        "It is packed already. Please refuse it at the door.",
        "It left this morning. A label for the way back is attached.",
    ),
    RETURN: (
        "A label is on its way to you.",
        "The money goes out within three days.",
        "Please put it back into its box and use the label.",
        "We send another one at once.",
    ),
    DELIVERY: (
        "The carrier says two more days.",
        "We have asked the carrier and write again tomorrow.",
        "It is at the pick-up point near you.",
        "We send a second one today.",
    ),
    PRODUCT: (
        "We send another one today.",
        "Please send us a picture of it.",
        "The leaflet in the box tells more. We attach it.",
        "We have asked the workshop and write again tomorrow.",
    ),
    INVOICE: ("You find it attached.", "It is in your account under documents.", "We have added the number."),
    OTHER: ("We are glad to hear that.", "We pass it on to the workshop.", "Yes with pleasure.", "Not this year."),
}
CLOSINGS = ("Have a good day.", "Write again if anything is unclear.", "Kind regards from all of us.", "")
OUT_OF_OFFICE = "Our office is closed right now. We read every message and get back to you as soon as we are in again."
RETURN_APPROVED = "The return was approved. The label can be printed from the account page."
