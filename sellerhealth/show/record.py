"""The last cell of a notebook: its figures for machines, and the proof that every cell before it ran."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from sellerhealth.show import numbers

MIME = "application/vnd.sellerhealth.result+json"


@dataclass(frozen=True)
class Record:
    """The figures of a notebook as JSON, under a MIME type of their own."""

    content: dict[str, Any]

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        results = len(self.content["results"])
        return {MIME: self.content, "text/plain": f"recorded: {numbers.count(results, ('figure', 'figures'))}"}


def record(results: pl.DataFrame, **context: str) -> Record:
    """The results in the shape of `measure.evaluate.RESULT`, with what they belong to.

    `context` is text such as account, marketplace, as_of and policy. Days become ISO text.
    """
    days = [name for name, dtype in results.schema.items() if dtype == pl.Date]
    return Record({**context, "results": results.with_columns(pl.col(days).cast(pl.String)).to_dicts()})
