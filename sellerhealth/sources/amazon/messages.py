"""The messages between buyers and the seller, as a help desk lists them: Amazon offers no such file.

Of a subject only what it is about is kept, of a text only a number that is the same for the same text.
"""

from sellerhealth.sources.layout import Field, Layout

SENDER = {
    "customer": "BUYER",
    "in": "BUYER",
    "inbound": "BUYER",
    "agent": "SELLER",
    "out": "SELLER",
    "outbound": "SELLER",
}


def layout(languages: tuple[str, ...]) -> Layout:
    """The messages CSV of a seller whose buyers write in these languages."""
    return Layout(
        name="messages",
        label="the messages CSV",
        tables=("messages",),
        key=("thread_id", "sender", "sent_at", "message_id", "is_automatic"),
        delimiter=",",
        quoted=True,
        fields=(
            Field(ours="thread_id", theirs=("thread_id", "thread-id", "thread id"), kind="handle", needed=True),
            Field(ours="sent_at", theirs=("sent_at", "sent-at", "sent at"), kind="instant", needed=True),
            Field(ours="sender", theirs=("sender", "direction"), kind="one_of", needed=True, values=SENDER),
            Field(ours="order_id", theirs=("order_id", "order-id", "order id"), kind="order_id"),
            Field(ours="message_id", theirs=("message_id", "message-id", "message id"), kind="handle"),
            Field(
                ours="needs_no_response",
                theirs=("no_response_needed", "no-response-needed", "no response needed"),
                kind="flag",
            ),
            Field(ours="is_automatic", theirs=("automatic", "is_automatic"), kind="flag"),
            Field(ours="topic", theirs=("subject",), kind="topic", languages=languages),
            Field(ours="text_mark", theirs=("text", "body"), kind="mark"),
        ),
    )
