"""Ratings counted by hand: those that stand, by the day they came."""

from collections.abc import Iterator

from tests.oracle.entry import CLEAN, DEFECT, Entry
from tests.oracle.known import Known

METRICS = ("feedback_rating",)


def entries(metric: str, policy: str, known: Known) -> Iterator[Entry]:
    """Four and five stars are good, one and two are negative, three are neither; both policies count alike."""
    for row in known.tables["feedback"]:
        day = row["rated_on"] or (known.day_of(row["rated_at"]) if row["rated_at"] else None)
        removed = row["removed_on"] is not None and row["removed_on"] <= known.as_of
        if day is None or day > known.as_of or removed or known.place_of(row["order_id"]) != known.marketplace:
            continue
        stars = row["rating"]
        yield Entry(day=day, verdict=DEFECT if stars <= 2 else CLEAN, worst=stars >= 4, best=stars >= 4)
