"""The rows of a written file, as text, read without the package."""

import csv
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo


def rows(files: dict[str, str], name: str) -> list[dict[str, str]]:
    delimiter = "\t" if name.endswith(".tsv") else ","
    return list(csv.DictReader(StringIO(files[name]), delimiter=delimiter, quoting=csv.QUOTE_NONE))


def header(files: dict[str, str], name: str) -> list[str]:
    return files[name].partition("\n")[0].split("\t" if name.endswith(".tsv") else ",")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def local_day(text: str, zone: str) -> date:
    return moment(text).astimezone(ZoneInfo(zone)).date()


def local(text: str) -> datetime:
    """By the clock of Harbor & Pine."""
    return moment(text).astimezone(ZoneInfo("America/Los_Angeles"))
