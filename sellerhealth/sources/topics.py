"""What a buyer's message is about, by the word lists in topics/*.toml; the words themselves are not kept."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from sellerhealth.definition.columns import TOPICS

FOLDER = Path(__file__).parent.parent / "topics"
LISTED, OTHER = TOPICS[:-1], TOPICS[-1]
MARKS = r"[\x{300}-\x{36f}\x{93c}\x{640}\x{64b}-\x{655}]"
"""Accents, the dot below a Hindi letter, Arabic vowel marks and hamzas: buyers leave them out."""
ALIKE = {"’": "'", "‘": "'", "`": "'", "_": " ", "ß": "ss", "ı": "i", "ł": "l", "ة": "ه", "ى": "ي"}
"""Letters of one word that no standard calls the same, and buyers write for each other."""
EDGE = r"\b"
"""Where a word begins or ends."""
SEED = 2026


def topic(cell: pl.Expr, languages: tuple[str, ...]) -> pl.Expr:
    """What the text is about, as one of TOPICS; null where there is none.

    A text that is the name of a topic is that topic. Else it is the first one of whose words it holds,
    in one of these languages or in English, once the phrases are taken out that only look like it.

    Example:
        >>> told = pl.Series(["Where is my parcel?", "Stornierung", "invoice", "Thank you", None])
        >>> pl.select(topic(pl.lit(told), ("de",))).to_series().to_list()
        ['DELIVERY', 'CANCELLATION', 'INVOICE', 'OTHER', None]
    """
    text = _plain(cell)
    named = text.str.strip_chars().str.to_uppercase().cast(pl.Enum(TOPICS), strict=False).cast(pl.String)
    found = [
        pl.when(_without(text, passed_over).str.contains(words)).then(pl.lit(name))
        for name, (words, passed_over) in _searches(languages).items()
    ]
    return pl.when(cell.is_not_null()).then(pl.coalesce(named, *found, pl.lit(OTHER))).cast(pl.Enum(TOPICS))


def text_mark(cell: pl.Expr) -> pl.Expr:
    """A number that is the same for the same text, whatever its capitals, spaces and digits; null where there is none.

    Example:
        >>> told = pl.Series(["Order 12 sent", "order 7  sent", "Order lost"])
        >>> marks = pl.select(text_mark(pl.lit(told))).to_series()
        >>> marks[0] == marks[1], marks[0] == marks[2]
        (True, False)
    """
    same = cell.str.to_lowercase().str.replace_all(r"[\d\s]", "")
    return pl.when(cell.is_not_null()).then(same.hash(seed=SEED))


def _plain(cell: pl.Expr) -> pl.Expr:
    """The text as it is compared: small letters, without marks, each letter in its one normal form."""
    letters = cell.str.to_lowercase().str.normalize("NFKD").str.replace_all(MARKS, "").str.normalize("NFC")
    return letters.str.replace_many(ALIKE)


def _without(text: pl.Expr, phrases: str) -> pl.Expr:
    return text.str.replace_all(phrases, " ") if phrases else text


@cache
def _searches(languages: tuple[str, ...]) -> Mapping[str, tuple[str, str]]:
    """Of each topic, in their order: the expression that finds its words, and that for what is passed over."""
    lists = [_lists(language) for language in dict.fromkeys([*languages, "en"])]
    return {
        name: (
            _any_of((told, told[name]) for told in lists),
            _any_of((told, _exceptions(told, name)) for told in lists),
        )
        for name in LISTED
    }


@cache
def _lists(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _exceptions(told: Mapping[str, Any], name: str) -> list[str]:
    phrases: list[str] = told.get("passed_over", {}).get(name, [])
    return phrases


def _any_of(lists: Iterable[tuple[Mapping[str, Any], list[str]]]) -> str:
    """One expression for the words of several languages; empty when there are none."""
    return "|".join(_one_language(told, words) for told, words in lists if words)


def _one_language(told: Mapping[str, Any], words: list[str]) -> str:
    plain = pl.select(_plain(pl.lit(pl.Series(words)))).to_series()
    either = "|".join(_spelled(word) for word in plain)
    if told.get("anywhere", False):
        return f"(?:{either})"
    joined = "|".join(told.get("joined", []))
    return f"{EDGE}(?:{joined})?(?:{either})" if joined else f"{EDGE}(?:{either})"


def _spelled(word: str) -> str:
    """A word as an expression: any white space for a space, and its end where it is written with a space at its end."""
    parts = r"\s+".join(pl.escape_regex(part) for part in word.split())
    return parts + EDGE if word.endswith(" ") else parts
