"""What a notebook opens: its parameters, checked on arrival, and what they name."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sellerhealth.definition import policy as policies
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.definition.metric import Metric
from sellerhealth.definition.policy import Policy
from sellerhealth.kernel import names_given
from sellerhealth.metrics import METRICS, STATES
from sellerhealth.sources.account import open_account

PARAMETERS = ("account", "marketplace", "as_of", "policy", "data", "max_reject")
FIRST_CELLS = 4
"""The parameters, those papermill injects, the cell that opens the session, and the one to come."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Session:
    """An account on a day under a policy; `policies` holds the chosen one first, then the others."""

    account: Account
    as_of: date
    policies: tuple[Policy, ...]

    @property
    def policy(self) -> Policy:
        """The policy that gives the verdict."""
        return self.policies[0]

    def metric(self, name: str) -> Metric:
        """The metric of that name under the chosen policy."""
        return self.policy[name]

    def context(self) -> dict[str, str]:
        """What a result belongs to, as text."""
        return {
            "account": self.account.name,
            "title": self.account.title,
            "marketplace": self.account.marketplace.code,
            "as_of": self.as_of.isoformat(),
            "policy": self.policy.name,
        }


def open_session(
    *, account: str, marketplace: str, as_of: str, policy: str, data: str, max_reject: str = ""
) -> Session:
    """The session these parameters name. All are plain text; empty means: the account's own, or the last day.

    Raises InputError for a parameter that is no text, unknown, or names nothing.

    Example:
        >>> open_session(account="demo-us", marketplace="", as_of="31/01/2026", policy="", data="data")
        Traceback (most recent call last):
        sellerhealth.definition.errors.InputError: as_of: expected a date such as 2026-01-31. Write year-month-day.
    """
    given = (account, marketplace, as_of, policy, data, max_reject)
    for name, value in zip(PARAMETERS, given, strict=True):
        if not isinstance(value, str):
            raise InputError(name, "a text", "Put it in quotes; with papermill use -r, not -p.")
    _refuse_unknown()
    opened = open_account(data, account, marketplace, max_reject)
    return Session(account=opened, as_of=opened.day(as_of), policies=_policies(opened, policy or opened.policy))


@lru_cache(maxsize=8)
def _policies(account: Account, chosen: str) -> tuple[Policy, ...]:
    """The chosen policy and the others, for this account: the same as long as it is, so that its figures are known."""
    names = [chosen, *(name for name in policies.names() if name != chosen)]
    return tuple(policies.load(name, METRICS, STATES, account.overrides) for name in names)


def _refuse_unknown() -> None:
    """An unknown parameter is an error: in a batch, nothing else has been defined yet."""
    if strange := names_given(FIRST_CELLS) - set(PARAMETERS):
        raise InputError("parameters", f"only {', '.join(PARAMETERS)}", "Check the spelling.", column=min(strange))
