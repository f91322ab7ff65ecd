"""Messages as Amazon's queue service hands them on: each as a text, in an envelope, in a list."""

from typing import Any

from sellerhealth.sources.amazon.objects import at, objects

LISTS, BODIES = ("Messages", "Records"), ("Body", "body", "Message")
"""What `receive-message` writes, what a function is called with, and what a topic puts around a message."""
DEEPEST = 3
"""A list of envelopes, each with one of a topic in it, with the message in that."""


def opened(found: list[Any], shown: str) -> list[Any]:
    """The messages inside; what is no envelope as it stands. `shown` is the name used in errors.

    Example:
        >>> opened([{"Messages": [{"Body": '{"a": 1}'}]}, {"b": "2"}], "a.json")
        [{'a': '1'}, {'b': '2'}]
    """
    for _ in range(DEEPEST):
        found = [inside for one in found for inside in _inside(one, shown)]
    return found


def _inside(one: Any, shown: str) -> list[Any]:
    for key in LISTS:
        if isinstance(inside := at(one, key), list):
            return inside
    for key in BODIES:
        if isinstance(text := at(one, key), str):
            return objects(text, shown) or [one]
    return [one]
