"""What can go wrong between us and Amazon, and how long to be patient.

No token, address or answer of Amazon's is ever part of an error.
"""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self, TypeVar

Answer = TypeVar("Answer")

LATER = "Run the same command again later: what is stored is not fetched again."


class FetchError(Exception):
    """Something cannot be fetched: why, and what to do, in sentences for the user."""


class GoneError(FetchError):
    """What was begun with Amazon leads nowhere: the next run begins anew."""


class ForbiddenError(FetchError):
    """Amazon does not allow it, or no longer takes what it refers to."""


@dataclass
class BusyError(Exception):
    """Something may succeed at another try: what to say when it does not, and the seconds Amazon asks to wait."""

    sentence: str
    seconds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to wait for what, in seconds.

    `tries` is how often a request is made. Between two tries it waits `pause`, twice that, four times that, up to
    `longest`, each made shorter by chance, or as long as Amazon asks. A report is looked at every `poll`. A run asks
    and waits for `run` at most, which is over at `until`. A connection may be silent for `silent`, and a download may
    take `download`.
    """

    tries: int = 6
    pause: float = 2.0
    longest: float = 300.0
    poll: float = 20.0
    run: float = 7200.0
    until: float = math.inf
    silent: float = 30.0
    download: float = 1800.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def begun(self) -> Self:
        """The patience of a run that begins now."""
        return replace(self, until=self.clock() + self.run)

    @property
    def is_over(self) -> bool:
        """Whether the time of the run is over."""
        return self.clock() >= self.until

    def refuse_late(self) -> None:
        """Raise FetchError when the time of the run is over."""
        if self.is_over:
            raise FetchError("The time of one run is over. Run the same command again: it goes on.")

    def try_hard(self, attempt: Callable[[], Answer]) -> Answer:
        """What `attempt` gives; it is made again when it raises BusyError. Raises FetchError for the last one."""
        for count in range(1, self.tries + 1):
            try:
                return attempt()
            except BusyError as again:
                if count == self.tries or self.is_over:
                    raise FetchError(again.sentence) from None
                self.sleep(self.before_next(count, again.seconds))
        raise AssertionError

    def before_next(self, count: int, asked: float | None) -> float:
        """The seconds between a try and the next; never shorter than Amazon asks, unless that is beyond `longest`."""
        grown = min(self.longest, self.pause * 2.0 ** (count - 1))
        # Many programs that were turned away at one moment must not all come back at one moment.
        return max(grown * random.uniform(0.5, 1.0), min(asked or 0.0, self.longest))  # noqa: S311
