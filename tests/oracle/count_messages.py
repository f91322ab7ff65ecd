"""What buyers wrote and how they were answered, counted by hand: one message or one matter after the other."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from tests.oracle.entry import CLEAN, DEFECT, Entry, good
from tests.oracle.known import Known
from tests.oracle.told import Row

METRICS = (
    "contact_response_time",
    "average_response_time",
    "first_contact_resolution_rate",
    "customer_service_rating",
)
DAY, SAME_MATTER = timedelta(hours=24), timedelta(hours=7 * 24)


def entries(metric: str, policy: str, known: Known) -> Iterator[Entry]:
    """Every message, matter or survey answer that is counted; both policies count alike."""
    count: dict[str, Callable[[Known], Iterator[Entry]]] = {
        "contact_response_time": _in_time,
        "average_response_time": _seconds,
        "first_contact_resolution_rate": _resolved,
        "customer_service_rating": _scores,
    }
    return count[metric](known)


def _ours(known: Known) -> Iterator[Row]:
    """The messages that need a response, in threads about orders of this marketplace or of none."""
    return (row for row in known.told.asked if known.place_of_message(row) == known.marketplace)


def _in_time(known: Known) -> Iterator[Entry]:
    """A message is in time when answered within 24 hours; one that still can be is not counted yet."""
    for row in _ours(known):
        late = known.told.wait(row) > DAY
        if late or known.told.answer(row):
            yield good(known.day_of(row["sent_at"]), DEFECT if late else CLEAN)


def _seconds(known: Known) -> Iterator[Entry]:
    """Whole seconds to the answer, of those that have one."""
    for row in _ours(known):
        if known.told.answer(row):
            wait = known.told.wait(row)
            seconds = wait // timedelta(seconds=1)
            verdict = DEFECT if wait > DAY else CLEAN
            yield Entry(day=known.day_of(row["sent_at"]), verdict=verdict, worst=seconds, best=seconds)


def _resolved(known: Known) -> Iterator[Entry]:
    """The buyer's word where there is one; else one answer, and silence for seven days."""
    answered = [row["thread_id"] for row in known.told.answers]
    for thread in dict.fromkeys([*known.told.threads, *answered]):
        first = next((row for row in known.told.asked if row["thread_id"] == thread), None)
        said = known.told.last_answer(thread, "is_solved")
        place = known.place_of_message(first) if first else known.place_of_thread(thread)
        solved = said["is_solved"] if said else first and _by_silence(known, first)
        if solved is not None and place == known.marketplace:
            yield good(_day(known, first, said), CLEAN if solved else DEFECT)


def _by_silence(known: Known, first: Row) -> bool | None:
    """Whether the buyer had no more to ask; None while it is too early to say."""
    answer = known.told.answer(first)
    if answer is None:
        return False if known.end - first["sent_at"] > DAY else None
    again = known.told.asked_after(first["thread_id"], answer)
    if again and again - answer <= SAME_MATTER:
        return False
    return True if known.end - answer >= SAME_MATTER else None


def _day(known: Known, first: Row | None, said: Row | None) -> date:
    moment = first["sent_at"] if first else said["answered_at"] if said else None
    assert moment
    return known.day_of(moment)


def _scores(known: Known) -> Iterator[Entry]:
    """The last score of each thread; below six it is against the seller."""
    for thread in dict.fromkeys(row["thread_id"] for row in known.told.answers):
        row = known.told.last_answer(thread, "score")
        if row and known.place_of_thread(thread) == known.marketplace:
            score = row["score"]
            verdict = DEFECT if score < 6 else CLEAN
            yield Entry(day=known.day_of(row["answered_at"]), verdict=verdict, worst=score, best=score)
