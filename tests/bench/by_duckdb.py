"""The same figures by DuckDB and SQL of its own: `python -m tests.bench.by_duckdb FOLDER` prints them as JSON."""

import json
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from tests.bench.files import AS_OF

SQL = Path(__file__).with_suffix(".sql")


def figures(folder: Path) -> list[list[str | int]]:
    """Every metric under both policies, in the shape and order of by_sellerhealth."""
    end = datetime.combine(AS_OF + timedelta(days=1), time(), ZoneInfo("America/Los_Angeles"))
    values = {"as_of": AS_OF, "end": end}
    with duckdb.connect() as database:
        database.execute("set timezone = 'UTC'")
        for statement in database.extract_statements(SQL.read_text(encoding="utf-8").replace("{folder}", str(folder))):
            wanted = {name: values[name] for name in statement.named_parameters}
            database.execute(statement, wanted)
        return sorted(list(row) for row in database.fetchall())


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
