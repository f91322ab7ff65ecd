"""Order pages: turned one by one, each stored as it comes, so that a run that is cut off goes on where it was."""

from datetime import datetime

from sellerhealth.sources.spapi import pages
from sellerhealth.sources.spapi.due import BEHIND, Due
from sellerhealth.sources.spapi.patience import LATER, GoneError
from sellerhealth.sources.spapi.reports import Visit
from sellerhealth.sources.spapi.state import Entry, private, told

MOST_PAGES = 20_000


def turn(one: Due, visit: Visit) -> bool:
    """Store the pages of a period; whether there were orders. Raises FetchError."""
    begun = _begun(one, visit)
    seen = set[str | None]()
    try:
        while begun["token"] != "":
            _refuse_circle(begun["token"], seen)
            _turn_one(one, visit, begun)
    except GoneError:
        visit.state.pages.pop(one.name, None)
        visit.state.save()
        raise
    at, has_data = datetime.fromisoformat(begun["at"]), bool(begun["orders"])
    visit.state.keep(one.name, one.period, at, has_data=has_data)
    return has_data


def _begun(one: Due, visit: Visit) -> Entry:
    """Where an earlier run was; the begin, when there was none or its pages are gone."""
    begun, unfinished = visit.state.pages.get(one.name), visit.state.unfinished(one.name)
    if begun and unfinished.exists() and unfinished.stat().st_size >= begun["bytes"]:
        return begun
    # No token stands for the first page, an empty one for none after the last.
    return {"at": visit.now().isoformat(), "token": None, "bytes": 0, "orders": 0, **told(one.period)}


def _refuse_circle(token: str | None, seen: set[str | None]) -> None:
    if token in seen or len(seen) == MOST_PAGES:
        raise GoneError(f"Amazon sends the same pages again and again. {LATER}")
    seen.add(token)


def _turn_one(one: Due, visit: Visit, begun: Entry) -> None:
    after, before = one.period.bounds(datetime.fromisoformat(begun["at"]) - BEHIND)
    page, token = visit.amazon.page(visit.marketplaces(one.wanted), after, before, begun["token"] or "")
    line = pages.line(page).encode()
    with private(visit.state.unfinished(one.name), after=begun["bytes"]) as file:
        file.write(line)
    begun |= {"token": token, "bytes": begun["bytes"] + len(line), "orders": begun["orders"] + len(page["orders"])}
    visit.state.pages[one.name] = begun
    visit.state.save()
