"""`sellerhealth fetch`: what an account needs from Amazon, into its folder."""

import importlib.util
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sellerhealth.definition.errors import InputError
from sellerhealth.sources.account import load_settings
from sellerhealth.sources.spapi.credentials import credentials
from sellerhealth.sources.spapi.patience import Patience
from sellerhealth.sources.spapi.quiet import quiet
from sellerhealth.sources.spapi.wanted import chosen

if TYPE_CHECKING:
    from sellerhealth.sources.spapi.client import Endpoint

EXTRA = ("sp_api", "httpx", "keyring")


def fetch(
    data: Path,
    account: str,
    *,
    since: str = "",
    until: str = "",
    only: Sequence[str] = (),
    tell: Callable[[str], None] = print,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    patience: Patience = Patience(),
    endpoint: "Endpoint | None" = None,
) -> int:
    """The number of files that could not be fetched; `tell` is given a sentence for each file.

    `since` and `until` are days such as 2026-11-15; left out, what the account needs, until today. `only` names kinds
    of file. Days are UTC. Raises InputError for what the user can mend before anything is asked for: a day, a name, an
    account.toml, missing or refused secrets, python-amazon-sp-api not installed. `endpoint` is another one in tests.
    """
    today = now().date()
    last = min(_day(until, "--to") or today, today)
    first = _day(since, "--from")
    if first and first > last:
        raise InputError("--from", "a day that is not after --to, and not after today", "Correct one of them.")
    wanted, settings, patience = chosen(only), load_settings(data, account), patience.begun()
    client, runs = _library()
    places = settings.marketplaces
    with quiet():
        amazon = client.Amazon(places, credentials(account), endpoint or client.endpoint_of(places), patience)
        try:
            return int(runs.run(data / account, settings, amazon, wanted, (first, last), now, tell))
        finally:
            amazon.close()


def _library() -> tuple[ModuleType, ModuleType]:
    """The modules that need python-amazon-sp-api, which not everybody has."""
    if any(importlib.util.find_spec(name) is None for name in EXTRA):
        way_out = "Run: pip install -e '.[spapi]' in this program's folder, or pip install 'sellerhealth[spapi]'."
        raise InputError("fetch", "python-amazon-sp-api, which is not installed", way_out)
    try:
        from sellerhealth.sources.spapi import client, run  # noqa: PLC0415
    except (KeyError, ValueError):
        # The library reads variables of its own as it is loaded.
        way_out = "Unset AWS_ENV, SP_API_DEFAULT_MARKETPLACE and all that begin with SP_API_AUTH_CACHE."
        raise InputError("fetch", "an environment that python-amazon-sp-api can be loaded in", way_out) from None
    return client, run


def _day(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(where, "a day such as 2026-11-15", "Correct it.") from None
