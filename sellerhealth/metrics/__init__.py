"""The metrics, in the order they are shown."""

from sellerhealth.definition.metric import Definition
from sellerhealth.metrics.cancellation_rate import cancellation_rate
from sellerhealth.metrics.late_dispatch_rate import late_dispatch_rate
from sellerhealth.metrics.order_defect_rate import order_defect_rate

METRICS: dict[str, Definition] = {
    definition.name: definition for definition in (late_dispatch_rate, cancellation_rate, order_defect_rate)
}
