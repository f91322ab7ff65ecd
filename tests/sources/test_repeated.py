"""Rows that may tell of the same thing, apart from those that stand alone."""

import polars as pl

from sellerhealth.sources import repeated
from sellerhealth.sources.repeated import parted

ROWS = [("A", 1, "x"), ("A", 1, "y"), ("A", 2, "z"), (None, 1, "u"), (None, 1, "v"), ("B", None, "w")]


def frame(rows: list[tuple[object, ...]] = ROWS) -> pl.LazyFrame:
    return pl.LazyFrame(rows, schema={"order": pl.String, "line": pl.Int64, "told": pl.String}, orient="row")


def told(rows: pl.LazyFrame | None) -> list[str] | None:
    return None if rows is None else sorted(rows.collect()["told"])


def test_rows_of_one_key_are_together_blank_or_not():
    alone, several = parted(frame(), ["order", "line"])
    assert (told(alone), told(several)) == (["w", "z"], ["u", "v", "x", "y"])
    assert alone.collect_schema() == several.collect_schema() == frame().collect_schema()


def test_where_every_key_is_its_own_there_are_no_others():
    alone, several = parted(frame(ROWS[1:4]), ["order", "line"])
    assert (told(alone), several) == (["u", "y", "z"], None)


def test_two_keys_of_one_number_are_never_taken_for_alone(monkeypatch):
    struct = pl.struct
    monkeypatch.setattr(repeated.pl, "struct", lambda key: struct(key[1:]))
    alone, several = parted(frame(), ["order", "line"])
    assert (told(alone), told(several)) == (["w", "z"], ["u", "v", "x", "y"])
