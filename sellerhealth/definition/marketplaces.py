"""The marketplaces: id, country, currency, time zone, languages, date order, old encoding.

Ids and currencies are Amazon's. The zones are assumed from public third-party lists, not official;
an account may name its own zone.
"""

import difflib
from dataclasses import dataclass, replace
from typing import Self

from sellerhealth.definition.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Marketplace:
    """One Amazon marketplace.

    `languages` are those its buyers write in, the main one first; `feedback_date` is how the seller
    feedback report writes a day there, and other reports with a full year; `decimal` is the mark before decimals;
    `legacy_encoding` is what files of that region are written in when they are not UTF-8: the code page of Windows for
    its language, in which old reports came and spreadsheets still save.
    """

    code: str
    country: str
    marketplace_id: str
    currency: str
    zone: str
    domain: str
    languages: tuple[str, ...]
    feedback_date: str = "%d/%m/%y"
    decimal: str = "."
    legacy_encoding: str = "cp1252"

    @property
    def date_order(self) -> str:
        """The order of day, month and year in a day written with numbers: DMY, MDY or YMD."""
        return "".join(sorted("DMY", key=self.feedback_date.upper().index))

    def dated(self, order: str) -> Self:
        """The marketplace with its days in this order.

        Example:
            >>> marketplace("GB").date_order, marketplace("GB").dated("MDY").date_order
            ('DMY', 'MDY')
        """
        return replace(self, feedback_date=DATE_ORDERS[order])


DATE_ORDERS = {"DMY": "%d/%m/%y", "MDY": "%m/%d/%y", "YMD": "%y/%m/%d"}
"""The orders of day, month and year, and how the seller feedback report writes a day in each."""


def _marketplace(
    code: str,
    country: str,
    marketplace_id: str,
    currency: str,
    zone: str,
    domain: str,
    languages: tuple[str, ...],
    **more: str,
) -> Marketplace:
    return Marketplace(
        code=code,
        country=country,
        marketplace_id=marketplace_id,
        currency=currency,
        zone=zone,
        domain=domain,
        languages=languages,
        **more,
    )


MARKETPLACES = {
    place.code: place
    for place in (
        _marketplace(
            "US",
            "United States",
            "ATVPDKIKX0DER",
            "USD",
            "America/Los_Angeles",
            "com",
            ("en",),
            feedback_date="%m/%d/%y",
        ),
        _marketplace("CA", "Canada", "A2EUQ1WTGCTBG2", "CAD", "America/Los_Angeles", "ca", ("en", "fr")),
        _marketplace("MX", "Mexico", "A1AM78C64UM0Y8", "MXN", "America/Los_Angeles", "com.mx", ("es",)),
        _marketplace("BR", "Brazil", "A2Q3Y263D00KWC", "BRL", "America/Sao_Paulo", "com.br", ("pt",), decimal=","),
        _marketplace("GB", "United Kingdom", "A1F83G8C2ARO7P", "GBP", "Europe/London", "co.uk", ("en",)),
        _marketplace(
            "DE",
            "Germany",
            "A1PA6795UKMFR9",
            "EUR",
            "Europe/Berlin",
            "de",
            ("de",),
            feedback_date="%d.%m.%y",
            decimal=",",
        ),
        _marketplace("FR", "France", "A13V1IB3VIYZZH", "EUR", "Europe/Paris", "fr", ("fr",), decimal=","),
        _marketplace("IT", "Italy", "APJ6JRA9NG5V4", "EUR", "Europe/Rome", "it", ("it",), decimal=","),
        _marketplace("ES", "Spain", "A1RKKUPIHCS9HS", "EUR", "Europe/Madrid", "es", ("es",), decimal=","),
        _marketplace("NL", "Netherlands", "A1805IZSGTT6HS", "EUR", "Europe/Amsterdam", "nl", ("nl",), decimal=","),
        _marketplace("BE", "Belgium", "AMEN7PMS3EDWL", "EUR", "Europe/Brussels", "com.be", ("fr", "nl"), decimal=","),
        _marketplace("IE", "Ireland", "A28R8C7NBKEWEA", "EUR", "Europe/Dublin", "ie", ("en",)),
        _marketplace(
            "SE",
            "Sweden",
            "A2NODRKZP88ZB9",
            "SEK",
            "Europe/Stockholm",
            "se",
            ("sv",),
            feedback_date="%Y-%m-%d",
            decimal=",",
        ),
        _marketplace(
            "PL",
            "Poland",
            "A1C3SOZRARQ6R3",
            "PLN",
            "Europe/Warsaw",
            "pl",
            ("pl",),
            decimal=",",
            legacy_encoding="cp1250",
        ),
        _marketplace(
            "TR",
            "Turkey",
            "A33AVAJ2PDY3EV",
            "TRY",
            "Europe/Istanbul",
            "com.tr",
            ("tr",),
            decimal=",",
            legacy_encoding="cp1254",
        ),
        _marketplace("AE", "United Arab Emirates", "A2VIGQ35RCS4UG", "AED", "Asia/Dubai", "ae", ("ar", "en")),
        _marketplace("SA", "Saudi Arabia", "A17E79C6D8DWNP", "SAR", "Asia/Riyadh", "sa", ("ar", "en")),
        _marketplace("EG", "Egypt", "ARBP9OOSHTCHU", "EGP", "Africa/Cairo", "eg", ("ar", "en")),
        _marketplace("ZA", "South Africa", "AE08WJ6YKNBMC", "ZAR", "Africa/Johannesburg", "co.za", ("en",)),
        _marketplace("IN", "India", "A21TJRUUN4KGV", "INR", "Asia/Kolkata", "in", ("en", "hi")),
        _marketplace(
            "JP",
            "Japan",
            "A1VC38T7YXB528",
            "JPY",
            "Asia/Tokyo",
            "co.jp",
            ("ja",),
            feedback_date="%y/%m/%d",
            legacy_encoding="cp932",
        ),
        _marketplace("AU", "Australia", "A39IBJ37TRP1C6", "AUD", "Australia/Sydney", "com.au", ("en",)),
        _marketplace("SG", "Singapore", "A19VAU5U5O7RUS", "SGD", "Asia/Singapore", "sg", ("en",)),
    )
}

SALES_CHANNELS = {f"amazon.{place.domain}": place.code for place in MARKETPLACES.values()}
"""What All Orders writes under sales-channel, in lower case, and the marketplace it means."""


def country_code(text: str) -> str:
    """A country code as it is written here: capitals, and "GB" for "UK".

    Example:
        >>> country_code(" uk "), country_code("de")
        ('GB', 'DE')
    """
    code = text.strip().upper()
    return "GB" if code == "UK" else code


def marketplace(code: str, where: str = "account.toml") -> Marketplace:
    """The marketplace of a country code; "UK" is read as "GB".

    Raises InputError for an unknown code, naming the nearest one.

    Example:
        >>> marketplace("uk").zone
        'Europe/London'
    """
    wanted = country_code(code)
    if wanted not in MARKETPLACES:
        near = difflib.get_close_matches(wanted, MARKETPLACES, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(MARKETPLACES)}."
        raise InputError(where, "the country code of a marketplace, such as US or GB", hint, column="marketplace")
    return MARKETPLACES[wanted]
