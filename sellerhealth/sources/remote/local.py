"""A data folder wherever it lies: on this machine it is taken as it is, from object storage it is brought first."""

import os
from pathlib import Path

from sellerhealth.sources.account import account_names
from sellerhealth.sources.remote.address import is_remote
from sellerhealth.sources.remote.fetch import fetch, push
from sellerhealth.sources.remote.names import names

OPENED_BY = ("AWS_", "GOOGLE_", "AZURE_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def names_in(data: str) -> list[str]:
    """The accounts of a data folder, by name."""
    return names(data) if is_remote(data) else account_names(data)


def local(data: str, account: str, *, settings_only: bool = False) -> Path:
    """The data folder on this machine that holds the account, or with `settings_only` its account.toml.

    Raises InputError when it cannot be brought here whole.
    """
    return fetch(data, account, settings_only=settings_only) if is_remote(data) else Path(data)


def borrowed(data: str) -> dict[str, str]:
    """The variables by which the address is opened, for a process that has none of its own."""
    if not is_remote(data):
        return {}
    return {name: value for name, value in os.environ.items() if name.upper().startswith(OPENED_BY)}


def give_back(data: str, account: str) -> str:
    """Write what was remembered of the account back to where it came from; what hindered it, in words."""
    return push(data, account) if is_remote(data) else ""
