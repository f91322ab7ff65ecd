"""A seller's folder, an Amazon of our own, and a clock that nobody has to wait for."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sp_api.auth import access_token_client

from sellerhealth.sources.spapi.client import Endpoint
from sellerhealth.sources.spapi.fetch import fetch
from sellerhealth.sources.spapi.patience import Patience
from tests.fetch.model import Model
from tests.fetch.server import APP_ID, REFRESH_TOKEN, SECRET, World, serving
from tests.sources.folder import NAME, US, put, real

MODEL = "reports_2021-06-30.openapi.json"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@dataclass
class Shop:
    """An account that fetches: what was told, how long was waited, what lies in its folder."""

    data: Path
    world: World
    address: str
    time: datetime = NOW
    told: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    patience: Patience = field(default_factory=lambda: Patience(silent=5.0))
    at_sleep: Callable[[], None] = lambda: None

    @property
    def folder(self) -> Path:
        return self.data / NAME / "fetched"

    def fetch(self, *only: str, since: str = "", until: str = "") -> int:
        self.told.clear()
        self.slept.clear()
        return fetch(
            self.data,
            NAME,
            since=since,
            until=until,
            only=only,
            tell=self.told.append,
            now=lambda: self.time,
            patience=replace(self.patience, sleep=self.sleep, clock=lambda: time.monotonic() + sum(self.slept)),
            endpoint=Endpoint(api=self.address, login=self.address),
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)
        self.at_sleep()

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if not path.name.startswith("."))


def there(name: str) -> bool:
    """Whether a file of shared/real/amazon is there; `real` would skip the test."""
    try:
        real(name)
    except pytest.skip.Exception:
        return False
    return True


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """An Amazon whose every word is held against Amazon's published model, where that is; "own" goes without."""
    kind = getattr(request, "param", "published" if there(MODEL) else "own")
    world = World(model=Model(real(MODEL)) if kind == "published" else None)
    yield world
    assert not world.problems


@pytest.fixture
def shop(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    for name, secret in (
        ("SP_API_REFRESH_TOKEN", REFRESH_TOKEN),
        ("LWA_APP_ID", APP_ID),
        ("LWA_CLIENT_SECRET", SECRET),
    ):
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    put(tmp_path / "data", {}, US)
    access_token_client.cache.clear()
    with serving(world) as address:
        yield Shop(tmp_path / "data", world, address)
    access_token_client.cache.clear()
