"""account.toml: what a folder is, read and checked."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sellerhealth.definition.errors import InputError
from sellerhealth.definition.marketplaces import Marketplace, marketplace
from sellerhealth.sources.mapped import zone_name

FILE = "account.toml"
KNOWN = ("label", "marketplace", "timezone", "policy", "notebooks", "ignore", "max_reject", "override", "source")
ACCOUNT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
MAX_REJECT = 0.01
WAY_OUT = "Write it as data/README.md shows."


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one account. `marketplaces` has at least one; `max_reject` is a share of a file's rows."""

    label: str = ""
    marketplaces: tuple[Marketplace, ...]
    timezone: str = ""
    policy: str = "handbook"
    notebooks: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_reject: float = MAX_REJECT
    override: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    source: Sequence[Mapping[str, Any]] = ()


def load(folder: Path) -> Settings:
    """The settings of an account folder. Raises InputError, naming the line's key, for what cannot be read."""
    where = f"{folder.name}/{FILE}"
    text = _toml(folder / FILE, where)
    if strange := sorted(set(text) - set(KNOWN)):
        raise InputError(where, f"one of {', '.join(KNOWN)}", WAY_OUT, column=strange[0])
    if "marketplace" not in text:
        raise InputError(where, 'a marketplace, such as marketplace = "US"', WAY_OUT, column="marketplace")
    codes = [text["marketplace"]] if isinstance(text["marketplace"], str) else text["marketplace"]
    zone = _kind(text, "timezone", str, where, "")
    return Settings(
        label=_kind(text, "label", str, where, ""),
        marketplaces=tuple(marketplace(str(code), where) for code in codes),
        timezone=zone_name(zone) if zone else "",
        policy=_kind(text, "policy", str, where, "handbook"),
        notebooks=tuple(_kind(text, "notebooks", list, where, [])),
        ignore=tuple(_kind(text, "ignore", list, where, [])),
        max_reject=_share(text, where),
        override=_kind(text, "override", dict, where, {}),
        source=tuple(_kind(text, "source", list, where, [])),
    )


def _toml(path: Path, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            where, "a file that names the marketplace", 'Create it with the line marketplace = "US".'
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputError(where, "TOML text", WAY_OUT, row=int(line[1]) if line else None) from None


def _kind(text: Mapping[str, Any], key: str, kind: type, where: str, otherwise: Any) -> Any:
    value = text.get(key, otherwise)
    if not isinstance(value, kind):
        shape = {"str": "a text in quotes", "list": "a list in brackets"}.get(kind.__name__, "a section")
        raise InputError(where, shape, WAY_OUT, column=key)
    return value


def _share(text: Mapping[str, Any], where: str) -> float:
    value = text.get("max_reject", MAX_REJECT)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(where, "a share between 0 and 1, such as 0.01", WAY_OUT, column="max_reject")
    return float(value)
