"""Which notebooks are run, for which account, and where their pages go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sellerhealth.definition import policy as policies
from sellerhealth.definition.account import Account
from sellerhealth.definition.errors import InputError
from sellerhealth.metrics import METRICS, STATES
from sellerhealth.sources.account import load_settings, open_account
from sellerhealth.sources.remote.local import names_in
from sellerhealth.sources.settings import ACCOUNT_NAME

START = "00_start_here"
"""The notebook that teaches what all others take for granted; it reports on no account."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of every account of a run, as text; empty: the account's own, or the last day of its data."""

    as_of: str = ""
    policy: str = ""
    max_reject: str = ""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One notebook for one account, marketplace and day."""

    notebook: Path
    account: str
    marketplace: str
    as_of: date
    policy: str
    data: Path
    max_reject: str = ""
    read_from: str = ""

    @property
    def key(self) -> str:
        """The one name of its page in the output folder."""
        return f"{self.folder.as_posix()}/{self.notebook.stem}"

    @property
    def parameters(self) -> dict[str, str]:
        """The notebook's parameters: plain text, all of them."""
        return {
            "account": self.account,
            "marketplace": self.marketplace,
            "as_of": self.as_of.isoformat(),
            "policy": self.policy,
            "data": str(self.data),
            "max_reject": self.max_reject,
        }

    @property
    def folder(self) -> Path:
        """Where its page goes, under the output folder."""
        return Path(self.as_of.isoformat(), *self.account.split("/"), self.marketplace)


def accounts_in(data: str) -> list[str]:
    """The accounts under a data folder, or an address of one. Raises InputError when there are none."""
    found = names_in(data)
    if not found:
        raise InputError(
            data, "a folder with an account.toml for each account", "Create one, or run `sellerhealth demo`."
        )
    return found


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks of the suite that report, in their order. Raises InputError when there are none."""
    found = sorted(path for path in folder.glob("[0-9][0-9]_*.ipynb") if path.stem != START)
    if not found:
        raise InputError(
            str(folder), "the notebooks of the suite", "Run it where notebooks/ lies, or name it with --notebooks."
        )
    return found


def texts_of(notebooks: Sequence[Path]) -> dict[str, str]:
    """What they hold, by name. Raises InputError for one that cannot be read."""
    found = {}
    for path in notebooks:
        try:
            found[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            way_out = "Save it again, or remove it."
            raise InputError(path.name, "a notebook in UTF-8 that can be opened", way_out) from None
    return found


def plan(data: Path, account: str, notebooks: Sequence[Path], asked: Asked) -> list[Job]:
    """The jobs of an account; opening it fills its store. Raises InputError when it cannot be read."""
    settings = load_settings(data, account)
    if not all(ACCOUNT_NAME.fullmatch(part) for part in account.split("/")):
        raise InputError("account", "letters, digits, dot, dash or underline", "Name one account.")
    chosen = replace(asked, policy=asked.policy or settings.policy)
    policies.load(chosen.policy, METRICS, STATES, settings.override)
    opened = [open_account(data, account, place.code, chosen.max_reject) for place in settings.marketplaces]
    wanted = _wanted(notebooks, settings.notebooks, account)
    return list(dict.fromkeys(_job(data, seller, notebook, chosen) for seller in opened for notebook in wanted))


def _job(data: Path, seller: Account, notebook: Path, asked: Asked) -> Job:
    return Job(
        notebook=notebook,
        account=seller.name,
        marketplace=seller.marketplace.code,
        as_of=seller.day(asked.as_of),
        policy=asked.policy,
        data=data.resolve(),
        max_reject=asked.max_reject,
        read_from=seller.read_from,
    )


def _wanted(notebooks: Sequence[Path], names: Sequence[str], account: str) -> list[Path]:
    """The notebooks account.toml names, or all of them."""
    known = {notebook.stem: notebook for notebook in notebooks}
    for name in names:
        if name not in known:
            raise InputError(
                f"{account}/account.toml", f"one of {', '.join(known)}", "Check the name.", column="notebooks"
            )
    return [known[name] for name in names] or list(notebooks)
