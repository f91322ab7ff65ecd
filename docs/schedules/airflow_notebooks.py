"""Every Monday at six, by Airflow: a task for each notebook of each account, which leaves it executed, and no page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.sdk import DAG

HOME = Path("/srv/sellerhealth")
NOTEBOOKS, RAN = HOME / "notebooks", HOME / "ran"
ACCOUNTS = {"demo-us": "US", "demo-uk": "GB"}
"""Each account of data/ with the marketplace to look at."""


def parameters(account: str, marketplace: str) -> dict[str, str]:
    """The six parameters every notebook takes, all of them text; an empty one is the account's own."""
    return {
        "account": account,
        "marketplace": marketplace,
        "as_of": "{{ params.as_of }}",
        "policy": "",
        "data": str(HOME / "data"),
        "max_reject": "",
    }


with DAG(
    dag_id="sellerhealth_notebooks",
    schedule="0 6 * * 1",
    start_date=datetime(2026, 1, 5, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    # Each task starts a kernel and reads the account's files again.
    max_active_tasks=2,
    params={"as_of": ""},
) as dag:
    for account, marketplace in ACCOUNTS.items():
        # The one to start with is for learners: it reports on no account.
        for notebook in sorted({*NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")} - {NOTEBOOKS / "00_start_here.ipynb"}):
            PapermillOperator(
                task_id=f"{account}.{notebook.stem}",
                input_nb=str(notebook),
                # papermill makes no folder: RAN must be there.
                output_nb=str(RAN / f"{account}.{notebook.stem}.ipynb"),
                parameters=parameters(account, marketplace),
                # The one in kernel/: a kernel that keeps no history, by which a notebook knows that nobody is there.
                kernel_name="sellerhealth",
                execution_timeout=timedelta(minutes=10),
            )
