"""The names a notebook uses, and nothing else."""

from functools import lru_cache

from sellerhealth.definition import policy as _policy
from sellerhealth.definition.policy import Policy
from sellerhealth.metrics import METRICS


@lru_cache
def policy(name: str) -> Policy:
    """The policy of that name."""
    return _policy.load(name, METRICS)
