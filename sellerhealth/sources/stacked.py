"""Files that were read, one below the other."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from sellerhealth.sources.reading import Parsed

PATH = "path"


def stacked(files: Sequence[Parsed]) -> pl.LazyFrame:
    """All rows of these files, with the `file` of each; what a file does not tell is empty.

    Files of the same columns are one scan: of a scan each, some hundreds wait for each other.
    """
    alike: dict[Any, list[Parsed]] = defaultdict(list)
    for file in files:
        alike[tuple(pl.read_parquet_schema(file.path).items())].append(file)
    return pl.concat([_scanned(group) for group in alike.values()], how="diagonal")


def _scanned(files: Sequence[Parsed]) -> pl.LazyFrame:
    """Files of the same bytes were read into one and the same."""
    paths = [str(file.path) for file in files]
    names = pl.LazyFrame({PATH: paths, "file": [file.file for file in files]})
    rows = pl.scan_parquet(list(dict.fromkeys(paths)), glob=False, include_file_paths=PATH)
    return rows.join(names, on=PATH).drop(PATH)
