"""The command line. Heavy imports happen inside the commands, so that `--help` answers at once."""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sellerhealth.definition.errors import InputError

FAILED, REFUSED, INTERRUPTED = 1, 65, 130
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
app = App(
    name="sellerhealth",
    help="How healthy an Amazon seller account is, recomputed from the seller's own files.",
    # Ctrl-C and a signal to stop end in a sentence and a code of their own, in `main`.
    suppress_keyboard_interrupt=False,
)
out_console, error_console = (
    Console(highlight=False, soft_wrap=True, emoji=False),
    Console(stderr=True, highlight=False, soft_wrap=True, emoji=False),
)

Data = Annotated[
    str,
    Parameter(help="The folder that holds a folder for each account, or its address, such as s3://bucket/accounts."),
]
Accounts = Annotated[
    list[str] | None,
    Parameter(name="--account", consume_multiple=True, help="One account or several. All when left out."),
]
MaxReject = Annotated[
    str,
    Parameter(
        name="--max-reject",
        help="The share of a file's rows that may be rejected, such as 0.02. The account's own when left out.",
    ),
]


def main() -> None:
    """Run the command line; what a user can cause ends in one sentence and an exit code, never a traceback."""
    try:
        sys.exit(app(sys.argv[1:], result_action="return_value") or 0)
    except KeyboardInterrupt as stop:
        error_console.print("Stopped. Run it again to go on.")
        sys.exit(stop.args[0] if stop.args else INTERRUPTED)
    except InputError as error:
        error_console.print(str(error), style="bold", markup=False)
        sys.exit(REFUSED)


def _may_be_stopped(data: str) -> None:
    """Let Ctrl-C end it at once where files are fetched: the library that does it hears of no other way."""
    from sellerhealth.sources.remote.address import is_remote  # noqa: PLC0415

    if is_remote(data):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _folder(data: str) -> Path:
    """The data folder, which must be one of this machine: something is written into it."""
    from sellerhealth.sources.remote.address import is_remote  # noqa: PLC0415

    if is_remote(data):
        raise InputError("--data", "a folder of this machine", "Write there, and copy the files to the storage.")
    return Path(data)


@app.command
def report(
    *,
    data: Data = "data",
    account: Accounts = None,
    as_of: Annotated[
        str, Parameter(help="The last day looked at, such as 2026-11-15. The last day of the data when left out.")
    ] = "",
    week: Annotated[str, Parameter(help="Its Sunday is the last day looked at, such as 2026-W46.")] = "",
    month: Annotated[str, Parameter(help="Its last day is the last day looked at, such as 2026-10.")] = "",
    policy: Annotated[str, Parameter(help="handbook or amazon-2026. The account's own when left out.")] = "",
    max_reject: MaxReject = "",
    out: Annotated[Path, Parameter(help="The folder the pages go to.")] = Path("reports"),
    notebooks: Annotated[Path, Parameter(help="The folder of the notebooks.")] = NOTEBOOKS,
    workers: Annotated[int, Parameter(help="How many accounts are worked on at once.")] = os.cpu_count() or 1,
    deadline: Annotated[float, Parameter(help="The seconds a report may take.")] = 300.0,
    memory: Annotated[
        int, Parameter(help="The megabytes an account may take. An equal share of this machine's when left out.")
    ] = 0,
    scheduler: Annotated[
        str, Parameter(help="The address of a Dask scheduler, such as tcp://10.0.0.5:8786, whose workers do the work.")
    ] = "",
    base_url: Annotated[
        str, Parameter(name="--base-url", help="Where the reports can be read, for the links of the digest.")
    ] = "",
    as_json: Annotated[bool, Parameter(name="--json", help="Tell what happens as one line of JSON each.")] = False,
) -> int:
    """Run the notebooks of every account and write one HTML page each, and an index with the worst first.

    Reports that are there already, made from the same files by the same code, are not made again.
    """
    from sellerhealth.report.command import Wishes, command  # noqa: PLC0415

    return command(
        Wishes(
            data=data,
            accounts=account or [],
            as_of=as_of,
            week=week,
            month=month,
            policy=policy,
            max_reject=max_reject,
            out=out,
            notebooks=notebooks,
            workers=workers,
            deadline=deadline,
            memory=memory,
            scheduler=scheduler,
            base_url=base_url,
            as_json=as_json,
        )
    )


@app.command
def accounts(*, data: Data = "data") -> int:
    """List the accounts, with their marketplaces and policy."""
    from sellerhealth.report.plan import accounts_in  # noqa: PLC0415
    from sellerhealth.sources.account import load_settings  # noqa: PLC0415
    from sellerhealth.sources.remote.local import local  # noqa: PLC0415

    _may_be_stopped(data)
    for name in accounts_in(data):
        settings = load_settings(local(data, name, settings_only=True), name)
        places = ", ".join(place.code for place in settings.marketplaces)
        out_console.print(f"{name}: {settings.label or name}, {places}, policy {settings.policy}", markup=False)
    return 0


@app.command
def read(account: str, /, *, data: Data = "data", max_reject: MaxReject = "") -> int:
    """Read an account's files and show where every row went."""
    from sellerhealth.show import words  # noqa: PLC0415
    from sellerhealth.sources.account import open_account  # noqa: PLC0415
    from sellerhealth.sources.remote.local import give_back, local  # noqa: PLC0415

    _may_be_stopped(data)
    opened = open_account(local(data, account), account, max_reject=max_reject)
    for row in opened.ledger.iter_rows(named=True):
        parts = ", ".join(f"{row[name]:,} {name}" for name in ("used", "duplicate", "superseded", "rejected"))
        note = f" Note: {row['note']}." if row["note"] else ""
        out_console.print(f"{row['file']}: {row['layout']}. {row['read']:,} read: {parts}.{note}", markup=False)
        for reason in words.rejected(opened.rejects.filter(file=row["file"])):
            out_console.print(f"  {reason}", markup=False)
    for line in [words.ledger(opened.ledger), *words.strangers(opened.strangers), *opened.remarks]:
        out_console.print(line, markup=False)
    if opened.rejects_in:
        out_console.print(f"The rejected rows are listed in {opened.rejects_in}.", markup=False)
    if told := give_back(data, account):
        error_console.print(told, markup=False)
    return 0


@app.command
def fetch(
    account: str,
    /,
    *,
    data: Data = "data",
    since: Annotated[
        str, Parameter(name="--from", help="The first day (UTC), such as 2026-11-01. What is needed when left out.")
    ] = "",
    until: Annotated[str, Parameter(name="--to", help="The last day (UTC), today when left out.")] = "",
    only: Annotated[
        list[str] | None, Parameter(name="--only", consume_multiple=True, help="Kinds of file. All when left out.")
    ] = None,
) -> int:
    """Fetch an account's reports and orders from Amazon into `fetched/` of its folder, by the Selling Partner API."""
    from sellerhealth.sources.spapi.fetch import fetch as from_amazon  # noqa: PLC0415

    lost = from_amazon(
        _folder(data),
        account,
        since=since,
        until=until,
        only=only or [],
        tell=lambda line: out_console.print(line, markup=False),
    )
    return FAILED if lost else 0


@app.command
def explain(metric: str = "", /, *, policy: str = "handbook") -> int:
    """Explain a metric under a policy: what is counted, over which days, against which target, by which source."""
    from sellerhealth.definition.metric import Metric  # noqa: PLC0415
    from sellerhealth.learn.course import named  # noqa: PLC0415
    from sellerhealth.metrics import policy as load  # noqa: PLC0415
    from sellerhealth.show.card import definition_card  # noqa: PLC0415
    from sellerhealth.show.standing import state_card  # noqa: PLC0415

    chosen = load(policy)
    for one in [named(metric, chosen)] if metric else [*chosen, *chosen.states.values()]:
        card = definition_card(one) if isinstance(one, Metric) else state_card(one, [chosen])
        _print_card(f"{one.label} ({one.name})", card.text)
    return 0


def _print_card(title: str, text: str) -> None:
    """A card as it is; in a terminal with its terms beside what they say, as wide as that is."""
    if not out_console.is_terminal:
        out_console.print(f"{title}\n{text}\n", markup=False)
        return
    table = Table(title=title, title_justify="left", box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", max_width=34)
    for line in text.splitlines():
        term, _, said = line.partition(": ") if not line.startswith("- ") else ("", "", line)
        table.add_row(Text(term), Text(said))
    out_console.print(table, soft_wrap=False)


@app.command
def lesson(
    *,
    data: Data = "data",
    metric: Annotated[
        list[str] | None,
        Parameter(name="--metric", consume_multiple=True, help="One metric or several. All when left out."),
    ] = None,
    policy: Annotated[str, Parameter(help="handbook or amazon-2026. The demo account's own when left out.")] = "",
    seed: Annotated[int, Parameter(help="Another number draws other questions for the final check.")] = 1,
    out: Annotated[Path, Parameter(help="The folder the pages go to.")] = Path("lessons"),
    notebooks: Annotated[Path, Parameter(help="The folder of the notebooks.")] = NOTEBOOKS,
) -> int:
    """Write the learner's pages, on the demo account: they need no network, and answer their questions themselves."""
    from sellerhealth.report.lessons import Wished, lessons  # noqa: PLC0415
    from sellerhealth.report.output import OutputError  # noqa: PLC0415

    wished = Wished(data=data, notebooks=notebooks, out=out, metrics=metric or [], policy=policy, seed=seed)
    try:
        pages = lessons(wished)
    except OutputError as error:
        error_console.print(str(error), style="bold", markup=False)
        return error.code
    out_console.print(f"{len(pages)} pages. Open {out / pages[0]}.", markup=False)
    return 0


@app.command
def demo(*, data: Data = "data") -> int:
    """Write the two demo accounts, from their seed."""
    from sellerhealth.demo import write  # noqa: PLC0415

    write(_folder(data))
    return 0
