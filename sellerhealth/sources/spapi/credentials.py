"""The three secrets of an application, from the environment or the system's keyring, and from nowhere else."""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from sellerhealth.definition.errors import InputError

SERVICE = "sellerhealth"
"""The name of our entries in the keyring; the user name of an entry is the variable's, then the account's."""
REFRESH_TOKEN, APP_ID, CLIENT_SECRET = "SP_API_REFRESH_TOKEN", "LWA_APP_ID", "LWA_CLIENT_SECRET"
WHERE_FROM = (
    "Seller Central shows all three when you register an application for your own account: Apps and Services, "
    "Develop Apps, Authorise."
)


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """The secrets of one application and one seller. They are not shown when this is printed."""

    refresh_token: str = field(repr=False)
    app_id: str = field(repr=False)
    client_secret: str = field(repr=False)


def credentials(account: str, environment: Mapping[str, str] = os.environ) -> Credentials:
    """The secrets for an account: the account's own first, then those for all accounts.

    A variable's name may end in the account's (SP_API_REFRESH_TOKEN_MY_SHOP for my-shop); an entry of the keyring has
    the user name "SP_API_REFRESH_TOKEN my-shop". Raises InputError that names what is missing.
    """
    found = {name: _secret(name, account, environment) for name in (REFRESH_TOKEN, APP_ID, CLIENT_SECRET)}
    if missing := [name for name, secret in found.items() if not secret]:
        way_out = (
            f"Set {_and(missing)} in the environment, or store each with: "
            f'keyring set {SERVICE} "{missing[0]} {account}". {WHERE_FROM}'
        )
        raise InputError("credentials", f"{_and(missing)} for {account}", way_out)
    return Credentials(refresh_token=found[REFRESH_TOKEN], app_id=found[APP_ID], client_secret=found[CLIENT_SECRET])


def variable(name: str, account: str) -> str:
    """The variable that holds a secret for one account only.

    Example:
        >>> variable("LWA_APP_ID", "my-shop")
        'LWA_APP_ID_MY_SHOP'
    """
    return f"{name}_{re.sub('[^A-Z0-9]', '_', account.upper())}"


def _secret(name: str, account: str, environment: Mapping[str, str]) -> str:
    places: tuple[Callable[[], str], ...] = (
        lambda: environment.get(variable(name, account), ""),
        lambda: _from_keyring(f"{name} {account}"),
        lambda: environment.get(name, ""),
        lambda: _from_keyring(name),
    )
    return next((secret for place in places if (secret := place().strip())), "")


def _from_keyring(user: str) -> str:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    with suppress(KeyringError):
        return f"{keyring.get_password(SERVICE, user) or ''}"
    # A machine without a keyring has none of our entries.
    return ""


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]
