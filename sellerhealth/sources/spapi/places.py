"""Which marketplaces share a file, and which are left out since one folder cannot hold theirs."""

from sellerhealth.definition.marketplaces import Marketplace
from sellerhealth.sources.amazon.days import days
from sellerhealth.sources.settings import Settings
from sellerhealth.sources.spapi.wanted import Wanted

WHY = {
    "apart": "its days would be read in the order of {home}, which is another",
    "home": "a listing does not say of which marketplace it is, and those of {home} are fetched",
}


def files(kind: Wanted, settings: Settings) -> list[tuple[Marketplace, ...]]:
    """The marketplaces of each file of a kind."""
    if kind.places == "together":
        return [settings.marketplaces]
    return [(place,) for place in settings.marketplaces if place not in _left_out(kind, settings)]


def left_out(kind: Wanted, settings: Settings) -> str:
    """What is not fetched for which marketplaces, why, and what to do; empty when nothing is left out."""
    codes = [place.code for place in _left_out(kind, settings)]
    if not codes:
        return ""
    why, named = WHY[kind.places].format(home=settings.home.code), ", ".join(codes)
    way_out = f"Give {'each of ' if len(codes) > 1 else ''}{named} an account folder of its own."
    return f"{kind.label[0].upper()}{kind.label[1:]}: not fetched for {named}, because {why}. {way_out}"


def _left_out(kind: Wanted, settings: Settings) -> list[Marketplace]:
    """All files of a folder are read as the first marketplace writes them."""
    _, *others = settings.marketplaces
    if kind.places == "apart":
        return [place for place in others if days(place, short_year=True) != days(settings.home, short_year=True)]
    return others if kind.places == "home" else []
