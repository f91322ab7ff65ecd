"""What an account needs from Amazon, and what is never asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sellerhealth.definition.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One kind of file to fetch.

    `report` is Amazon's report type; empty for order pages, which are no report. A file covers `days` at most; 0 stands
    for a snapshot of the moment. At first `back` days are fetched; what lies less than `settles` days after a
    file's last day may still change, so the file is fetched again. `reader` is the layout it must have. `places` says
    whether marketplaces share a file ("together"), each has its own ("apart"), or only the first one's can be read
    ("home"). `replaces` says that a snapshot replaces the last one, since the readers take each for the present.
    """

    name: str
    label: str
    ends: str
    report: str = ""
    days: int = 0
    back: int = 0
    settles: int = 0
    reader: str = ""
    places: Literal["together", "apart", "home"] = "together"
    replaces: bool = False


WANTED = (
    Wanted(
        name="all_orders",
        label="All Orders",
        reader="all_orders",
        ends="tsv",
        report="GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL",
        days=30,
        back=400,
        settles=60,
    ),
    Wanted(
        name="feedback",
        label="seller feedback",
        reader="seller_feedback",
        ends="tsv",
        report="GET_SELLER_FEEDBACK_DATA",
        days=365,
        back=400,
        settles=90,
        places="apart",
    ),
    Wanted(
        name="performance",
        label="seller performance",
        reader="seller_performance",
        ends="json",
        report="GET_V2_SELLER_PERFORMANCE_REPORT",
    ),
    Wanted(
        name="returns",
        label="returns",
        reader="returns",
        ends="tsv",
        report="GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE",
        days=60,
        back=400,
        settles=90,
    ),
    Wanted(
        name="listings",
        label="All Listings",
        reader="listings",
        ends="tsv",
        report="GET_MERCHANT_LISTINGS_ALL_DATA",
        places="home",
        replaces=True,
    ),
    Wanted(name="orders", label="orders of the Orders API", ends="jsonl", days=30, back=100),
)

RESTRICTED = frozenset(
    {
        "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_INVOICING",
        "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_TAX",
        "GET_EASYSHIP_DOCUMENTS",
        "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING",
        "GET_FLAT_FILE_ORDER_REPORT_DATA_INVOICING",
        "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING",
        "GET_FLAT_FILE_ORDER_REPORT_DATA_TAX",
        "GET_FLAT_FILE_ORDERS_RECONCILIATION_DATA_INVOICING",
        "GET_FLAT_FILE_ORDERS_RECONCILIATION_DATA_SHIPPING",
        "GET_FLAT_FILE_ORDERS_RECONCILIATION_DATA_TAX",
        "GET_GST_MTR_B2B_CUSTOM",
        "GET_ORDER_REPORT_DATA_INVOICING",
        "GET_ORDER_REPORT_DATA_SHIPPING",
        "GET_ORDER_REPORT_DATA_TAX",
        "GET_VAT_TRANSACTION_DATA",
        "SC_VAT_TAX_REPORT",
    }
)
"""Report types that hold buyers' personal data, by Amazon's list of those that need a restricted data token."""
SOUNDS_RESTRICTED = re.compile(r"SHIPPING|INVOIC|TAX|VAT|GST|EASYSHIP|ACTIONABLE|RECONCILIATION|ADDRESS|BUYER|CUSTOMER")
"""What the names of such reports have in common, for those that Amazon adds to its list."""


def is_restricted(report: str) -> bool:
    """Whether a report type holds buyers' personal data, by its name.

    Example:
        >>> is_restricted("GET_ORDER_REPORT_DATA_TAX"), is_restricted("GET_SELLER_FEEDBACK_DATA")
        (True, False)
    """
    return report.upper() in RESTRICTED or SOUNDS_RESTRICTED.search(report.upper()) is not None


def chosen(names: Sequence[str]) -> list[Wanted]:
    """The kinds of file with these names, all when none is named. Raises InputError for any other name."""
    known = {word: one for one in WANTED for word in (one.name, one.report) if word}
    for name in names:
        if is_restricted(name):
            way_out = "Leave it out: this program never asks for reports with names and addresses."
            raise InputError("--only", "a report without buyers' personal data", way_out)
        if name not in known:
            raise InputError("--only", f"one of {', '.join(one.name for one in WANTED)}", "Correct it or leave it out.")
    return [one for one in WANTED if not names or one in [known[name] for name in names]]
