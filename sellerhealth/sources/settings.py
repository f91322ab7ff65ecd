"""account.toml: what a folder is, read and checked."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import DATE_ORDERS, Marketplace, marketplace
from sellerhealth.sources.mapped import zone_name

FILE = "account.toml"
KNOWN = (
    "label",
    "marketplace",
    "timezone",
    "date_order",
    "policy",
    "notebooks",
    "contact",
    "ignore",
    "max_reject",
    "override",
    "source",
)
ACCOUNT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MAX_REJECT = 0.01
WAY_OUT = "Write it as data/README.md shows."
SHAPES: dict[type, str] = {str: "a text in quotes", list: "a list in brackets", dict: "a section"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one account.

    `marketplaces` has at least one; `date_order` is the first one's when empty; `contact` is the seller's own address
    for buyers; `max_reject` is a share of a file's rows.
    """

    label: str = ""
    marketplaces: tuple[Marketplace, ...]
    timezone: str = ""
    date_order: str = ""
    policy: str = "handbook"
    notebooks: tuple[str, ...] = ()
    contact: str = ""
    ignore: tuple[str, ...] = ()
    max_reject: float = MAX_REJECT
    override: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    source: Sequence[Mapping[str, Any]] = ()

    @property
    def home(self) -> Marketplace:
        """The first marketplace, as this account's files write days."""
        first = self.marketplaces[0]
        return first.dated(self.date_order) if self.date_order else first

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages buyers write in, the first marketplace's first."""
        told = [word for place in self.marketplaces for word in place.languages]
        return tuple(dict.fromkeys(told))


def load(folder: Path) -> Settings:
    """The settings of an account folder. Raises InputError, naming the line or the key, for what cannot be read."""
    where = f"{folder.name}/{FILE}"
    text = _toml(folder / FILE, where)
    if strange := sorted(set(text) - set(KNOWN)):
        raise InputError(where, f"one of {', '.join(KNOWN)}", WAY_OUT, column=strange[0])
    zone = _kind(text, "timezone", str, where, "")
    return Settings(
        label=_kind(text, "label", str, where, ""),
        marketplaces=tuple(marketplace(code, where) for code in _codes(text, where)),
        timezone=zone_name(zone, where, WAY_OUT) if zone else "",
        date_order=_date_order(text, where),
        policy=_kind(text, "policy", str, where, "handbook"),
        notebooks=tuple(_list(text, "notebooks", str, where)),
        contact=_kind(text, "contact", str, where, "").strip(),
        ignore=tuple(_list(text, "ignore", str, where)),
        max_reject=_share(text, where),
        override=_sections(text, "override", where),
        source=tuple(_list(text, "source", dict, where)),
    )


def _toml(path: Path, where: str) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise InputError(
            where, "a file that names the marketplace", 'Create it with the line marketplace = "US".'
        ) from None
    except OSError:
        raise InputError(where, "a file that can be opened", "Check its kind and its permissions.") from None
    except UnicodeDecodeError:
        raise InputError(where, "TOML text in UTF-8", "Save it as UTF-8. " + WAY_OUT) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        last = len(text.splitlines())
        raise InputError(where, "TOML text", WAY_OUT, row=int(line[1]) if line else last) from None
    except RecursionError:
        raise InputError(where, "TOML text without brackets in brackets", WAY_OUT) from None


def _codes(text: Mapping[str, Any], where: str) -> list[str]:
    given = text.get("marketplace")
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
        raise InputError(where, 'a marketplace, such as marketplace = "US"', WAY_OUT, column="marketplace")
    return codes


def _kind(text: Mapping[str, Any], key: str, kind: type, where: str, otherwise: Any) -> Any:
    value = text.get(key, otherwise)
    if not isinstance(value, kind):
        raise InputError(where, SHAPES[kind], WAY_OUT, column=key)
    return value


def _list(text: Mapping[str, Any], key: str, kind: type, where: str) -> list[Any]:
    """A list of one kind; of sections, when written [[key]]."""
    value = _kind(text, key, list, where, [])
    if not all(isinstance(item, kind) for item in value):
        raise InputError(where, f"a list, each of it {SHAPES[kind]}", WAY_OUT, column=key)
    return list(value)


def _sections(text: Mapping[str, Any], key: str, where: str) -> Mapping[str, Mapping[str, Any]]:
    value: Mapping[str, Any] = _kind(text, key, dict, where, {})
    for name, section in value.items():
        if not isinstance(section, dict):
            raise InputError(where, SHAPES[dict], WAY_OUT, column=f"{key}.{name}")
    return value


def _date_order(text: Mapping[str, Any], where: str) -> str:
    order: str = _kind(text, "date_order", str, where, "").upper()
    if order and order not in DATE_ORDERS:
        raise InputError(where, f"one of {', '.join(DATE_ORDERS)}", WAY_OUT, column="date_order")
    return order


def _share(text: Mapping[str, Any], where: str) -> float:
    value = text.get("max_reject", MAX_REJECT)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(where, "a share between 0 and 1, such as 0.01", WAY_OUT, column="max_reject")
    return float(value)
