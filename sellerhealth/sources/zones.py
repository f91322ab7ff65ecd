"""What the short names of time zones mean, in minutes from UTC.

By the IANA time zone database. Several of them mean two things: those are read only where the zone of the
account makes them one, and any other name is not known.
"""

from collections.abc import Mapping

EVERYWHERE = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "west": 60,
    "cet": 60,
    "cest": 120,
    "met": 60,
    "mest": 120,
    "mez": 60,
    "mesz": 120,
    "eet": 120,
    "eest": 180,
    "pst": -480,
    "pdt": -420,
    "mst": -420,
    "mdt": -360,
    "edt": -240,
    "hst": -600,
    "akst": -540,
    "akdt": -480,
    "brt": -180,
    "brst": -120,
    "sast": 120,
    "jst": 540,
    "sgt": 480,
    "aedt": 660,
}
"""Names that mean one thing, or for which every other meaning is out of use."""

AMERICA = {"cst": -360, "cdt": -300, "est": -300}
"""CST is China's too, CDT Cuba's, and EST was Australia's."""

SOMEWHERE = {
    "America/": AMERICA,
    "Europe/London": {"bst": 60},
    "Europe/Dublin": {"ist": 60},
    "Asia/Kolkata": {"ist": 330},
    "Asia/Dubai": {"gst": 240},
    "Asia/Riyadh": {"ast": 180},
    "Australia/": {"aest": 600, "acst": 570, "acdt": 630, "awst": 480},
}
"""Names that are read in these zones only, by the beginning of the zone's name."""


def minutes(zone: str) -> Mapping[str, int]:
    """The minutes from UTC of each name, in small letters, that is known to an account of this zone.

    Example:
        >>> minutes("Asia/Kolkata")["ist"], minutes("Europe/Dublin")["ist"], "ist" in minutes("Europe/London")
        (330, 60, False)
    """
    local = (names for beginning, names in SOMEWHERE.items() if zone.startswith(beginning))
    return EVERYWHERE | {name: offset for names in local for name, offset in names.items()}
