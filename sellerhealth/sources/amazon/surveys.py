"""What buyers answered when they were asked, after a contact, whether it helped."""

from sellerhealth.sources.layout import Field, Layout

LAYOUT = Layout(
    name="surveys",
    label="the surveys CSV",
    tables=("surveys",),
    key=("thread_id", "answered_at"),
    delimiter=",",
    quoted=True,
    fields=(
        Field(ours="thread_id", theirs=("thread_id", "thread-id", "thread id"), kind="handle", needed=True),
        Field(ours="answered_at", theirs=("answered_at", "answered-at", "answered at"), kind="instant", needed=True),
        Field(ours="score", theirs=("score",), kind="whole"),
        Field(ours="is_solved", theirs=("solved", "is_solved"), kind="flag"),
    ),
)
