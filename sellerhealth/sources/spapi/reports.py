"""A report: asked for, waited for, downloaded, checked, stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sellerhealth.definition.errors import InputError
from sellerhealth.sources import rows
from sellerhealth.sources.amazon import layouts
from sellerhealth.sources.layout import Layout
from sellerhealth.sources.recognise import recognise
from sellerhealth.sources.settings import Settings
from sellerhealth.sources.spapi import cells, documents
from sellerhealth.sources.spapi.client import Amazon
from sellerhealth.sources.spapi.due import Due
from sellerhealth.sources.spapi.patience import FetchError, GoneError
from sellerhealth.sources.spapi.state import WORK, State, covers
from sellerhealth.sources.spapi.wanted import Wanted
from sellerhealth.sources.work import private, workdir

FORGOTTEN = timedelta(days=1)
"""A report asked for longer ago is asked for again: it would tell of too old a state."""
BY_HAND = "Download it in Seller Central instead."


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One run for one account: its settings, its state, Amazon, and the clock."""

    settings: Settings
    state: State
    amazon: Amazon
    now: Callable[[], datetime]

    @property
    def known(self) -> Sequence[Layout]:
        """The layouts by which this account's files are read."""
        home = self.settings.home
        return layouts(home, self.settings.timezone or home.zone, self.settings.languages)

    def layout(self, wanted: Wanted, header: list[str]) -> Layout:
        """How a report is read, by its header. Raises FetchError for the header of another report."""
        fitting = [layout for layout in self.known if layout.name == wanted.reader and not layout.missing(header)]
        if not fitting:
            raise FetchError(f"Amazon sent something else: expected the report of {wanted.label}. {BY_HAND}")
        return fitting[0]


def ask(one: Due, visit: Visit) -> None:
    """Ask Amazon for a report, unless it was asked for already. Raises FetchError."""
    if covers(visit.state.asked.get(one.name, {}), one.marketplaces):
        return
    visit.amazon.patience.refuse_late()
    now = visit.now()
    span = one.period.bounds(now) if one.wanted.days else ()
    report_id = visit.amazon.ask_for(one.wanted.report, one.marketplaces, *span)
    visit.state.asked[one.name] = {**one.told, "id": report_id, "at": now.isoformat()}
    visit.state.save()


def take(one: Due, visit: Visit) -> bool:
    """Wait for a report that was asked for, and store it; whether there was data. Raises FetchError."""
    asked = visit.state.asked[one.name]
    try:
        document_id = _waited(visit.amazon, asked["id"])
    except GoneError:
        visit.state.asked.pop(one.name)
        visit.state.save()
        raise
    if document_id:
        _download(one, visit, document_id)
    visit.state.keep(one.name, one.told, datetime.fromisoformat(asked["at"]), has_data=bool(document_id))
    return bool(document_id)


def _waited(amazon: Amazon, report_id: str) -> str:
    """The id of the document, once it is made; empty when there is no data."""
    while True:
        state, document_id = amazon.state_of(report_id)
        if state in ("DONE", "CANCELLED"):
            return document_id
        if state == "FATAL":
            raise GoneError("Amazon could not make it. Run the same command again tomorrow.")
        if amazon.patience.is_over:
            raise FetchError("Amazon is still making it. Run the same command again later: it goes on waiting.")
        amazon.patience.sleep(amazon.patience.poll)


def _download(one: Due, visit: Visit, document_id: str) -> None:
    """The document as an unfinished file, whole and in a form that can be read."""
    try:
        visit.amazon.patience.try_hard(lambda: _write(one, visit, document_id))
        _refuse_strange(one, visit)
    except FetchError:
        visit.state.unfinished(one.name).unlink(missing_ok=True)
        raise


def _write(one: Due, visit: Visit, document_id: str) -> None:
    # An address is good for five minutes, so each try begins with a new one.
    address, packed = visit.amazon.document(document_id)
    pieces = documents.text(visit.amazon.http, address, visit.amazon.patience, packed=packed)
    if one.wanted.ends == "tsv":
        # Whatever Amazon sends, buyers' data must not reach the disk.
        layout_of = partial(visit.layout, one.wanted)
        pieces = cells.only(pieces, layout_of, visit.settings.home.legacy_encoding)
    with private(visit.state.unfinished(one.name)) as file:
        file.writelines(pieces)


def _refuse_strange(one: Due, visit: Visit) -> None:
    """Refuse what the readers would refuse: stored, it would keep the whole account from being opened."""
    work = visit.state.folder / WORK
    work.mkdir(mode=0o700, exist_ok=True)
    try:
        with workdir(work) as inside:
            path = visit.state.unfinished(one.name)
            text = rows.clean(path, one.name, visit.settings.home.legacy_encoding, inside)
            layout = recognise(text, one.name, [], visit.known)
    except InputError as error:
        raise FetchError(f"Amazon sent something else: expected {error.expected}. {BY_HAND}") from None
    if layout.name != one.wanted.reader:
        raise FetchError(f"Amazon sent something else: {layout.label}. {BY_HAND}")
