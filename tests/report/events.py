"""The events of a batch, made by hand, and what they say."""

import io
from datetime import date
from pathlib import Path

from rich.console import Console

from sellerhealth.report.outcome import Began, Done, Failed, Planned, Refused, Unchanged
from sellerhealth.report.plan import Job
from sellerhealth.report.progress.shown import Lines

REFUSED = Refused(account="shop-b", reason="shop-b/account.toml: expected a country. Name one.")


def job(number: int = 1, account: str = "shop", marketplace: str = "US") -> Job:
    return Job(
        notebook=Path(f"{number:02}_tiny.ipynb"),
        account=account,
        marketplace=marketplace,
        as_of=date(2026, 3, 1),
        policy="handbook",
        data=Path("data"),
    )


def planned(*numbers: int, account: str = "shop") -> Planned:
    return Planned(account=account, jobs=[job(number, account) for number in numbers])


def began(number: int = 1, account: str = "shop") -> Began:
    return Began(job=job(number, account))


def done(number: int = 1, account: str = "shop", page: bytes = b"") -> Done:
    return Done(job=job(number, account), page=page, record={}, title="Tiny", fingerprint="f")


def unchanged(number: int = 1) -> Unchanged:
    return Unchanged(job=job(number))


def failed(number: int = 1, **more) -> Failed:
    return Failed(job=job(number), cell=3, error="ValueError", **more)


def lines(*events, accounts: int = 1, shown=Lines) -> list[str]:
    """The lines these events leave in a log."""
    file = io.StringIO()
    with shown(accounts, Console(file=file)) as told:
        for event in events:
            told.tell(event)
    return file.getvalue().splitlines()
