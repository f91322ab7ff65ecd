"""A batch from the first file to the index: plan, run, write, with a bar in a terminal and lines in a log."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sellerhealth.definition.errors import InputError
from sellerhealth.report.plan import Asked, accounts_in, notebooks_in, plan
from sellerhealth.report.run import run
from sellerhealth.report.site import Site


def batch(data: Path, accounts: Sequence[str], asked: Asked, *, out: Path, notebooks: Path, workers: int) -> Site:
    """Run every notebook of these accounts (all when empty) and write their pages under `out`.

    Raises InputError when there is no account or no notebook at all, or `out` cannot be written; an account
    that cannot be read is refused and named, the others are finished.
    """
    jobs, refused = plan(data, list(accounts) or accounts_in(data), notebooks_in(notebooks), asked)
    _refuse_closed(out)
    site = Site(out=out, refused=refused)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reports", total=len(jobs))
        for outcome in run(jobs, min(workers, len(jobs))) if jobs else ():
            site.add(outcome)
            bar.update(task, advance=1, description=f"{outcome.job.account} {outcome.job.notebook.stem}")
    site.write()
    return site


def _refuse_closed(out: Path) -> None:
    """Say so before the notebooks run for minutes, not after."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except OSError:
        raise InputError(str(out), "a folder that can be written", "Name another with --out.") from None
