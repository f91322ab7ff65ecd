"""Order pages: turned one by one, each stored as it comes, so that a run that is cut off goes on where it was."""

from datetime import datetime

from sellerhealth.sources.spapi import pages
from sellerhealth.sources.spapi.due import BEHIND, Due
from sellerhealth.sources.spapi.patience import LATER, ForbiddenError, GoneError
from sellerhealth.sources.spapi.reports import FORGOTTEN, Visit
from sellerhealth.sources.spapi.state import Entry, covers
from sellerhealth.sources.work import private

MOST_PAGES = 20_000


def turn(one: Due, visit: Visit) -> bool:
    """Store the pages of a period; whether there were orders. Raises FetchError."""
    begun = _begun(one, visit)
    goes_on = begun["token"] is not None
    try:
        _turn_all(one, visit, begun)
    except (GoneError, ForbiddenError):
        visit.state.pages.pop(one.name, None)
        visit.state.save()
        if not goes_on:
            raise
        # Amazon no longer takes the token of an earlier run: the pages begin anew, once.
        return turn(one, visit)
    at, has_data = datetime.fromisoformat(begun["at"]), bool(begun["orders"])
    visit.state.keep(one.name, one.told, at, has_data=has_data)
    return has_data


def _begun(one: Due, visit: Visit) -> Entry:
    """Where an earlier run was; the begin, when there was none, its pages are gone or its token is too old."""
    begun, unfinished, now = visit.state.pages.get(one.name), visit.state.unfinished(one.name), visit.now()
    if (
        begun
        and unfinished.exists()
        and unfinished.stat().st_size >= begun["bytes"]
        and covers(begun, one.marketplaces)
        and now - datetime.fromisoformat(begun["turned"]) <= FORGOTTEN
    ):
        return begun
    # No token stands for the first page, an empty one for none after the last.
    return {**one.told, "at": now.isoformat(), "token": None, "bytes": 0, "orders": 0}


def _turn_all(one: Due, visit: Visit, begun: Entry) -> None:
    seen = set[str | None]()
    while begun["token"] != "":
        _refuse_circle(begun["token"], seen)
        visit.amazon.patience.refuse_late()
        _turn_one(one, visit, begun)


def _refuse_circle(token: str | None, seen: set[str | None]) -> None:
    if token in seen or len(seen) == MOST_PAGES:
        raise GoneError(f"Amazon sends the same pages again and again. {LATER}")
    seen.add(token)


def _turn_one(one: Due, visit: Visit, begun: Entry) -> None:
    after, before = one.period.bounds(datetime.fromisoformat(begun["at"]) - BEHIND)
    page, token = visit.amazon.page(one.marketplaces, after, before, begun["token"] or "")
    line = pages.line(page).encode()
    with private(visit.state.unfinished(one.name), after=begun["bytes"]) as file:
        file.write(line)
    begun |= {"token": token, "bytes": begun["bytes"] + len(line), "orders": begun["orders"] + len(page["orders"])}
    visit.state.pages[one.name] = {**begun, "turned": visit.now().isoformat()}
    visit.state.save()
