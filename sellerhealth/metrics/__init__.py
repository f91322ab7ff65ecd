"""The metrics and states, in the order they are shown, and the policies over them."""

from functools import lru_cache

from sellerhealth.definition import policy as policies
from sellerhealth.definition.metric import Definition
from sellerhealth.definition.policy import Policy
from sellerhealth.definition.state import StateDefinition
from sellerhealth.metrics.average_response_time import average_response_time
from sellerhealth.metrics.cancellation_rate import cancellation_rate
from sellerhealth.metrics.contact_response_time import contact_response_time
from sellerhealth.metrics.customer_service_rating import customer_service_rating
from sellerhealth.metrics.feedback_rating import feedback_rating
from sellerhealth.metrics.first_contact_resolution_rate import first_contact_resolution_rate
from sellerhealth.metrics.late_dispatch_rate import late_dispatch_rate
from sellerhealth.metrics.on_time_delivery_rate import on_time_delivery_rate
from sellerhealth.metrics.order_defect_rate import order_defect_rate
from sellerhealth.metrics.perfect_order_percentage import perfect_order_percentage
from sellerhealth.metrics.policy_violations import policy_violations
from sellerhealth.metrics.seller_rating import seller_rating
from sellerhealth.metrics.valid_tracking_rate import valid_tracking_rate

METRICS: dict[str, Definition] = {
    definition.name: definition
    for definition in (
        late_dispatch_rate,
        cancellation_rate,
        contact_response_time,
        order_defect_rate,
        perfect_order_percentage,
        seller_rating,
        feedback_rating,
        customer_service_rating,
        average_response_time,
        first_contact_resolution_rate,
        valid_tracking_rate,
        on_time_delivery_rate,
    )
}
STATES: dict[str, StateDefinition] = {policy_violations.name: policy_violations}


@lru_cache
def policy(name: str) -> Policy:
    """The policy of that name over all metrics and states, without any account's overrides.

    Example:
        >>> policy("handbook")["late_dispatch_rate"].window_days
        30
    """
    return policies.load(name, METRICS, STATES)
