"""The metrics, in the order they are shown, and the policies over them."""

from functools import lru_cache

from sellerhealth.definition import policy as policies
from sellerhealth.definition.metric import Definition
from sellerhealth.definition.policy import Policy
from sellerhealth.metrics.cancellation_rate import cancellation_rate
from sellerhealth.metrics.late_dispatch_rate import late_dispatch_rate
from sellerhealth.metrics.order_defect_rate import order_defect_rate

METRICS: dict[str, Definition] = {
    definition.name: definition for definition in (late_dispatch_rate, cancellation_rate, order_defect_rate)
}


@lru_cache
def policy(name: str) -> Policy:
    """The policy of that name over all metrics, without any account's overrides.

    Example:
        >>> policy("handbook")["late_dispatch_rate"].window_days
        30
    """
    return policies.load(name, METRICS)
