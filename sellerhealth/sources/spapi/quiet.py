"""Silence: libraries that hold a token or a signed address write no log while we use them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LIBRARIES = ("sp_api", "httpx", "httpcore", "keyring")


class Silence(logging.Filter):
    """Lets no record through: at one level or another these libraries log headers, answers and addresses."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002
        """False."""
        return False


@contextmanager
def quiet() -> Iterator[None]:
    """Within it, none of these libraries' loggers writes, not even one whose level somebody lowered."""
    silence, names = Silence(), [*LIBRARIES, *logging.root.manager.loggerDict]
    loggers = [logging.getLogger(name) for name in names if name.partition(".")[0] in LIBRARIES]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        # The level silences loggers below it that are made later, the filter what a lowered level would let through.
        logger.setLevel(logging.CRITICAL + 1)
        logger.addFilter(silence)
    try:
        yield
    finally:
        for logger, level in before:
            logger.setLevel(level)
            logger.removeFilter(silence)
