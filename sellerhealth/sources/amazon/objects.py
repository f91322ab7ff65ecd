"""JSON text as the objects it holds, and what stands in them.

Numbers stay text, so that a long id or a rate loses no digit.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sellerhealth.definition.errors import InputError

Json = Mapping[str, Any]
SOMETHING = re.compile(r"\S")
CONTROLS = dict.fromkeys([*range(32), 127, 0x85, 0x2028, 0x2029], " ")


def objects(text: str, shown: str) -> list[Any] | None:
    """What the text holds: the values of a list, of several lists, or one after the other, as in JSON lines.

    None for a text that is no JSON. Raises InputError for an object that says two things under one name: which
    of them is meant nobody can tell. `shown` is the name used in errors.

    Example:
        >>> objects('[{"a": 1}]', "a.json"), objects('{"a": 0.10} {"a": 2}', "a.json"), objects("{a", "a.json")
        ([{'a': '1'}], [{'a': '0.1'}, {'a': '2'}], None)
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) < len(pairs) and any(told[name] != value for name, value in pairs):
            raise InputError(shown, "each name once in an object", "It says two things under one: download it again.")
        return told

    decoder = json.JSONDecoder(object_pairs_hook=once, parse_int=str, parse_float=_decimal, parse_constant=str)
    found: list[Any] = []
    rest, place = text.strip(), 0
    try:
        while place < len(rest):
            value, end = decoder.raw_decode(rest, place)
            found += value if isinstance(value, list) else [value]
            following = SOMETHING.search(rest, end)
            place = following.start() if following else len(rest)
    except (ValueError, RecursionError):
        return None
    return found


def _decimal(text: str) -> str:
    """A number without an exponent, as other files write it."""
    return format(Decimal(repr(float(text))), "f")


def at(told: Any, path: str) -> Any:
    """What stands there; None when nothing does.

    Example:
        >>> at({"a": {"b": "1"}}, "a.b"), at({"a": "1"}, "a.b")
        ('1', None)
    """
    found: Any = told
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def text_at(told: Any, path: str) -> str:
    """The text or number there, on one line; empty when there is none."""
    found = at(told, path)
    if not isinstance(found, str):
        return ""
    is_plain = found.isascii() and found.isprintable()
    return (found if is_plain else found.encode("utf-8", "replace").decode().translate(CONTROLS)).strip()


def objects_at(told: Any, path: str) -> list[Json]:
    """The object there, or those of the list there."""
    found = at(told, path)
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def is_true(told: Any, path: str) -> bool:
    """Whether yes stands there; Amazon writes it as a word too."""
    found = at(told, path)
    return found is True or (isinstance(found, str) and found.lower() == "true")
