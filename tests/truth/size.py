"""How many generated accounts a test asks for: a few as a rule, as many as wanted by the environment."""

import os

LONG = "SELLERHEALTH_TRUTH"
"""The variable of the environment that holds how many; a test's own short number where it is not set."""


def accounts(few: int) -> int:
    """How many accounts to generate: `few`, or what the environment says."""
    return int(os.environ.get(LONG) or few)


def is_long() -> bool:
    """Whether the long form is asked for, in which a test may hold its figures to narrower bounds."""
    return bool(os.environ.get(LONG))
