"""An agency whose accounts lie in a bucket on this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sellerhealth.definition.account import Account
from sellerhealth.sources.account import open_account
from sellerhealth.sources.remote.bucket import Patience
from sellerhealth.sources.remote.fetch import fetch, push
from sellerhealth.sources.remote.names import names
from tests.remote.bucket import NAME, Bucket, serving

KEY, SECRET = "canary-key-id", "canary-secret"
PATIENCE = Patience(connect=2, silent=0.5, tries=2, pause=0.01)
TOML = 'marketplace = "US"\n'


@dataclass
class Agency:
    """The bucket, its address, and this machine, whose cache is `cache`."""

    bucket: Bucket
    home: Path
    monkeypatch: pytest.MonkeyPatch
    data: str = f"s3://{NAME}/accounts"
    patience: Patience = field(default_factory=lambda: PATIENCE)

    def put(self, files: dict[str, str | bytes], account: str = "shop", **more: object) -> None:
        for name, content in files.items():
            self.bucket.put(f"accounts/{account}/{name}", content, **more)

    def remove(self, name: str) -> None:
        del self.bucket.objects[f"accounts/shop/{name}"]

    def machine(self, name: str) -> None:
        """Work on another machine from now on."""
        self.monkeypatch.setenv("XDG_CACHE_HOME", str(self.home / name))

    def fetch(self, account: str = "shop", *, settings_only: bool = False) -> Path:
        return fetch(self.data, account, settings_only=settings_only, patience=self.patience)

    def push(self) -> str:
        return push(self.data, "shop", self.patience)

    def open(self) -> Account:
        return open_account(self.fetch(), "shop")

    def names(self) -> list[str]:
        return names(self.data)

    def asked(self) -> list[str]:
        """What was fetched since this was last asked, by the names in the account's folder."""
        return sorted(key.removeprefix("accounts/shop/") for key in self.bucket.fetched())


def tree(folder: Path) -> list[str]:
    """The files of an account's copy, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def printed(code: str) -> int:
    """The number that a program prints in a process of its own."""
    told = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, timeout=60)
    return int(told.stdout)


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    for name in [name for name in os.environ if name.startswith(("AWS_", "AZURE_", "GOOGLE_"))]:
        monkeypatch.delenv(name)
    bucket = Bucket()
    with serving(bucket) as address:
        for name, value in {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "eu-west-2",
            "AWS_ENDPOINT_URL": address,
            "AWS_ALLOW_HTTP": "true",
            "NO_PROXY": "127.0.0.1",
        }.items():
            monkeypatch.setenv(name, value)
        agency = Agency(bucket, tmp_path, monkeypatch)
        agency.machine("here")
        agency.put({"account.toml": TOML})
        yield agency
