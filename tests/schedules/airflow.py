"""As much of Airflow as a DAG file asks for: a DAG that collects its tasks, and two operators."""

import sys
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Self

import papermill

BASH, PAPERMILL = "airflow.providers.standard.operators.bash", "airflow.providers.papermill.operators.papermill"


@dataclass
class DAG:
    given: dict[str, Any]
    tasks: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        Task.dag = self
        return self

    def __exit__(self, *_: object) -> None:
        Task.dag = None


@dataclass
class Task:
    """An operator by what it was given; Airflow too takes task ids of these signs only, each once."""

    dag = None
    given: dict[str, Any]

    def __init__(self, **given: Any) -> None:
        self.given = given
        assert Task.dag is not None
        assert given["task_id"] not in [task.given["task_id"] for task in Task.dag.tasks]
        Task.dag.tasks.append(self)

    def rendered(self, **params: str) -> dict[str, str]:
        """The notebook's parameters with the DAG's own in their places."""
        filled = dict(self.given["parameters"])
        for name, value in params.items():
            filled = {key: text.replace("{{ params." + name + " }}", value) for key, text in filled.items()}
        return filled

    def execute(self, **params: str) -> None:
        """What the PapermillOperator of provider 3.13 does with these words."""
        papermill.execute_notebook(
            self.given["input_nb"],
            self.given["output_nb"],
            parameters=self.rendered(**params),
            progress_bar=False,
            report_mode=True,
            log_output=False,
            kernel_name=self.given["kernel_name"],
            language=None,
            engine_name=None,
        )


def modules() -> dict[str, ModuleType]:
    """The modules a DAG file imports."""
    made = {name: ModuleType(name) for name in ("airflow", "airflow.sdk", BASH, PAPERMILL)}
    made["airflow.sdk"].DAG = lambda **given: DAG(given)
    made[BASH].BashOperator = made[PAPERMILL].PapermillOperator = Task
    for name in (BASH, PAPERMILL):
        parents = name.split(".")
        made.update(
            {
                parent: ModuleType(parent)
                for end in range(2, len(parents))
                if (parent := ".".join(parents[:end])) not in made
            }
        )
    return made


def load(text: str, monkeypatch: Any) -> DAG:
    """The DAG of a file."""
    for name, module in modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    names: dict[str, Any] = {"__name__": "dag"}
    exec(compile(text, "dag.py", "exec"), names)
    return names["dag"]
