"""What a report was made by: with the same fingerprint it would be the same, to the byte."""

import hashlib
import json
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
MADE_BY = ("*.py", "*.toml", "*.j2", "*.css", "*.js", "*.json")
DRAWN_BY = (
    *("polars", "altair", "vl-convert-python", "great-tables", "nbconvert", "nh3", "ipython", "tzdata", "scipy"),
    *("jinja2", "papermill", "nbformat", "mistune"),
)


@cache
def of_code() -> str:
    """Of this package's own files, and the libraries that a page's content comes from."""
    files = sorted(path for pattern in MADE_BY for path in PACKAGE.rglob(pattern))
    own = hashlib.blake2b(digest_size=16)
    for path in files:
        own.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return of(own.hexdigest(), sys.version, *(f"{name} {version(name)}" for name in DRAWN_BY))


def of(*parts: object) -> str:
    """A short name for these parts, in their order; each is text, a number, or a list or mapping of such.

    Example:
        >>> of("a", {"b": 1}) == of("a", {"b": 1}), of("a", "b") == of("ab")
        (True, False)
    """
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
