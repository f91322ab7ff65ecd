"""Text to typed Parquet, beside DuckDB's own read of the same file and columns, in turn, in one process.

`python -m tests.bench.parsing FILE ROUNDS` prints the seconds of each round as JSON. Ours is everything from the bytes
to the store: the hash, the encoding, the rows' widths, the values, the rules, the rejects. DuckDB's is the same ten
columns of an All Orders file, cast to the same types and written as Parquet; it checks nothing else.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sellerhealth.definition.marketplaces import MARKETPLACES
from sellerhealth.sources import reading, rows, store
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.recognise import recognise

PLACE = MARKETPLACES["US"]
SQL = """
copy (
    select "amazon-order-id", "purchase-date"::timestamptz, "last-updated-date"::timestamptz, "order-status",
        "fulfillment-channel", "sales-channel", "ship-service-level", sku, "item-status", quantity::bigint
    from read_csv($file, delim = '\t', header = true, quote = '', escape = '', all_varchar = true)
) to '{}' (format parquet, compression lz4_raw)
"""


def parse(file: Path, folder: Path) -> int:
    """Ours; how many rows it read."""
    store.hashes([file], folder)
    text = rows.clean(file, file.name, PLACE.legacy_encoding, folder)
    layout = recognise(text, file.name, [], layouts(PLACE, PLACE.zone, ()))
    return reading.parse(file.name, text, layout, folder / "ours.parquet").read


def parse_by_duckdb(file: Path, folder: Path) -> int:
    """DuckDB's; how many rows it read."""
    with duckdb.connect() as database:
        database.execute("set timezone = 'UTC'")
        return int(database.execute(SQL.format(folder / "duckdb.parquet"), {"file": str(file)}).fetchall()[0][0])


WAYS: dict[str, Callable[[Path, Path], int]] = {"sellerhealth": parse, "DuckDB": parse_by_duckdb}


def rounds(file: Path, count: int) -> dict[str, list[float]]:
    """The seconds of each way in each round, one after the other, so that a busy moment falls on both."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(count):
        for name, way in WAYS.items():
            with TemporaryDirectory() as folder:
                started = time.perf_counter()
                assert way(file, Path(folder)) > 0
                found[name].append(time.perf_counter() - started)
    return found


if __name__ == "__main__":
    print(json.dumps(rounds(Path(sys.argv[1]), int(sys.argv[2]))))
