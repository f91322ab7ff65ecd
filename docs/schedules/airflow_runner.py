"""Every Monday at six, by Airflow: one task that runs all accounts, with every guarantee of the runner."""

from datetime import UTC, datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

HOME = "/srv/sellerhealth"
ANOTHER_RUN = 75

with DAG(
    dag_id="sellerhealth",
    schedule="0 6 * * 1",
    start_date=datetime(2026, 1, 5, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
) as dag:
    BashOperator(
        task_id="report",
        bash_command=f"{HOME}/.venv/bin/sellerhealth report --data {HOME}/data --out {HOME}/reports",
        cwd=HOME,
        # It goes on where the last try ended.
        retries=2,
        retry_delay=timedelta(minutes=10),
        skip_on_exit_code=ANOTHER_RUN,
        execution_timeout=timedelta(hours=4),
    )
