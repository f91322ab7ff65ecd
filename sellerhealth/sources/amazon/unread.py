"""Reports of Amazon that are known and not needed: none of their columns goes into a metric."""

from sellerhealth.sources.layout import fold

UNREAD = (
    ("the settlement report", ("settlement-id", "transaction-type")),
    ("the FBA inventory report", ("afn-fulfillable-quantity",)),
    ("the FBA customer returns report", ("return-date", "detailed-disposition")),
    ("the FBA reimbursements report", ("reimbursement-id", "approval-date")),
    ("the FBA removal orders report", ("requested-quantity", "disposed-quantity")),
    ("the FBA fee preview", ("estimated-fee-total",)),
    ("the inventory ledger", ("FNSKU", "MSKU", "Disposition")),
    ("the invoice defect download", ("Shipment ID", "Defect Type", "Defect Reason")),
    ("the Seller Fulfilled Prime order defects report", ("Order date and time", "Promised ship date", "Unit count")),
    ("the sales and traffic report", ("Sessions - Total", "Ordered Product Sales")),
    ("the Voice of the Customer export", ("ASIN", "NCX Rate")),
)
"""What each is called, and the columns it is known by: as published by Amazon, or read by several public importers."""


def unread(header: list[str]) -> str | None:
    """What the report with this header is called, when it is one of these.

    Example:
        >>> unread(["settlement-id", "Transaction-Type", "amount"])
        'the settlement report'
    """
    names = set(map(fold, header))
    return next((label for label, marks in UNREAD if names.issuperset(map(fold, marks))), None)
