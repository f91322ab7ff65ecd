"""A run: which files are due, each fetched and told of. What fails stops nothing else."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from sellerhealth.sources.settings import Settings
from sellerhealth.sources.spapi import reports
from sellerhealth.sources.spapi.client import Amazon
from sellerhealth.sources.spapi.due import AGAIN, Due, due
from sellerhealth.sources.spapi.patience import FetchError
from sellerhealth.sources.spapi.places import left_out
from sellerhealth.sources.spapi.reports import Visit
from sellerhealth.sources.spapi.state import opened
from sellerhealth.sources.spapi.turning import turn
from sellerhealth.sources.spapi.wanted import Wanted

FOLDER = "fetched"
THERE = "All is there already: nothing was asked for."
LATER = "What may still change is asked for again from {:%Y-%m-%d %H:%M} UTC on."
BEGIN = "Files to fetch: {}. Amazon makes each of them first, which may take some minutes."


def run(
    folder: Path,
    settings: Settings,
    amazon: Amazon,
    wanted: Sequence[Wanted],
    days: tuple[date | None, date],
    now: Callable[[], datetime],
    tell: Callable[[str], None],
) -> int:
    """Fetch what is due into an account's folder, and tell of each file. Returns how many could not be fetched.

    All reports are asked for before the first is waited for, since Amazon makes them side by side.
    """
    with opened(folder / FOLDER) as state:
        visit = Visit(settings=settings, state=state, amazon=amazon, now=now)
        state.forget(now() - reports.FORGOTTEN)
        for sentence in filter(None, (left_out(kind, settings) for kind in wanted)):
            tell(sentence)
        files = _due(visit, wanted, days, now())
        tell(BEGIN.format(len(files)) if files else _nothing(visit, wanted, days))
        asked = [one for one in files if one.wanted.report and _tried(one, tell, lambda one: reports.ask(one, visit))]
        done = [_tried(one, tell, lambda one: _told(one, tell, reports.take(one, visit))) for one in asked]
        pages = [one for one in files if not one.wanted.report]
        done += [_tried(one, tell, lambda one: _told(one, tell, turn(one, visit))) for one in pages]
    return len(files) - sum(done)


def _due(visit: Visit, wanted: Sequence[Wanted], days: tuple[date | None, date], at: datetime) -> list[Due]:
    return [one for kind in wanted for one in due(visit.state, kind, visit.settings, days, at)]


def _nothing(visit: Visit, wanted: Sequence[Wanted], days: tuple[date | None, date]) -> str:
    """That nothing is due, and when something will be that may still change."""
    times = sorted(datetime.fromisoformat(entry["fetched"]) + AGAIN for entry in visit.state.kept.values())
    following = next((at for at in times if at > visit.now() and _due(visit, wanted, days, at)), None)
    # The minute after it: seconds are not shown.
    return f"{THERE} {LATER.format(following + timedelta(seconds=59))}" if following else THERE


def _told(one: Due, tell: Callable[[str], None], has_data: bool) -> None:
    tell(f"{one.shown}: {'stored' if has_data else 'Amazon has no data for it'}.")


def _tried(one: Due, tell: Callable[[str], None], step: Callable[[Due], None]) -> bool:
    """Whether a step went well; if not, what went wrong was told."""
    try:
        step(one)
    except FetchError as trouble:
        tell(f"{one.shown}: not fetched. {trouble}")
    except OSError as error:
        tell(f"{one.shown}: not stored. {error.strerror}. Look after the disk and run the same command again.")
    else:
        return True
    return False
