"""Who ships an order, in the words of Amazon's files."""

from collections.abc import Mapping

CHANNEL: Mapping[str, str] = {
    "amazon": "AFN",
    "fba": "AFN",
    "fulfilled by amazon": "AFN",
    "fulfillment by amazon": "AFN",
    "fulfilment by amazon": "AFN",
    "amazon fulfilled": "AFN",
    "amazon-fulfilled": "AFN",
    "merchant": "MFN",
    "seller": "MFN",
    "default": "MFN",
    "fbm": "MFN",
    "fulfilled by merchant": "MFN",
    "fulfilled by seller": "MFN",
    "merchant fulfilled": "MFN",
    "merchant-fulfilled": "MFN",
    "seller fulfilled": "MFN",
    "seller-fulfilled": "MFN",
}
"""MFN and AFN themselves are known without it, in upper and lower case."""

SPELLINGS = ("fulfillment-channel", "fulfilment-channel")
"""What flat files call the column."""
